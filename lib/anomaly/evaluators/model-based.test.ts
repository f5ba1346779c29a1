import { describe, expect, it, vi } from 'vitest';
import { fitIsolationForest, isolationScores, scaleToFittingRange, toSinglePrecision } from '../detectors/isolation-forest';
import { fitSsdo } from '../detectors/ssdo';
import { fitLambda, squash } from '../detectors/squash';
import { goldenInput, largestDifference } from '../golden/golden-data';
import { selfDistances } from '../linalg/distances';
import { createMatrix, matrixFromRows, selectRows } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { shuffle } from '../random/sampling';
import { ameEvaluator, averageMarginalEffect, type AmeDraw } from './ame-evaluator';
import { dataBanzhaf, dataBanzhafEvaluator } from './data-banzhaf-evaluator';
import { dataOob, dataOobEvaluator } from './data-oob-evaluator';
import type { EvaluatorInput } from './evaluator';
import { influence, influenceEvaluator } from './influence-evaluator';
import { looEvaluator } from './loo-evaluator';
import { coinMask } from './model-based/draws';
import { describeEvaluator, evaluateWith } from './registry';

// The lasso of AME takes a second where fits outnumber rows, more on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const ids = ['LOO', 'DATABANZHAF', 'INF', 'AME', 'DATAOOB'] as const;
const drawing = ids.filter((id) => id !== 'LOO');
const few = (id: (typeof ids)[number]) => (id === 'LOO' ? {} : { models: id === 'AME' ? 2 : 6 });

function withoutPrior({ train, labels, auxiliary }: EvaluatorInput): EvaluatorInput {
  return { train, labels, auxiliary };
}

const gauss8 = withoutPrior(goldenInput('gauss8'));

/** F1 on D of the detector refitted from scratch on D and, where given, one auxiliary row. */
async function utilityFromScratch({ train, labels, auxiliary }: EvaluatorInput, x: number | undefined, seed: number): Promise<number> {
  const added = x === undefined ? [] : [...selectRows(auxiliary, [x]).data];
  const points = createMatrix(Float64Array.of(...train.data, ...added), train.rows + (x === undefined ? 0 : 1), train.cols);
  const single = toSinglePrecision(points);
  const scores = isolationScores(fitIsolationForest(single, { trees: 100, sampleSize: 256, seed }), single);
  const all = x === undefined ? labels : Uint8Array.of(...labels, 1);
  const model = await fitSsdo(selfDistances(points), all, scaleToFittingRange(scores, scores), { neighbours: 10, alpha: 2.3 });
  const anomalies = labels.reduce((sum, label) => sum + label, 0);
  const lambda = fitLambda(model.trainScores, anomalies / train.rows);
  const called = labels.map((_, i) => (squash(model.trainScores[i]!, lambda) > 0.5 ? 1 : 0));
  const right = called.filter((call, i) => call === 1 && labels[i] === 1).length;
  return right === 0 ? 0 : (2 * right) / (called.reduce((sum, call) => sum + call, 0) + anomalies);
}

