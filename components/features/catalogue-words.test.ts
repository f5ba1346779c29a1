import { expect, test } from 'vitest';
import type { Model } from '@/lib/api/contracts/features';
import type { CatalogueEntry } from '@/lib/api/contracts/models';
import { cameFrom, evidenceNote, parameterCount } from './catalogue-words';

test('numbers of weights and what is only assumed', () => {
  expect([parameterCount(11_689_512), parameterCount(632_000_000), parameterCount(5_120)]).toEqual(['11.7 M weights', '632 M weights', '5,120 weights']);
  expect([evidenceNote('MIT', 'seen'), evidenceNote('MIT', 'assumed')]).toEqual(['MIT', 'MIT*']);
});

test('a network is known by the repository that it came from', () => {
  const entry = { hub: { repo: 'Xenova/resnet-18' } } as CatalogueEntry;
  const model = (source: string) => ({ manifest: { source } }) as unknown as Model;
  expect(cameFrom(model('hf:Xenova/resnet-18@abc onnx/model.onnx'), entry)).toBe(true);
  expect(cameFrom(model('hf:Xenova/resnet-180@abc onnx/model.onnx'), entry)).toBe(false);
  expect(cameFrom({ manifest: null } as unknown as Model, entry)).toBe(false);
});
