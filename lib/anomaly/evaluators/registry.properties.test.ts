import { describe, expect, it } from 'vitest';
import { goldenInput, largestDifference } from '../golden/golden-data';
import { selectRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { shuffle } from '../random/sampling';
import type { EvaluatorInput } from './evaluator';
import { describeEvaluator, evaluateWith, evaluatorIds, type EvaluatorId } from './registry';

/** Evaluators whose values depend on draws of auxiliary or training rows by their position. */
const drawAuxiliary: readonly EvaluatorId[] = ['DATABANZHAF', 'AME', 'INF', 'RANDOMEV'];
const drawTraining: readonly EvaluatorId[] = [...drawAuxiliary, 'DATAOOB'];
const without = (left: readonly EvaluatorId[]) => evaluatorIds.filter((id) => !left.includes(id));

const inputs = ['gauss3', 'gauss8'] as const;

function order(length: number): Int32Array {
  return shuffle(Int32Array.from({ length }, (_, i) => i), createRandom(77));
}

function withAuxiliary(input: ReturnType<typeof goldenInput>, rows: Int32Array): EvaluatorInput {
  const auxiliary = Float64Array.from(rows, (i) => input.prior.auxiliary[i]!);
  return { ...input, auxiliary: selectRows(input.auxiliary, rows), prior: { train: input.prior.train, auxiliary } };
}

function withTraining(input: ReturnType<typeof goldenInput>, rows: Int32Array): EvaluatorInput {
  return {
    train: selectRows(input.train, rows),
    labels: Uint8Array.from(rows, (i) => input.labels[i]!),
    auxiliary: input.auxiliary,
    prior: { train: Float64Array.from(rows, (i) => input.prior.train[i]!), auxiliary: input.prior.auxiliary },
  };
}

function scaled({ data, rows, cols }: Matrix, factor: number): Matrix {
  return { data: data.map((value) => value * factor), rows, cols };
}

async function valuesOf(id: EvaluatorId, input: EvaluatorInput): Promise<Float64Array> {
  return (await evaluateWith(id, input, { seed: 5 })).values;
}

describe.each(inputs)('on %s', (name) => {
  const input = goldenInput(name);
  const l = input.auxiliary.rows;

  it.each(without(drawAuxiliary))('%s values each auxiliary row for itself: their order does not matter', async (id) => {
    const rows = order(l);
    const values = await valuesOf(id, input);
    expect(largestDifference(await valuesOf(id, withAuxiliary(input, rows)), Float64Array.from(rows, (i) => values[i]!))).toBeLessThan(1e-9);
  });

  it.each(without(drawAuxiliary))('%s gives copies of an auxiliary row the same value', async (id) => {
    const twice = Int32Array.from({ length: 2 * l }, (_, i) => i % l);
    const values = await valuesOf(id, withAuxiliary(input, twice));
    expect(values.subarray(l)).toEqual(values.subarray(0, l));
  });

  it.each(without(drawTraining))('%s does not depend on the order of the training rows', async (id) => {
    const values = await valuesOf(id, input);
    expect(largestDifference(await valuesOf(id, withTraining(input, order(input.train.rows))), values)).toBeLessThan(1e-9);
  });

  it.each(evaluatorIds.filter((id) => id !== 'LAVA'))('%s does not depend on the unit of the data, RARITY being a length itself', async (id) => {
    const values = await valuesOf(id, input);
    const factor = 3.7;
    const other = await valuesOf(id, { ...input, train: scaled(input.train, factor), auxiliary: scaled(input.auxiliary, factor) });
    const expected = id === 'RARITY' ? values.map((value) => value * factor) : values;
    expect(largestDifference(other, expected)).toBeLessThan(1e-9);
  });

  it.each(evaluatorIds)('%s gives the same values for the same seed', async (id) => {
    expect(await valuesOf(id, input)).toEqual(await valuesOf(id, input));
  });

  it('the random baseline gives others for another seed, all in [0, 1)', async () => {
    const { values } = await evaluateWith('RANDOMEV', input, { seed: 6 });
    expect(values).not.toEqual(await valuesOf('RANDOMEV', input));
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });
});

describe('unusual input', () => {
  const input = goldenInput('gauss3');

  it.each(evaluatorIds)('%s of no auxiliary rows is empty', async (id) => {
    const { values, columns } = await evaluateWith(id, withAuxiliary(input, new Int32Array(0)), {});
    expect(values.length).toBe(0);
    expect(Object.values(columns).every((column) => column.length === 0)).toBe(true);
  });

  it.each(evaluatorIds)('%s has a column entry per auxiliary row', async (id) => {
    const { columns } = await evaluateWith(id, input, {});
    expect(Object.values(columns).every((column) => column.length === input.auxiliary.rows)).toBe(true);
  });

  it.each(evaluatorIds)('%s refuses what is not a number', async (id) => {
    const train = { ...input.train, data: input.train.data.with(3, NaN) };
    await expect(evaluateWith(id, { ...input, train }, {})).rejects.toMatchObject({ code: 'data.not_finite' });
    const auxiliary = { ...input.auxiliary, data: input.auxiliary.data.with(0, Infinity) };
    await expect(evaluateWith(id, { ...input, auxiliary }, {})).rejects.toMatchObject({ code: 'data.not_finite' });
  });

  it.each(evaluatorIds)('%s stops when it is cancelled', async (id) => {
    await expect(evaluateWith(id, input, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job.cancelled' });
  });

  it.each(without(['CAP']))('%s works without known anomalies', async (id) => {
    const values = await valuesOf(id, { ...input, labels: new Uint8Array(input.labels.length) });
    expect(values.every((value) => Number.isFinite(value))).toBe(true);
    if (['LOO', 'DATABANZHAF', 'AME', 'INF'].includes(id)) expect(values.every((value) => value === 0)).toBe(true);
  });

  it('CAP says that it needs a known anomaly and two normals', async () => {
    const none = evaluateWith('CAP', { ...input, labels: new Uint8Array(input.labels.length) }, {});
    await expect(none).rejects.toMatchObject({ code: 'data.too_few_rows' });
    const oneNormal = evaluateWith('CAP', { ...input, labels: new Uint8Array(input.labels.length).fill(1, 1) }, {});
    await expect(oneNormal).rejects.toMatchObject({ code: 'data.too_few_rows' });
  });

  it.each([{ id: 'KNNSHAP', k: 0 }, { id: 'RARITY', k: 0.5 }, { id: 'LAVA', mode: 'quick' }, { id: 'CAP', subsets: -1 }, { id: 'P_X', kFloor: 0 }, { id: 'RANDOMEV', seed: -1 }] as const)(
    '$id refuses a parameter out of its range',
    async ({ id, ...parameters }) => {
      await expect(evaluateWith(id, input, parameters)).rejects.toMatchObject({ code: 'parameter.invalid' });
    },
  );

  it.each(evaluatorIds)('%s tells a positive running time that grows with the data', (id) => {
    const { estimateSeconds, defaults } = describeEvaluator(id);
    const small = estimateSeconds({ rows: 100, anomalies: 5, auxiliary: 30, columns: 10 }, defaults);
    expect(small).toBeGreaterThan(0);
    expect(estimateSeconds({ rows: 1000, anomalies: 50, auxiliary: 300, columns: 10 }, defaults)).toBeGreaterThanOrEqual(small);
  });
});
