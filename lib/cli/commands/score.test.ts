import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zoneOf } from '@/lib/anomaly/eap/explanation';
import datasets from '@/lib/anomaly/golden/datasets.json';
import capGolden from '@/lib/anomaly/golden/cap.json';
import golden from '@/lib/anomaly/golden/eap.json';
import { largestDifference } from '@/lib/anomaly/golden/golden-data';
import { integersOf, matrixOf, npzOf, vectorOf, type Given } from '../score-input/testing/write-npz';
import { register } from './score';
import { runCommand, type Seen } from './testing/run-command';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-score-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);

/** Runs `assay score`; `--out` is out.csv in the test's folder unless given. */
function score(...args: string[]): Promise<Seen> {
  return runCommand(register, ['score', ...(args.includes('--out') ? [] : ['--out', at('out.csv')]), ...args]);
}

async function ranking(file = at('out.csv')): Promise<Record<string, string>[]> {
  return parse(await readFile(file, 'utf8'), { columns: true }) as Record<string, string>[];
}

const column = (rows: readonly Record<string, string>[], name: string) => rows.map((row) => Number(row[name]));

async function summary(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(at('out.json'), 'utf8')) as Record<string, unknown>;
}

type Arrays = Record<'X_train' | 'y_train' | 'X_aux', Given> & { prior_train?: Given; prior_aux?: Given };

function arraysOf(name: keyof typeof datasets & ('gauss3' | 'dups2' | 'gauss8')): Required<Arrays> {
  const set = datasets[name];
  return {
    X_train: matrixOf(set.X_train),
    y_train: integersOf(set.y_train),
    X_aux: matrixOf(set.X_aux),
    prior_train: vectorOf(set.prior_train),
    prior_aux: vectorOf(set.prior_aux),
  };
}

async function written(arrays: Readonly<Record<string, Given | undefined>>): Promise<string> {
  const given = Object.entries(arrays).flatMap(([name, array]) => (array === undefined ? [] : [[name, array] as const]));
  await writeFile(at('in.npz'), await npzOf(Object.fromEntries(given)));
  return at('in.npz');
}

describe('the ranking of vectors equals the reference', () => {
  // "tiny" is left out: its reference uses five neighbours in the detector, the paper's preset ten.
  it.each(['gauss3', 'dups2', 'gauss8'] as const)('on %s', async (name) => {
    const reference = golden.cases.find((c) => c.dataset === name && c.variant === 'paper' && c.centers === 'all' && c.ball === 'closed' && c.prob !== undefined)!;
    expect(await score('--npz', await written(arraysOf(name)))).toMatchObject({ code: 0, stdout: '' });

    const rows = await ranking();
    expect(Object.keys(rows[0]!)).toEqual(['index', 'quality', 'p', 'density', 'rarity', 'zone']);
    expect(column(rows, 'index')).toEqual(datasets[name].X_aux.map((_, i) => i));
    expect(largestDifference(column(rows, 'quality'), reference.phi!)).toBeLessThan(1e-10);
    expect(largestDifference(column(rows, 'p'), reference.prob!)).toBeLessThan(1e-10);
    expect(largestDifference(column(rows, 'density'), reference.density!)).toBeLessThan(1e-10);
    expect(largestDifference(column(rows, 'rarity'), reference.rarity_aux!)).toBeLessThan(1e-10);
    expect(rows.map(({ zone }) => zone)).toEqual(reference.density!.map((density, i) => zoneOf(density, reference.prob![i]!)));

    const facts = await summary();
    expect(facts).toMatchObject({ k_hat: reference.k_hat, evaluator: 'EAP', preset: 'paper', refused: [] });
    expect(Math.abs((facts['lambda'] as number) - reference.lam!)).toBeLessThan(1e-10);
    expect(Math.abs((facts['alpha0'] as number) - reference.alpha0!)).toBeLessThan(1e-15);
  });

  it('with a forest prior, anew for each seed and the same for the same seed', async () => {
    const { X_train, y_train, X_aux } = arraysOf('gauss8');
    const file = await written({ X_train, y_train, X_aux });
    const qualities: number[][] = [];
    for (const [seed, out] of [['1', 'a.csv'], ['1', 'b.csv'], ['2', 'c.csv']] as const) {
      expect(await score('--npz', file, '--seed', seed, '--out', at(out))).toMatchObject({ code: 0 });
      qualities.push(column(await ranking(at(out)), 'quality'));
    }
    expect(qualities[0]).toEqual(qualities[1]);
    expect(qualities[0]).not.toEqual(qualities[2]);
  });

  it('with the subsets that were asked for', async () => {
    expect(await score('--npz', await written(arraysOf('gauss3')), '--preset', 'released', '--subsets', '4')).toMatchObject({ code: 0 });
    expect(await summary()).toMatchObject({ preset: 'released', parameters: { subsets: 4, ball: 'open' } });
  });
});

