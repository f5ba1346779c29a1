import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluatorIds } from '@/lib/anomaly/evaluators/registry';
import { goldenInput, goldenNames } from '@/lib/anomaly/golden/golden-data';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { createRandom } from '@/lib/anomaly/random/generator';
import { mapMethods, mapParametersSchema } from '@/lib/api/contracts/runs';
import { computeWith } from '@/lib/pipeline/compute/compute';
import type { ScoreChoices } from '@/lib/scoring/choices';
import { computeMap } from '@/lib/scoring/map';
import { valueAuxiliary } from '@/lib/scoring/valuation';
import { hasBrowser, openBrowser, type BrowserPage } from './testing/browser';
import { inputOf, vectorsOf, type ComputeInPage, type ServedSet } from './testing/compute-page';

if (!hasBrowser) process.stderr.write('SKIPPED: scores in a browser need Chromium\n');

/** Normals, anomalies and auxiliary rows of overlapping clouds: some of each zone. */
function randomSet(normals: number, anomalies: number, auxiliary: number, dim: number): ServedSet {
  const random = createRandom(7);
  const cloud = (rows: number, shift: () => number) => Array.from({ length: rows }, () => {
    const by = shift();
    return Array.from({ length: dim }, (_, j) => Math.fround(random.normal() + (j < dim / 4 ? by : 0)));
  });
  const train = [...cloud(normals, () => 0), ...cloud(anomalies, () => 1.2)];
  return { train, labels: train.map((_, row) => Number(row >= normals)), auxiliary: cloud(auxiliary, () => 2.5 * random.uniform()), prior: null };
}

const listed = ({ data, rows, cols }: Matrix) => Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * cols, (row + 1) * cols)));

function golden(name: string): ServedSet {
  const { train, labels, auxiliary, prior } = goldenInput(name);
  return { train: listed(train), labels: [...labels], auxiliary: listed(auxiliary), prior: { train: [...prior.train], auxiliary: [...prior.auxiliary] } };
}

/** Few rows of a golden set: evaluators that fit hundreds of detectors are tried too. */
function small(): ServedSet {
  const { train, labels, auxiliary } = goldenInput('gauss8');
  const anomalies = [...labels.keys()].filter((row) => labels[row] === 1).slice(0, 10);
  const rows = [...[...labels.keys()].filter((row) => labels[row] === 0).slice(0, 40), ...anomalies];
  return { train: listed(selectRows(train, rows)), labels: rows.map((row) => labels[row]!), auxiliary: listed(selectRows(auxiliary, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])), prior: null };
}

const show = process.env.ASSAY_SHOW_DIFFERENCES === '1';

const sets: Record<string, ServedSet> = {
  ...(show ? { large: randomSet(800, 40, 1_000, 512) } : {}),
  ...Object.fromEntries(goldenNames.map((name) => [name, golden(name)])),
  random: show ? randomSet(500, 80, 120, 256) : randomSet(240, 40, 60, 128),
  small: small(),
};
let browser: BrowserPage;
beforeAll(async () => {
  if (!hasBrowser) return;
  const served = Object.fromEntries(Object.entries(sets).map(([name, set]) => [`/sets/${name}`, Buffer.from(JSON.stringify(set))]));
  browser = await openBrowser(served, { scripts: { page: 'lib/inference/web/testing/compute-page.ts', workers: ['lib/inference/web/compute-worker.ts'] } });
}, 60_000);
afterAll(() => browser?.close());

const page = () => browser.page;
const onServer = computeWith({ signal: new AbortController().signal, progress: () => undefined });

/** Largest difference of two results of the same shape; what is counted or named must be equal. NaN equals NaN. */
function largestDifference(here: unknown, there: unknown, where = ''): number {
  if (ArrayBuffer.isView(there)) return largestDifference(here, Array.from(there as Float64Array), where);
  if (typeof there === 'number') {
    if (typeof here !== 'number' || (Number.isNaN(here) !== Number.isNaN(there))) throw new Error(`${where}: ${String(here)} against ${there}`);
    return Number.isNaN(there) || here === there ? 0 : Math.abs(here - there);
  }
  if (typeof there !== 'object' || there === null) {
    expect(here, where).toEqual(there);
    return 0;
  }
  const of = here as Record<string, unknown>;
  expect(Object.keys(of), where).toEqual(Object.keys(there));
  return Math.max(0, ...Object.entries(there).map(([key, part]) => largestDifference(of[key], part, `${where}.${key}`)));
}

