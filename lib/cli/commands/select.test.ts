import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { promptPool } from '@/lib/anomaly/prompts/prompt-pools';
import { createRandom } from '@/lib/anomaly/random/generator';
import { png } from '@/lib/pipeline/testing/uploading';
import { integersOf, matrixOf, npzOf, vectorOf, type Given } from '../score-input/testing/write-npz';
import { register as registerPrototypes } from './prototypes';
import { register } from './select';
import { runCommand } from './testing/run-command';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-select-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const rowsOf = async () => parse(await readFile(at('out.csv'), 'utf8'), { columns: true }) as Record<string, string>[];
const summary = async () => JSON.parse(await readFile(at('out.json'), 'utf8')) as Record<string, unknown>;
const models = (...args: string[]) => runCommand(register, ['select', 'models', '--out', at('out.csv'), ...args]);
const prompts = (...args: string[]) => runCommand(register, ['select', 'prompts', '--out', at('out.csv'), ...args]);
const prototypes = (...args: string[]) => runCommand(registerPrototypes, ['prototypes', '--out', at('out.csv'), ...args]);

const random = createRandom(12);
const cloud = (rows: number, shift: number, cols = 3) => Array.from({ length: rows }, () => Array.from({ length: cols }, (_, c) => random.normal() + (c === 0 ? shift : 0)));

async function written(name: string, arrays: Readonly<Record<string, Given>>): Promise<string> {
  await writeFile(at(name), await npzOf(arrays));
  return at(name);
}

const labels = (normals: number, anomalies: number) => integersOf([...new Array<number>(normals).fill(0), ...new Array<number>(anomalies).fill(1)]);

/** Vectors of an extractor that tells anomalies apart by `shift`. */
const extractor = (name: string, shift: number) =>
  written(name, { X_support: matrixOf(cloud(24, 0)), X_synthetic: matrixOf(cloud(30, shift)), X_real: matrixOf([...cloud(15, 0), ...cloud(15, shift)]), y_real: labels(15, 15) });

describe('assay select models', () => {
  it('chooses among vectors of several extractors and tells how good that was', async () => {
    const files = [await extractor('blind.npz', 0), await extractor('seeing.npz', 4)];
    expect(await models('--features', ...files, '--detectors', 'deep-nn,mahalanobis', '--draws', '50')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('selected seeing with') });
    const rows = await rowsOf();
    expect(rows.map(({ extractor: name, detector }) => `${name} ${detector}`)).toEqual(['blind deep-nn', 'seeing deep-nn', 'blind mahalanobis', 'seeing mahalanobis']);
    expect(rows.filter(({ selected }) => selected === '1')).toMatchObject([{ extractor: 'seeing' }]);
    expect(Number(rows[1]!['real_auroc'])).toBeGreaterThan(Number(rows[0]!['real_auroc']));
    expect(await summary()).toMatchObject({ selected: { extractor: 'seeing' }, images: { support: 24, heldOut: 12, synthetic: 30 }, parameters: { seedImages: 12, generator: null }, tasks: [{ task: 'closest' }, { task: 'rest' }] });
  });

  it('reads a CSV with roles, splits and defect types', async () => {
    const lines = [
      ...cloud(20, 0).map((row) => `normal,train,,${row.join(',')}`),
      ...cloud(10, 0).map((row) => `normal,test,,${row.join(',')}`),
      ...cloud(12, 3).map((row) => `auxiliary,,,${row.join(',')}`),
      ...cloud(8, 3).map((row, i) => `anomaly,test,${i % 2 === 0 ? 'hole' : 'dust'},${row.join(',')}`),
    ];
    await writeFile(at('in.csv'), `role,split,defect_type,a,b,c\n${lines.join('\n')}\n`);
    expect(await models('--features', at('in.csv'), '--draws', '10')).toMatchObject({ code: 0 });
    const [row] = await rowsOf();
    expect(row).toMatchObject({ extractor: 'in', selected: '1' });
    expect(['hole', 'dust']).toContain(row!['closest_type']);
  });

  it('makes synthetic anomalies of a folder of images and refuses what is no image', async () => {
    await mkdir(at('good'));
    for (let i = 0; i < 8; i += 1) await writeFile(at(`good/${i}.png`), await png(i));
    await writeFile(at('good/notes.png'), 'text');
    const seen = await models('--normal', at('good'), '--per-seed', '2', '--draws', '10', '--generator', 'draem');
    expect(seen).toMatchObject({ code: 0, stderr: expect.stringContaining('refused') });
    expect(await summary()).toMatchObject({ images: { support: 8, heldOut: 4, synthetic: 8 }, parameters: { generator: 'draem' }, refused: [{ code: 'image.not_an_image' }], tasks: [] });
  });

  it('refuses a command line that makes no sense', async () => {
    expect(await models()).toMatchObject({ code: 2, stderr: expect.stringContaining('Give --normal DIR, --features FILES, or --project NAME.') });
    expect(await models('--features', at('none.npz'))).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be read (ENOENT)') });
    expect(await models('--features', at('x.npz'), '--normal', folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('not both') });
    expect(await models('--normal', folder, '--real-normal', folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('belong together') });
    expect(await models('--features', at('x.npz'), '--detectors', 'crystal')).toMatchObject({ code: 2, stderr: expect.stringContaining('no detector named "crystal"') });
    expect(await models('--features', at('x.npz'), '--seed', '-1')).toMatchObject({ code: 2, stderr: expect.stringContaining('--seed must be a whole number') });
    await writeFile(at('bare.csv'), 'a,b\n1,2\n');
    expect(await models('--features', at('bare.csv'))).toMatchObject({ code: 2, stderr: expect.stringContaining('no column "role"') });
    const file = await written('odd.npz', { X_support: matrixOf(cloud(5, 0)) });
    expect(await models('--features', file)).toMatchObject({ code: 2, stderr: expect.stringContaining('no array X_synthetic') });
  });
});

