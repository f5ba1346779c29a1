import { describe, expect, it } from 'vitest';
import { startGenerationSchema } from '@/lib/api/contracts/generators';
import { describeGenerator, generatorDescriptions } from '@/lib/synthesis/describe';
import { limitSeeds } from '@/lib/synthesis/seed-limit';
import { changedValues, checkForm, emptyForm, formFromUrl, formOf, formToUrl, withGenerator, withValue, type GenerateForm } from './generate-form';

const id = (n: number) => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const normals = Array.from({ length: 12 }, (_, n) => id(n));
const form = (change: Partial<GenerateForm> = {}): GenerateForm => ({ ...emptyForm, ...change });
const field = (generator: string, name: string) => describeGenerator(generator).parameters.find((parameter) => parameter.name === name)!;

describe('the form of a batch', () => {
  it('starts a batch that the server takes, with every generator', () => {
    for (const { id: generator, needsNetwork } of generatorDescriptions) {
      const { input, problems } = checkForm(withGenerator(form({ count: '20', diffusionModelId: needsNetwork ? id(99) : '' }), startGenerationSchema.shape.generator.parse(generator)), normals);
      expect(problems, generator).toEqual({ values: {} });
      expect(startGenerationSchema.safeParse({ projectId: id(50), ...input }).success, generator).toBe(true);
    }
  });

  it('takes the seed images in the order of the batch, and draws the same ones', () => {
    expect(checkForm(form(), normals).seedIds).toEqual(normals);
    expect(checkForm(form({ seeds: [id(5), id(2), id(5)] }), normals)).toMatchObject({ seedIds: [id(2), id(5)], input: { seeds: [id(2), id(5)] } });
    const limited = checkForm(form({ limit: '4', seed: '9' }), normals);
    expect(limited.seedIds).toEqual(limitSeeds(normals, 9, 4));
    expect(limited.input).toMatchObject({ seeds: 'training', seedLimit: 4, seed: 9 });
  });

  it('says what is wrong in the words of its fields, and where', () => {
    expect(checkForm(form({ values: { areaMaximum: '2' } }), normals).problems.values).toEqual({ areaMaximum: 'Largest area must be a number from 0.0005 to 0.9, not 2.' });
    expect(checkForm(form({ values: { areaMinimum: '0.3' } }), normals).problems.values).toEqual({ areaMinimum: 'Smallest area (0.3) must not be larger than Largest area (0.15).' });
    expect(checkForm(form({ values: { areaMinimum: 'much' } }), normals).problems.values).toEqual({ areaMinimum: 'Smallest area must be a number from 0.0005 to 0.9, not "much".' });
    expect(checkForm(form({ values: { areaMinimum: '' } }), normals)).toMatchObject({ parameters: null, input: null });
    expect(checkForm(form({ seed: '-1', count: '0', limit: 'x' }), normals).problems).toMatchObject({ seed: 'A whole number from 0 to 2,147,483,647.', count: 'A whole number from 1 to 10,000.', limit: 'A whole number from 1 to 5,000.' });
  });

  it('asks for as many seed images as the generator needs, a network, and no more pairs than there are', () => {
    expect(checkForm(form({ seeds: [] }), normals).problems.seeds).toBe('Choose at least one seed image.');
    expect(checkForm(form({ generator: 'cutmix', seeds: [id(1)] }), normals).problems.seeds).toBe('CutMix needs at least 2 seed images.');
    expect(checkForm(form({ generator: 'diffstyle', count: '4' }), normals).problems.model).toBe('Choose a network.');
    expect(checkForm(form({ generator: 'diffstyle', count: '37', diffusionModelId: id(99) }), normals).problems.count).toBe('12 seed images make 36 pairs of style and content, and no more images.');
  });
});

describe('values', () => {
  it('count as changed only where they differ from the default', () => {
    const changed = withValue(form(), field('cutpaste', 'jitter'), '0.3');
    expect(changed.values).toEqual({ jitter: '0.3' });
    expect(withValue(changed, field('cutpaste', 'jitter'), String(field('cutpaste', 'jitter').default)).values).toEqual({});
    expect(withGenerator(changed, 'draem').values).toEqual({});
  });

  it('come back from a batch as they were', () => {
    const parameters = checkForm(form({ values: { areaMaximum: '0.05' } }), normals).parameters!;
    expect(changedValues('cutpaste', parameters)).toEqual({ areaMaximum: '0.05' });
    const again = formOf({ generator: 'cutpaste', parameters: { ...parameters }, seed: 4, count: 30, qualityLabel: 'realistic' }, form({ generator: 'draem', limit: '3' }));
    expect(again).toEqual(form({ values: { areaMaximum: '0.05' }, seed: '4', count: '30', qualityLabel: 'realistic', limit: '3' }));
    expect(checkForm(again, normals).parameters).toEqual(parameters);
  });
});

describe('the address', () => {
  const written = (of: GenerateForm, before = '') => {
    const params = new URLSearchParams(before);
    for (const [key, value] of Object.entries(formToUrl(of, [...params.keys()]))) if (value === null) params.delete(key);
      else params.set(key, value);
    return params;
  };

  it('says nothing of defaults, and brings everything else back', () => {
    expect(written(form()).toString()).toBe('');
    const set = form({ generator: 'draem', values: { threshold: '0.4' }, seed: '12', count: '9', limit: '5', qualityLabel: 'unrealistic' });
    expect(formFromUrl(written(set))).toEqual(set);
  });

  it('forgets parameters of the generator before, and what nobody understands', () => {
    const before = written(form({ values: { jitter: '0.3' } })).toString();
    expect(written(form({ generator: 'elastic' }), before).toString()).toBe('g=elastic');
    expect(formFromUrl(new URLSearchParams('g=magic&quality=good&p.alpha=2'))).toEqual(emptyForm);
  });
});
