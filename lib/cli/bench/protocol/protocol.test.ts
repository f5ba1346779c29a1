import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { integersOf, matrixOf, npzOf, vectorOf } from '../../score-input/testing/write-npz';
import { runCell } from './cell';
import { readOptions } from './options';
import { runProtocol, type Compute } from './protocol';
import { fromLines } from './row';
import { readSet } from './sets';

let folder: string;
let said: string[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'protocol-'));
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const data = path.join(folder, 'data', 'tabular');
  mkdirSync(data, { recursive: true });
  for (const [i, name] of ['one', 'two', 'three'].entries()) writeFileSync(path.join(data, `${name}.npz`), await someSet(i, 80, 20));
  writeFileSync(path.join(data, 'few.npz'), await someSet(9, 80, 3));
  writeFileSync(path.join(data, 'other.npz'), await npzOf({ Z: vectorOf([1, 2]) }));
  writeFileSync(path.join(data, 'broken.npz'), 'no zip');
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function someSet(seed: number, rows: number, anomalies: number) {
  const { normal } = createRandom(seed);
  const points = Array.from({ length: rows }, (_, i) => Array.from({ length: 2 + (seed % 3) }, () => normal() + (i < anomalies ? 2.5 : 0)));
  return npzOf({ X: matrixOf(points), y: integersOf(points.map((_, i) => (i < anomalies ? 1 : 0))) });
}

/** Computes in this thread; with `most` it fails after so many cells, as a killed run does. */
const here = (most = Infinity): Compute => async (cells, { settings, made, sets }, onAnswer) => {
  const byName = new Map(sets.map((set) => [set.name, set]));
  const source = { names: [...byName.keys()], kind: (name: string) => byName.get(name)!.kind, load: async (name: string) => (await readSet(byName.get(name)!))! };
  for (const [i, cell] of cells.entries()) {
    if (i >= most) throw new Error('killed');
    onAnswer(cell, { rows: await runCell(cell, settings, made, source, {}), seconds: 1 });
  }
};

const run = (compute: Compute, out: string, ...args: string[]) =>
  runProtocol(readOptions(['--methods', 'EAP,RARITY,RANDOMEV', '--seeds', '2', '--points', '3', '--out', path.join(folder, out), ...args]), { command: 'test', data: path.join(folder, 'data') }, compute);

const csv = (out: string) => path.join(folder, out, 'protocol.csv');
const rowsOf = (out: string) => fromLines(readFileSync(csv(out), 'utf8').split('\n').slice(1).join('\n'));
/** Rows without what depends on the clock. */
const untimed = (out: string) => rowsOf(out).map(({ result, ...row }) => ({ ...row, curveSeconds: 0, result: { ...result, seconds: 0 } }));

describe('a run of the protocol', () => {
  it('leaves one CSV and one Markdown with a row per set, seed and evaluator, and says what it could not run', async () => {
    await run(here(), 'a');
    expect(readdirSync(path.join(folder, 'a')).sort()).toEqual(['protocol.csv', 'protocol.md']);
    const rows = rowsOf('a');
    expect(rows).toHaveLength(3 * 2 * (3 + 6));
    expect(new Set(rows.map(({ set, seed, evaluator }) => `${set} ${seed} ${evaluator}`)).size).toBe(rows.length);
    expect(rows.find(({ evaluator }) => evaluator === 'EAP')).toMatchObject({ kind: 'tabular', d: 2, m: 2, l: 24, n: 44, result: { auxiliary: 24 } });
    const report = readFileSync(path.join(folder, 'a', 'protocol.md'), 'utf8');
    expect(report).toContain('## Tabular sets (Table 1, lower half)');
    expect(report).toMatch(/few, all seeds: 3 anomalies are too few/);
    expect(report).toMatch(/broken: .*damaged or not a zip/);
    expect(said.join('')).toMatch(/other\.npz holds no X and y: passed over/);
  });

  it('goes on after a kill in the middle of a line and gives what one run gives', async () => {
    await run(here(), 'whole');
    await expect(run(here(4), 'killed')).rejects.toThrow('killed');
    const lines = readFileSync(csv('killed'), 'utf8').split('\n');
    expect(lines).toHaveLength(1 + 4 * 9 + 1);
    const [, , ...second] = lines.filter((line) => line.includes(',EAP,'));
    appendFileSync(csv('killed'), `${lines[1]!}\n${second[0]!.replace(/,1,/, ',2,')}\n${lines[2]!.slice(0, 20)}`);
    await run(here(), 'killed');
    expect(said.join('')).toMatch(/6 cells \(3 sets x 2 seeds\), 4 of them ready/);
    expect(untimed('killed')).toEqual(untimed('whole'));
    expect(readdirSync(path.join(folder, 'killed')).sort()).toEqual(['protocol.csv', 'protocol.md']);
  });

  it('does nothing twice, and takes more seeds into the same folder', async () => {
    await run(here(), 'a');
    const before = readFileSync(csv('a'), 'utf8');
    await run(here(0), 'a');
    expect(readFileSync(csv('a'), 'utf8')).toBe(before);
    await run(here(), 'a', '--seeds', '3', '--sets', 'one');
    expect(rowsOf('a')).toHaveLength(7 * 9);
  });

  it('is refused where other settings left their results', async () => {
    await run(here(), 'a', '--sets', 'one,two');
    const refusal = (message: RegExp) => expect.objectContaining({ code: 'request.conflict', message: expect.stringMatching(message) as string });
    await expect(run(here(), 'a', '--points', '5')).rejects.toEqual(refusal(/the points of the learning curves was 3, is now 5/));
    await expect(run(here(), 'a', '--exact')).rejects.toEqual(refusal(/the mode of the evaluators was fast, is now exact/));
    await expect(run(here(), 'a', '--methods', 'EAP')).rejects.toEqual(refusal(/other methods: it has RANDOMEV, RARITY/));
    rmSync(path.join(folder, 'data', 'tabular', 'three.npz'));
    await expect(run(here(), 'a')).rejects.toEqual(refusal(/the sets below --data differ/));
    writeFileSync(csv('a'), 'something else\n');
    await expect(run(here(), 'a')).rejects.toEqual(refusal(/no results file/));
  });

  it('names the sets there are when one is not', async () => {
    await expect(run(here(), 'a', '--sets', 'four')).rejects.toMatchObject({ code: 'request.not_found', hint: expect.stringContaining('one') as string });
  });
});