async function compare(name: string, evaluator: string, choices: ScoreChoices): Promise<number> {
  const here = await page().evaluate(([place, id, chosen]) => (globalThis as unknown as { assay: ComputeInPage }).assay.value(place, id, chosen), [`/sets/${name}`, evaluator, choices] as const);
  const there = await valueAuxiliary(evaluator, inputOf(sets[name]!), choices, onServer);
  if (there.explanation !== null) {
    expect(here.valuation.explanation?.zone, 'zones').toEqual([...there.explanation.zone]);
    expect(here.valuation.explanation?.sphereCentre, 'centres').toEqual([...there.explanation.sphereCentre]);
  }
  expect(here.valuation.quality).toHaveLength(there.quality.length);
  const difference = largestDifference(here.valuation, there);
  if (show) process.stderr.write(`${evaluator} (${choices.preset}, ${JSON.stringify(choices.parameters)}) on ${name}: largest difference ${difference.toExponential(2)}; ${here.seconds.toFixed(2)} s; ${here.runtime}\n`);
  return difference;
}

const eapChoices: ScoreChoices[] = [
  { preset: 'paper', parameters: {}, seed: 3 },
  { preset: 'paper', parameters: { subsets: 10 }, seed: 3 },
  { preset: 'released', parameters: { subsets: 10 }, seed: 3 },
];
const limit = { timeout: 300_000 };
const AGREEMENT = 1e-5;

describe.skipIf(!hasBrowser)('scores in Chromium are those of the server', () => {
  it.each(eapChoices)('EAP, $preset preset, $parameters', limit, async (choices) => {
    for (const name of [...goldenNames, 'random']) expect(await compare(name, 'EAP', choices), name).toBeLessThan(AGREEMENT);
  });

  it.skipIf(!show)('EAP of 840 training rows, 512 columns and 1,000 auxiliary rows, timed', limit, async () => {
    const started = performance.now();
    await valueAuxiliary('EAP', inputOf(sets['large']!), eapChoices[0]!, onServer);
    process.stderr.write(`on the server's path: ${((performance.now() - started) / 1000).toFixed(2)} s\n`);
    expect(await compare('large', 'EAP', eapChoices[0]!)).toBeLessThan(AGREEMENT);
  });

  it.each(['CAP', 'RARITY', 'LAVA', 'KNNSHAP'])('%s', limit, async (evaluator) => {
    for (const name of [...goldenNames, 'random']) {
      const choices: ScoreChoices = { preset: 'paper', parameters: {}, seed: 3 };
      expect(await compare(name, evaluator, choices), name).toBeLessThan(AGREEMENT);
    }
  });

  it.each(evaluatorIds)('%s, few rows', limit, async (evaluator) => {
    expect(await compare('small', evaluator, { preset: 'paper', parameters: {}, seed: 1 })).toBeLessThan(AGREEMENT);
  });

  it.each(mapMethods)('the map, %s', limit, async (method) => {
    const choices = { ...mapParametersSchema.parse({ perplexity: 20 }), method, seed: 1 };
    for (const name of ['gauss8', 'random']) {
      const here = await page().evaluate(([place, chosen]) => (globalThis as unknown as { assay: ComputeInPage }).assay.map(place, chosen), [`/sets/${name}`, choices] as const);
      const difference = largestDifference(here, await computeMap(vectorsOf(sets[name]!), choices, onServer));
      if (show) process.stderr.write(`map of ${name} by ${method}: largest difference ${difference.toExponential(2)}\n`);
      expect(difference).toBeLessThan(AGREEMENT);
    }
  });
});

describe.skipIf(!hasBrowser)('a computation in Chromium', () => {
  it('tells how far it is and stops when it is cancelled', limit, async () => {
    const { code, steps, afterwards } = await page().evaluate(() => (globalThis as unknown as { assay: ComputeInPage }).assay.cancelled('/sets/random'));
    expect(code).toBe('job.cancelled');
    expect(steps.some((step) => step.startsWith('laying out'))).toBe(true);
    expect(afterwards).toBe(0);
  });

  it('keeps the code of an error', limit, async () => {
    expect(await page().evaluate(() => (globalThis as unknown as { assay: ComputeInPage }).assay.failing('/sets/tiny'))).toMatchObject({ code: 'data.shape', message: expect.stringMatching(/label/) as string });
  });

  it('asks nobody but its own server, and breaks no rule of the security policy', () => {
    const origin = new URL(page().url()).origin;
    expect(browser.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:'))).toEqual([]);
    expect(browser.trouble).toEqual([]);
  });
});