describe('the model-based evaluators', () => {
  it.each(ids)('%s runs by its id and repeats itself for a seed', async (id) => {
    expect(describeEvaluator(id)).toMatchObject({ inPaper: true, cost: 'many_fits' });
    const run = (seed: number) => evaluateWith(id, gauss8, { seed, ...few(id) });
    const first = await run(3);
    expect(first.values.length).toBe(gauss8.auxiliary.rows);
    expect(first.values.every(Number.isFinite)).toBe(true);
    expect(await run(3)).toEqual(first);
  });

  it.each(['DATABANZHAF', 'INF', 'DATAOOB'] as const)('%s draws otherwise for another seed', async (id) => {
    const [a, b] = await Promise.all([1, 2].map((seed) => evaluateWith(id, goldenInput('gauss8'), { seed, models: 6 })));
    expect(a!.values).not.toEqual(b!.values);
  });

  it.each(ids)('%s gives nothing for no auxiliary row', async (id) => {
    const none = { ...gauss8, auxiliary: createMatrix([], 0, gauss8.train.cols) };
    expect((await evaluateWith(id, none, few(id))).values).toEqual(new Float64Array(0));
  });

  it.each(['LOO', 'DATABANZHAF', 'INF', 'AME'] as const)('%s gives 0 when no anomaly is known', async (id) => {
    const { values } = await evaluateWith(id, { ...gauss8, labels: new Uint8Array(gauss8.train.rows) }, few(id));
    expect(values.every((value) => value === 0)).toBe(true);
  });

  it.each(ids)('%s stops when it is cancelled', async (id) => {
    const abort = new AbortController();
    const parameters = id === 'LOO' ? { mode: 'exact' } : few(id);
    const run = evaluateWith(id, gauss8, parameters, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(run).rejects.toMatchObject({ code: 'job.cancelled' });
  });

  it.each(ids)('%s refuses parameters out of range', async (id) => {
    await expect(evaluateWith(id, gauss8, { trees: 0 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(evaluateWith(id, gauss8, { asReleased: 1 })).rejects.toMatchObject({ code: 'parameter.invalid' });
  });

  it('refuses an unknown mode', async () => {
    await expect(evaluateWith('LOO', gauss8, { mode: 'quick' })).rejects.toMatchObject({ code: 'parameter.invalid' });
  });

  it.each(drawing)('%s says when no draw can be fitted', async (id) => {
    const tiny = { train: matrixFromRows([[0], [1]]), labels: Uint8Array.of(0, 1), auxiliary: matrixFromRows([[2]]) };
    const nothing = () => new Uint8Array(3);
    const runs = {
      DATABANZHAF: () => dataBanzhaf(tiny, dataBanzhafEvaluator.defaults, {}, nothing),
      INF: () => influence(tiny, influenceEvaluator.defaults, {}, nothing),
      DATAOOB: () => dataOob(tiny, dataOobEvaluator.defaults, {}, nothing),
      AME: () => averageMarginalEffect(tiny, ameEvaluator.defaults, {}, () => ({ train: nothing(), joined: 0, onFailure: nothing })),
    };
    await expect(runs[id as keyof typeof runs]()).rejects.toMatchObject({ code: 'data.too_few_rows' });
  });

  it('DATAOOB leaves failing draws out as the released program does, and the rest alone', async () => {
    const masks = [new Uint8Array(50), Uint8Array.from({ length: 50 }, (_, i) => i % 2), Uint8Array.from({ length: 50 }, (_, i) => (i < 10 ? 1 : 0))];
    const parameters = { ...dataOobEvaluator.defaults, asReleased: true, models: 3 };
    const all = await dataOob(goldenInput('gauss3'), parameters, {}, (draw) => masks[draw]!);
    const one = await dataOob(goldenInput('gauss3'), { ...parameters, models: 1 }, {}, () => masks[1]!);
    expect(all).toEqual(one);
    expect(all.facts.fits).toBe(1);
  });
});

describe('exact and fast fits', () => {
  it('exact LOO is what refitting everything from scratch gives', async () => {
    const { values, facts } = await looEvaluator.evaluate(gauss8, { mode: 'exact', seed: 4 });
    const base = await utilityFromScratch(gauss8, undefined, 4);
    expect(facts.baseUtility).toBe(base);
    for (let x = 0; x < values.length; x += 1) expect(values[x]).toBe((await utilityFromScratch(gauss8, x, 4)) - base);
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  it.each(['LOO', 'DATABANZHAF', 'INF'] as const)('%s: without labels in the score (alpha 0) and with a given prior, fast is exact', async (id) => {
    const run = (mode: string) => evaluateWith(id, goldenInput('gauss3'), { mode, detectorAlpha: 0, ...few(id) });
    expect((await run('fast')).values).toEqual((await run('exact')).values);
  });

  it('LOO: where an added row leaves the length scale as it is and the prior is given, fast is exact', async () => {
    // Nearest neighbours of a lattice are 1 apart, and stay so with one more lattice point.
    const lattice = (columns: number[], rows: number[]) => matrixFromRows(columns.flatMap((x) => rows.map((y) => [x, y])));
    const train = lattice([0, 1, 2, 3, 4, 5], [0, 1, 2]);
    const auxiliary = lattice([6, 0, 3], [0, 1, 2, 3]);
    const near = (points: typeof train) => Float64Array.from({ length: points.rows }, (_, i) => Math.hypot(points.data[2 * i]!, points.data[2 * i + 1]!) / 10);
    const labels = Uint8Array.from({ length: 18 }, (_, i) => (i > 14 ? 1 : 0));
    const input = { train, labels, auxiliary: selectRows(auxiliary, [0, 1, 2, 7, 11]), prior: { train: near(train), auxiliary: near(selectRows(auxiliary, [0, 1, 2, 7, 11])) } };
    const run = (mode: 'fast' | 'exact') => looEvaluator.evaluate(input, { mode, detectorNeighbours: 1 });
    expect((await run('fast')).values).toEqual((await run('exact')).values);
  });
});

describe('the order of rows', () => {
  const input = goldenInput('gauss8');
  const n = input.train.rows;
  const l = input.auxiliary.rows;
  const trainOrder = shuffle(Int32Array.from({ length: n }, (_, i) => i), createRandom(1));
  const auxiliaryOrder = shuffle(Int32Array.from({ length: l }, (_, i) => i), createRandom(2));
  const permuted = {
    train: selectRows(input.train, trainOrder),
    labels: Uint8Array.from(trainOrder, (row) => input.labels[row]!),
    auxiliary: selectRows(input.auxiliary, auxiliaryOrder),
    prior: { train: Float64Array.from(trainOrder, (row) => input.prior.train[row]!), auxiliary: Float64Array.from(auxiliaryOrder, (row) => input.prior.auxiliary[row]!) },
  };
  const permuteMask = (mask: Uint8Array) => Uint8Array.from([...trainOrder, ...auxiliaryOrder.map((row) => n + row)], (row) => mask[row]!);
  const moved = (values: Float64Array) => Float64Array.from(auxiliaryOrder, (row) => values[row]!);

  it.each(['fast', 'exact'] as const)('LOO (%s) moves its values with the rows', async (mode) => {
    const { values } = await looEvaluator.evaluate(input, { mode });
    expect((await looEvaluator.evaluate(permuted, { mode })).values).toEqual(moved(values));
  });

  it.each([
    ['DATABANZHAF', dataBanzhaf],
    ['INF', influence],
  ] as const)('%s moves its values with the rows and their draws', async (_, evaluate) => {
    const parameters = { ...dataBanzhafEvaluator.defaults, models: 8 };
    const draws = (draw: number) => coinMask(n + l, 0.5, createRandom(draw));
    const { values } = await evaluate(input, parameters, {}, draws);
    const again = await evaluate(permuted, parameters, {}, (draw) => permuteMask(draws(draw)));
    expect(largestDifference(again.values, moved(values))).toBeLessThan(1e-12);
  });

  it('DATAOOB moves its values with the rows and their draws', async () => {
    const parameters = { ...dataOobEvaluator.defaults, models: 8 };
    const draws = (draw: number) => coinMask(n, 0.5, createRandom(draw));
    const { values } = await dataOob(input, parameters, {}, draws);
    const again = await dataOob(permuted, parameters, {}, (draw) => Uint8Array.from(trainOrder, (row) => draws(draw)[row]!));
    expect(again.values).toEqual(moved(values));
  });

  it.each([
    ['LOO', {}],
    ['LOO', { mode: 'exact' }],
    ['DATAOOB', { models: 10 }],
  ] as const)('%s %o values copies of a row alike', async (id, parameters) => {
    const copies = selectRows(gauss8.auxiliary, [0, 3, 7, 0, 11, 3]);
    const { values } = await evaluateWith(id, { ...gauss8, auxiliary: copies }, parameters);
    expect(values[3]).toBe(values[0]);
    expect(values[5]).toBe(values[1]);
  });

  it('AME gives all rows that no draw took the same value', async () => {
    const taken = [2, 5, 2, 9, 5, 2, 9, 5];
    const draws = (draw: number): AmeDraw => ({
      train: coinMask(n, 0.2 + 0.02 * draw, createRandom(draw)),
      joined: taken[draw % taken.length]!,
      onFailure: () => new Uint8Array(l),
    });
    const { values } = await averageMarginalEffect(input, ameEvaluator.defaults, {}, draws, 32);
    const rest = values.filter((_, x) => !taken.includes(x));
    expect(rest.length).toBe(l - 3);
    expect(new Set(rest).size).toBe(1);
  });
});
