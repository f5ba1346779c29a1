import { describe, expect, it } from 'vitest';
import { startProjectionSchema } from '@/lib/api/contracts/runs';
import { chosenMap, mapChoiceAtFirst } from './map-choice';
import { mapManner } from './map-words';

describe('the choice of a map', () => {
  it('is what the server takes, and holds only what the method takes', () => {
    expect(chosenMap(mapChoiceAtFirst)).toEqual({ start: { method: 't-SNE', seed: 0, perplexity: 30, learningRate: null }, problems: {} });
    const { start } = chosenMap({ ...mapChoiceAtFirst, method: 'UMAP', learningRate: '0.5', perplexity: 'nonsense' });
    expect(start).toEqual({ method: 'UMAP', seed: 0, neighbours: 15, minimalDistance: 0.1, learningRate: 0.5 });
    const ids = { projectId: '01a20000-0000-7000-8000-000000000000', featureSetId: '01a20000-0000-7000-8000-000000000001' };
    expect(startProjectionSchema.parse({ ...ids, ...start })).toMatchObject({ method: 'UMAP', learningRate: 0.5, perplexity: 30 });
    expect(chosenMap({ ...mapChoiceAtFirst, method: 'PCA' }).start).toEqual({ method: 'PCA', seed: 0 });
  });

  it('names what cannot be used, by field', () => {
    expect(chosenMap({ ...mapChoiceAtFirst, perplexity: '1', learningRate: '-1', seed: '1.5' })).toEqual({
      start: null,
      problems: { perplexity: 'A number from 2 to 200.', learningRate: 'A number above 0, or nothing.', seed: 'A whole number from 0 on.' },
    });
    expect(chosenMap({ ...mapChoiceAtFirst, method: 'UMAP', neighbours: '2.5', minimalDistance: '' }).problems).toEqual({ neighbours: 'A whole number from 2 to 200.', minimalDistance: 'A number from 0 to 2.' });
  });
});

it('a map says what it was made with', () => {
  expect(mapManner({ parameters: { perplexity: 30, learningRate: null, theta: 0.5 }, seed: 3 })).toBe('perplexity 30, seed 3');
  expect(mapManner({ parameters: { neighbours: 15, minimalDistance: 0.1, learningRate: 2 }, seed: 0 })).toBe('neighbours 15, least distance 0.1, learning rate 2, seed 0');
  expect(mapManner({ parameters: null, seed: 1 })).toBe('seed 1');
});