describe('vectors that cannot be used end with code 2 and the reason', () => {
  const good = arraysOf('gauss3');
  const filled = (array: Given, value: number): Given => ({ ...array, data: Float64Array.from(array.data as Float64Array, (old, i) => (i === 7 ? value : old)) });
  const shaped = (array: Given, ...shape: number[]): Given => ({ ...array, shape });
  const without = (name: keyof Arrays) => ({ ...good, [name]: undefined });
  const rows = good.X_train.shape[0]!;

  it.each<[string, Record<string, Given | undefined>, string]>([
    ['no X_train', without('X_train'), 'The file holds no array X_train; it holds y_train, X_aux, prior_train, prior_aux.'],
    ['no y_train', without('y_train'), 'holds no array y_train'],
    ['no X_aux', without('X_aux'), 'holds no array X_aux'],
    ['one prior only', without('prior_aux'), 'prior_train and prior_aux belong together'],
    ['the other prior only', without('prior_train'), 'prior_train and prior_aux belong together'],
    ['NaN among the training rows', { ...good, X_train: filled(good.X_train, NaN) }, 'X_train holds a value that is not finite, in row 2, column 1'],
    ['infinity among the auxiliary rows', { ...good, X_aux: filled(good.X_aux, -Infinity) }, 'X_aux holds a value that is not finite, in row 2, column 1'],
    ['NaN among the priors', { ...good, prior_aux: filled(good.prior_aux, NaN) }, 'prior_aux holds a value that is not finite, at position 7'],
    ['a prior beyond 1', { ...good, prior_train: filled(good.prior_train, 1.5) }, 'prior_train holds 1.5 at position 7; priors lie in 0..1'],
    ['one dimension', { ...good, X_train: shaped(good.X_train, rows * 3) }, 'X_train has the shape (150); rows and columns are needed'],
    ['three dimensions', { ...good, X_aux: shaped(good.X_aux, 11, 3, 1) }, 'X_aux has the shape (11, 3, 1); rows and columns are needed'],
    ['other columns', { ...good, X_aux: matrixOf([[1, 2]]), prior_aux: vectorOf([0]) }, 'X_aux has 2 columns, X_train 3'],
    ['no auxiliary row', { ...good, X_aux: shaped(vectorOf([]), 0, 3), prior_aux: vectorOf([]) }, 'X_aux holds no rows'],
    ['no column', { ...good, X_train: shaped(vectorOf([]), rows, 0), X_aux: shaped(vectorOf([]), 11, 0) }, 'X_train has no columns'],
    ['a label too few', { ...good, y_train: integersOf(new Array<number>(rows - 1).fill(0)) }, `y_train has the shape (${rows - 1}); (${rows}) is needed`],
    ['labels -1 and 1', { ...good, y_train: integersOf(Array.from({ length: rows }, (_, i) => (i < 4 ? 1 : -1))) }, 'y_train holds -1 at position 4; labels are 0 (normal) or 1 (anomaly)'],
    ['anomalies only', { ...good, y_train: integersOf(new Array<number>(rows).fill(1)) }, 'y_train holds no normal'],
    ['one normal', { ...good, y_train: integersOf(Array.from({ length: rows }, (_, i) => (i === 0 ? 0 : 1))) }, 'y_train holds 1 normal; at least 2 are needed'],
  ])('%s', async (_name, arrays, words) => {
    const seen = await score('--npz', await written(arrays));
    expect(seen.stderr).toContain(words);
    expect(seen).toMatchObject({ code: 2, stdout: '' });
    expect(seen.stderr.trim().split('\n')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['in.npz']);
  });

  it.each<[string, string | Buffer, string]>([
    ['no zip', 'X_train,y_train', 'damaged or not a zip archive'],
    ['nothing at all', '', 'damaged or not a zip archive'],
  ])('a file that is %s', async (_name, content, words) => {
    await writeFile(at('in.npz'), content);
    const seen = await score('--npz', at('in.npz'));
    expect(seen.stderr).toContain(words);
    expect(seen.code).toBe(2);
  });

  it('a file that is not there, and a folder', async () => {
    const missing = await score('--npz', at('none.npz'));
    expect(missing).toMatchObject({ code: 2, stderr: `assay: The file ${at('none.npz')} cannot be read (ENOENT).\n` });
    expect(await score('--npz', folder)).toMatchObject({ code: 2, stderr: `assay: The file ${folder} cannot be read (EISDIR).\n` });
  });

  it('as one JSON object where that is wanted', async () => {
    const seen = await runCommand(register, ['score', '--npz', at('none.npz'), '--out', at('out.csv')], true);
    expect(JSON.parse(seen.stderr)).toMatchObject({ code: 'request.not_found', message: expect.stringContaining('none.npz') });
  });
});

