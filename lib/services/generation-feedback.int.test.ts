import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { generationFeedbackSchema } from '@/lib/api/contracts/feedback';
import { problemOf } from '@/lib/api/problem';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { generationFeedback } from './generation-feedback';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let ann: Actor;
let projectId: string;
let runId: string;

/** 120 samples of which those with a scale above 0.3 are unrealistic six times of ten, and the others never; their colour means nothing. */
async function planted(): Promise<void> {
  const samples = Array.from({ length: 120 }, (_, i) => {
    const large = i >= 60;
    return {
      id: randomUUID(), projectId, sha256: randomBytes(32).toString('hex'), fileName: `made_${i}.png`, folder: 'auxiliary', role: 'auxiliary' as const, format: 'png', bytes: 1, width: 8, height: 8,
      generator: 'cutpaste', prompt: i % 2 === 0 ? 'a scratch' : 'a dent', severity: large ? 0.9 : 0.1,
      parameters: { scale: large ? 0.31 + i / 1000 : i / 1000, colour: ['red', 'green', 'blue'][i % 3]!, shiny: true, seed: i, index: i, parents: ['p'], nested: { no: 1 }, settings: { jitter: i % 4 < 2 ? 0 : 0.5, areaMaximum: 0.2 } },
    };
  });
  await store().sample.createMany({ data: samples });
  const zoneOf = (i: number) => (i >= 60 && i % 10 < 6 ? ('unrealistic' as const) : i % 7 === 0 ? ('indistinguishable' as const) : ('realistic' as const));
  await store().score.createMany({ data: samples.map(({ id }, i) => ({ runId, sampleId: id, quality: i >= 60 ? 0.25 : 0.75, zone: zoneOf(i) })) });
  // Half of the large ones are looked at and rejected, half of the small ones accepted.
  await store().sampleState.createMany({
    data: samples.filter((_, i) => i % 2 === 0).map(({ id, severity }) => ({
      sampleId: id, projectId, verdict: severity > 0.5 ? ('rejected' as const) : ('accepted' as const), reason: severity > 0.5 ? ('unrealistic' as const) : null, version: 1, decisionId: randomUUID(), userId: ann.userId,
    })),
  });
}

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  ann = await world.person('Ann');
  projectId = await world.project([[ann, 'lead']]);
  const model = await store().model.create({ data: { name: 'net', sha256: 'm'.repeat(64), bytes: 1, manifest: {}, dim: 2 } });
  const set = await store().featureSet.create({ data: { projectId, modelId: model.id, state: 'ready', dim: 2 } });
  runId = (await store().run.create({ data: { projectId, featureSetId: set.id, evaluator: 'EAP', preset: 'paper', parameters: {}, seed: 0, codeVersion: 'test', state: 'ready' } })).id;
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const ask = (query: { run?: string; generator?: string } = {}) => generationFeedback(world.context(ann), { projectId, ...query });

describe('generationFeedback', () => {
  it('says that nothing was generated', async () => {
    await world.sample(projectId);
    expect(await ask()).toMatchObject({ generators: [], generator: null, all: null, parameters: [], standsOut: [], comparisons: 0 });
  });

  it('finds the planted setting first, and counts every bin of it', async () => {
    await planted();
    const found = await ask();
    expect(generationFeedbackSchema.safeParse(found).error).toBeUndefined();
    expect(found).toMatchObject({ generators: [{ name: 'cutpaste', samples: 120 }], generator: 'cutpaste', run: { id: runId, evaluator: 'EAP', modelName: 'net' } });
    expect(found.all).toMatchObject({ total: 120, scored: 120, meanQuality: 0.5, verdicts: { accepted: 30, rejected: 30, undecided: 60, skipped: 0 } });
    expect(found.all!.zones.unrealistic).toBe(36);
    expect(found.all!.reasons.unrealistic).toBe(30);

    const [rejected] = found.standsOut;
    expect(rejected).toMatchObject({ outcome: 'rejected', worse: { count: 30, of: 30 }, better: { count: 0, of: 30 } });
    const unrealistic = found.standsOut.find(({ outcome, name }) => outcome === 'unrealistic' && name === 'scale')!;
    const scale = found.parameters.find(({ name }) => name === 'scale')!;
    expect(unrealistic).toMatchObject({ source: 'value', side: 'above', worse: { count: 36, of: 60 }, better: { count: 0, of: 60 } });
    expect(scale.groups.map(({ total }) => total)).toEqual([20, 20, 20, 20, 20, 20]);
    expect(scale.groups[unrealistic.last + 1]!.from).toBeCloseTo(0.37, 9);
    expect(unrealistic.leastDifference).toBeGreaterThan(0.3);
  });

  it('calls nothing sure that is chance, and leaves names out', async () => {
    const found = await ask();
    expect(new Set(found.standsOut.map(({ name }) => name))).toEqual(new Set(['scale', 'severity']));
    expect(found.parameters.map(({ name }) => name).sort()).toEqual(['colour', 'jitter', 'prompt', 'scale', 'severity']);
    expect(found.constant.map(({ name, value }) => `${name} ${value}`).sort()).toEqual(['areaMaximum 0.2', 'shiny true']);
    expect(found.parameters.find(({ name }) => name === 'jitter')).toMatchObject({ source: 'setting', kind: 'number', groups: [{ from: 0, to: 0, total: 60 }, { from: 0.5, to: 0.5, total: 60 }] });
    expect(found.parameters.find(({ name }) => name === 'colour')).toMatchObject({ kind: 'word', groups: [{ value: 'blue', total: 40 }, { value: 'green', total: 40 }, { value: 'red', total: 40 }] });
  });

  it('parts a number that is mostly its least value, and words that are many', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ generator: 'perlin', parameters: { hole: i < 50 ? 0 : i, word: i < 30 ? `w${i % 15}` : 'usual', name: `n${i}` } }));
    for (const row of rows) await world.sample(projectId, row);
    const found = await ask({ generator: 'perlin' });
    expect(found.generator).toBe('perlin');
    expect(found.parameters.find(({ name }) => name === 'hole')!.groups).toMatchObject([{ from: 0, to: 0, total: 50 }, { from: 50, to: 59, total: 10 }]);
    const { groups } = found.parameters.find(({ name }) => name === 'word')!;
    expect(groups).toHaveLength(13);
    expect(groups[0]).toMatchObject({ value: 'usual', total: 30 });
    expect(groups.at(-1)).toMatchObject({ value: null, total: 8 });
    expect(found.leftOut).toBe(1);
    expect(found.all).toMatchObject({ scored: 0, meanQuality: null, shares: { unrealistic: null, rejected: null } });
  });

  it('knows no run of another project', async () => {
    const failure = await ask({ run: randomUUID() }).then(() => null, (thrown: unknown) => problemOf(thrown, 'test'));
    expect(failure).toMatchObject({ status: 404, code: 'request.not_found' });
  });
});