describe('assay select prompts', () => {
  const pool = '[["good {}", "bad {}"], ["clean", "dirty"]]';
  const arrays = () => ({
    X_support: matrixOf(cloud(20, 3)),
    X_synthetic: matrixOf(cloud(18, -3)),
    X_real: matrixOf([...cloud(10, 3), ...cloud(10, -3)]),
    y_real: labels(10, 10),
    T_normal: matrixOf([[0, 1, 0], [1, 0, 0]]),
    T_anomalous: matrixOf([[0, -1, 0], [-1, 0, 0]]),
    logit_scale: vectorOf([30]),
  });

  it('chooses a pair by synthetic anomalies, and by those that evaluators keep', async () => {
    await writeFile(at('pool.json'), pool);
    const seen = await prompts('--embeddings', await written('in.npz', arrays()), '--pool', at('pool.json'), '--evaluators', 'EAP,RANDOMEV', '--draws', '20');
    expect(seen).toMatchObject({ code: 0, stderr: expect.stringContaining('selected "clean" against "dirty"') });
    expect((await rowsOf()).map(({ normal, selected }) => [normal, selected])).toEqual([['good {}', '0'], ['clean', '1']]);
    expect(await summary()).toMatchObject({ selected: { normal: 'clean' }, evaluators: [{ name: 'EAP', candidate: 1 }, { name: 'RANDOMEV', candidate: 1 }] });
    const { gains, tasks } = await summary();
    expect((gains as unknown[]).length).toBeGreaterThan(0);
    expect((tasks as { baselines: { name: string }[] }[])[0]!.baselines.map(({ name }) => name)).toEqual(['Default prompt', 'Prompt ensemble']);
  });

  it('takes the pools of the papers and scores of SigLIP', async () => {
    const pairs = promptPool('swsa-cub')!.pairs.length;
    const file = await written('in.npz', { ...arrays(), T_normal: matrixOf(cloud(pairs, 0)), T_anomalous: matrixOf(cloud(pairs, 0)), logit_bias: vectorOf([-10]) });
    expect(await prompts('--embeddings', file, '--pool', 'swsa-cub', '--draws', '5')).toMatchObject({ code: 0 });
    expect(await rowsOf()).toHaveLength(pairs);
  });

  it('refuses pools that do not fit', async () => {
    const file = await written('in.npz', arrays());
    expect(await prompts('--embeddings', file, '--pool', 'eap-27')).toMatchObject({ code: 2, stderr: expect.stringContaining('27 pairs') });
    expect(await prompts('--embeddings', file, '--pool', 'none')).toMatchObject({ code: 2, stderr: expect.stringContaining('no pool named "none"') });
    await writeFile(at('pool.json'), '[["a {name}", "b"]]');
    expect(await prompts('--embeddings', file, '--pool', at('pool.json'))).toMatchObject({ code: 2, stderr: expect.stringContaining('unknown placeholder "{name}"') });
  });
});