describe('a command line that cannot be used ends with code 2', () => {
  it.each<[string, string[], string]>([
    ['an unknown option', ['--npz', 'x.npz', '--quick'], "unknown option '--quick'"],
    ['an unknown preset', ['--npz', 'x.npz', '--preset', 'mine'], 'Allowed choices are paper, released'],
    ['a seed that is no number', ['--npz', 'x.npz', '--seed', '-1'], '--seed must be a whole number from 0 on, not "-1"'],
    ['too many subsets', ['--npz', 'x.npz', '--subsets', '501'], '--subsets: '],
    ['nothing to score', [], 'Give --normal and --auxiliary folders'],
    ['folders beside a file', ['--npz', 'x.npz', '--anomaly', 'a'], 'either --npz or folders'],
    ['a network beside a file', ['--npz', 'x.npz', '--model', 'm.onnx', '--manifest', 'm.json'], 'go with folders of images'],
    ['a network without its manifest', ['--normal', 'n', '--auxiliary', 'a', '--model', 'm.onnx'], '--model and --manifest belong together'],
  ])('%s', async (_name, args, words) => {
    const seen = await score(...args);
    expect(seen.stderr).toContain(words);
    expect(seen.code).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  it('no --out', async () => {
    const seen = await runCommand(register, ['score', '--npz', at('in.npz')]);
    expect(seen).toMatchObject({ code: 2, stderr: expect.stringContaining("required option '--out <FILE>' not specified") });
  });

  it('an --out that cannot be written, before any work', async () => {
    const file = await written(arraysOf('gauss3'));
    await writeFile(at('plain'), '');
    for (const [out, words] of [
      [at('none/out.csv'), `the folder ${at('none')} is not there`],
      [at('plain/out.csv'), `${at('plain')} is not a folder`],
      [folder, `${folder} is not a regular file`],
      [at('out.json'), 'cannot end in .json'],
      [at(`${'x'.repeat(300)}.csv`), 'ENAMETOOLONG'],
    ] as const) {
      const seen = await score('--npz', file, '--out', out);
      expect(seen.stderr).toContain(words);
      expect(seen.stderr).not.toContain('detector');
      expect(seen.code).toBe(2);
    }
    expect(await readdir(folder)).toEqual(['in.npz', 'plain']);
  });
});

describe('other evaluators', () => {
  it('stand side by side, a column each, and take the parameters that they have', async () => {
    const file = await written(arraysOf('gauss8'));
    expect(await score('--npz', file, '--evaluator', 'EAP,P_y|x,cap,lava', '--mode', 'exact')).toMatchObject({ code: 0, stdout: '' });
    const rows = await ranking();
    expect(Object.keys(rows[0]!)).toEqual(['index', 'EAP', 'P_y|x', 'CAP', 'LAVA']);
    expect(largestDifference(column(rows, 'CAP'), capGolden.gauss8.phi)).toBeLessThan(1e-10);
    const { runs } = (await summary()) as { runs: { evaluator: string; parameters: Record<string, unknown> }[] };
    expect(runs.map(({ evaluator, parameters }) => [evaluator, parameters['mode']])).toEqual([['EAP', undefined], ['P_y|x', undefined], ['CAP', undefined], ['LAVA', 'exact']]);
  });

  it('alone give their value and its parts', async () => {
    expect(await score('--npz', await written(arraysOf('gauss8')), '--evaluator', 'CAP')).toMatchObject({ code: 0 });
    const [row] = await ranking();
    expect(Number(row!['quality'])).toBeCloseTo(capGolden.gauss8.phi[0]!, 10);
    expect(Object.keys(row!).length).toBeGreaterThan(4);
  });

  it('must exist, and be named once', async () => {
    const file = await written(arraysOf('gauss8'));
    expect(await score('--npz', file, '--evaluator', 'EAP,BEST')).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no evaluator named "BEST". There are EAP, LOO') });
    expect(await score('--npz', file, '--evaluator', 'EAP,eap')).toMatchObject({ code: 2, stderr: expect.stringContaining('names one twice') });
  });
});
