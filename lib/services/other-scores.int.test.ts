import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { getOtherScores } from './other-scores';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let ann: Actor;
let projectId: string;
let samples: string[];

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  ann = await world.person('Ann');
  projectId = await world.project([[ann, 'viewer']]);
  samples = [];
  for (let i = 0; i < 5; i += 1) samples.push((await world.sample(projectId, { fileName: `${i}.png` })).id);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

async function featureSet(): Promise<string> {
  const name = randomBytes(6).toString('hex');
  const model = await store().model.create({ data: { name, sha256: randomBytes(32).toString('hex'), bytes: 1n, manifest: {}, dim: 2 } });
  return (await store().featureSet.create({ data: { projectId, modelId: model.id, dim: 2, state: 'ready' } })).id;
}

type Made = { evaluator?: string; preset?: string; parameters?: object; state?: 'ready' | 'pending'; createdAt?: Date };

/** A run whose sample i has the quality `qualities[i]`. */
async function run(featureSetId: string, qualities: readonly number[], { evaluator = 'EAP', preset = 'paper', parameters = {}, state = 'ready', createdAt = new Date() }: Made = {}): Promise<string> {
  const scores = qualities.map((quality, i) => ({ sampleId: samples[i]!, quality, zone: evaluator === 'EAP' ? ('realistic' as const) : null }));
  const made = await store().run.create({ data: { projectId, featureSetId, evaluator, preset, parameters, seed: 0, codeVersion: '1', state, createdAt, scores: { createMany: { data: scores } } } });
  return made.id;
}

const others = (runId: string, sample: number, project = projectId) => getOtherScores(world.context(ann), { projectId: project, runId, sampleId: samples[sample]! });

describe('what the other evaluators make of a sample', () => {
  it('ranks the sample in the newest run of each manner on the same features', async () => {
    const setId = await featureSet();
    const shown = await run(setId, [0.9, 0.8, 0.3, 0.2, 0.1], { createdAt: new Date('2026-01-01') });
    await run(setId, [0.1, 0.2, 0.3, 0.8, 0.9], { createdAt: new Date('2026-01-02') });
    await run(setId, [1, 2, 3, 4, 5], { evaluator: 'LAVA', parameters: { mode: 'fast' }, createdAt: new Date('2026-01-01') });
    const lava = await run(setId, [-5, -2, -2, -2, -1], { evaluator: 'LAVA', parameters: { mode: 'fast', asReleased: false }, createdAt: new Date('2026-01-03') });
    const exact = await run(setId, [5, 4, 3, 2, 1], { evaluator: 'LAVA', parameters: { mode: 'exact' } });
    const released = await run(setId, [1, 0, 0, 0, 0], { preset: 'released' });
    await run(setId, [1, 1, 1, 1, 1], { evaluator: 'LOO', state: 'pending' });
    await run(await featureSet(), [5, 4, 3, 2, 1], { evaluator: 'RARITY' });

    const first = await others(shown, 0);
    expect(first.percentile).toBe(100);
    expect(first.others.map(({ runId }) => runId).toSorted()).toEqual([exact, lava, released].toSorted());
    expect(first.others.find(({ runId }) => runId === lava)).toMatchObject({ evaluator: 'LAVA', quality: -5, rank: 5, of: 5, percentile: 0, zone: null });
    expect(first.others.find(({ runId }) => runId === released)).toMatchObject({ evaluator: 'EAP', preset: 'released', rank: 1, percentile: 100, zone: 'realistic' });

    const tied = await others(shown, 2);
    expect(tied.percentile).toBe(50);
    expect(tied.others.find(({ runId }) => runId === lava)).toMatchObject({ rank: 2, percentile: 50 });
    expect(tied.others.find(({ runId }) => runId === released)).toMatchObject({ rank: 2, percentile: 37.5 });
  });

  it('leaves out runs that did not score the sample', async () => {
    const setId = await featureSet();
    const shown = await run(setId, [1, 2]);
    await run(setId, [1], { evaluator: 'LOO' });
    expect((await others(shown, 1)).others).toEqual([]);
  });

  it('knows no run of another project, and no score of a sample that the run has none for', async () => {
    const setId = await featureSet();
    const shown = await run(setId, [1, 2]);
    await expect(others(shown, 4)).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(others(shown, 0, await world.project([[ann, 'viewer']]))).rejects.toMatchObject({ code: 'request.not_found' });
  });
});