describe('assay prototypes', () => {
  const few = ['--sizes', '1,3', '--population', '20', '--generations', '5', '--draws', '3'];

  it('writes chosen normals, curves and the long tail, and says beforehand how long it takes', async () => {
    const file = await written('in.npz', {
      X_normal: matrixOf(cloud(15, 0)),
      X_val: matrixOf([...cloud(12, 0), ...cloud(12, 2)]),
      y_val: labels(12, 12),
      X_test: matrixOf([...cloud(9, 0), ...cloud(9, 2)]),
      y_test: labels(9, 9),
    });
    expect(await prototypes('--features', file, ...few)).toMatchObject({ code: 0, stderr: expect.stringMatching(/^about \d+ s\n/) });
    const rows = await rowsOf();
    expect(Object.keys(rows[0]!)).toEqual(['index', 'greedy_1', 'greedy_3', 'evolution_1', 'evolution_3', 'core-set_1', 'core-set_3', 'tail_rank', 'presence', 'alone']);
    for (const [column, count] of [['greedy_3', 3], ['evolution_1', 1], ['core-set_3', 3]] as const) expect(rows.filter((row) => row[column] === '1')).toHaveLength(count);
    expect(rows.map((row) => Number(row['tail_rank'])).sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(await summary()).toMatchObject({ plan: { population: 20 }, random: [{ size: 1, draws: 3 }, { size: 3 }] });
  });

  it('needs no labels for the core-set', async () => {
    const file = await written('in.npz', { X_normal: matrixOf(cloud(15, 0)) });
    expect(await prototypes('--features', file, ...few)).toMatchObject({ code: 0 });
    expect(Object.keys((await rowsOf())[0]!)).toEqual(['index', 'core-set_1', 'core-set_3']);
    expect(await prototypes('--features', file, ...few, '--methods', 'greedy')).toMatchObject({ code: 2, stderr: expect.stringContaining('only the core-set') });
  });

  it('reads a CSV whose test rows take turns', async () => {
    const lines = [...cloud(12, 0).map((row, i) => `n${i},normal,train,${row.join(',')}`), ...cloud(10, 0).map((row, i) => `t${i},normal,test,${row.join(',')}`), ...cloud(10, 3).map((row, i) => `a${i},anomaly,test,${row.join(',')}`)];
    await writeFile(at('in.csv'), `name,role,split,a,b,c\n${lines.join('\n')}\n`);
    expect(await prototypes('--features', at('in.csv'), ...few, '--detector', 'iforest', '--methods', 'greedy', '--no-tail')).toMatchObject({ code: 0 });
    expect((await rowsOf()).map(({ name }) => name)).toEqual(Array.from({ length: 12 }, (_, i) => `n${i}`));
  });

  it('refuses what it does not know', async () => {
    const file = await written('in.npz', { X_normal: matrixOf(cloud(15, 0)) });
    expect(await prototypes('--features', file, '--methods', 'magic')).toMatchObject({ code: 2, stderr: expect.stringContaining('no method named "magic"') });
    expect(await prototypes('--features', file, '--sizes', '0')).toMatchObject({ code: 2, stderr: expect.stringContaining('--sizes') });
    expect(await prototypes('--features', file, '--sizes', '99')).toMatchObject({ code: 2, stderr: expect.stringContaining('15 normals') });
  });
});
