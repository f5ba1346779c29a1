import { describe, expect, it } from 'vitest';
import type { KeepCurvesInput } from '@/lib/anomaly/curves/keep-curves';
import { createRandom } from '@/lib/anomaly/random/generator';
import { keepSettingsSchema } from '@/lib/api/contracts/keep';
import type { Compute } from './compute';
import { analyseKeeping } from './keep';
import { runTask } from './tasks';
import type { Vectors, VectorSample } from './vectors';

const DIM = 3;
type Kind = Pick<VectorSample, 'role' | 'split'>;

/** Every vector's first value is its row, so that a row can be known again. */
function vectorsOf(kinds: readonly Kind[]): Vectors {
  const random = createRandom(3);
  const samples = kinds.map((kind, row) => ({ ...kind, id: `sample ${row}`, defectType: null, qualityLabel: null }));
  return { samples, dim: DIM, data: Float32Array.from({ length: kinds.length * DIM }, (_, i) => (i % DIM === 0 ? i / DIM : random.normal())) };
}

const many = (count: number, kind: Kind) => Array.from({ length: count }, () => kind);
const auxiliary = many(40, { role: 'auxiliary', split: null });
const marked = vectorsOf([
  ...many(20, { role: 'normal', split: 'train' }), ...many(8, { role: 'normal', split: 'test' }),
  ...many(10, { role: 'anomaly', split: 'train' }), ...many(6, { role: 'anomaly', split: 'test' }), ...auxiliary,
]);
const unmarked = vectorsOf([...many(30, { role: 'normal', split: null }), ...many(12, { role: 'anomaly', split: null }), ...auxiliary]);

const run = ({ samples }: Vectors, without: readonly number[] = []) => ({
  id: 'a run', title: 'EAP',
  quality: new Map(samples.flatMap(({ id, role }, row) => (role === 'auxiliary' && !without.includes(row) ? [[id, row] as const] : []))),
});

/** Computes right here and keeps what the learning curves were asked for, with the rows named as in the vectors. */
async function analysed(vectors: Vectors, settings: object = {}, runs = [run(vectors)]) {
  let asked: KeepCurvesInput | undefined;
  const compute: Compute = (task, input) => {
    if (task === 'keepCurves') asked = input as KeepCurvesInput;
    return runTask(task, input, {});
  };
  const result = await analyseKeeping(vectors, runs, { settings: keepSettingsSchema.parse({ seeds: 4, points: 5, ...settings }), seed: 7 }, compute);
  const named = (rows: Int32Array) => Array.from(rows, (row) => asked!.points.data[row * DIM]!);
  return { result, repetitions: asked!.repetitions.map((one) => ({ ...one, train: named(one.train), test: named(one.test), auxiliary: named(one.auxiliary) })) };
}

describe('the rows of an analysis of how many samples to keep', () => {
  it('follow the marks of the samples, with another part of the training rows each time', async () => {
    const { repetitions } = await analysed(marked);
    for (const { train, labels, test, testLabels } of repetitions) {
      expect(test).toEqual([...Array.from({ length: 8 }, (_, i) => 20 + i), ...Array.from({ length: 6 }, (_, i) => 38 + i)]);
      expect([...testLabels]).toEqual(test.map((row) => Number(row >= 28)));
      expect([train.filter((row) => row < 20).length, train.filter((row) => row >= 28 && row < 38).length, train.length]).toEqual([16, 8, 24]);
      expect([...labels]).toEqual(train.map((row) => Number(row >= 28)));
    }
    expect(new Set(repetitions.map(({ train }) => String(train))).size).toBe(4);
  });

  it('are drawn anew each time where no sample is marked, and never judge what they trained with', async () => {
    const { repetitions, result } = await analysed(unmarked, { testShare: 0.25 });
    for (const { train, test } of repetitions) {
      expect(new Set([...train, ...test]).size).toBe(42);
      expect([test.filter((row) => row < 30).length, test.filter((row) => row >= 30).length]).toEqual([8, 3]);
    }
    expect(new Set(repetitions.map(({ test }) => String(test))).size).toBe(4);
    expect(result.summary.notes.join(' ')).toContain('With 3 real test anomalies one of them weighs 17 points');
  });

  it('take a part of many auxiliary samples, whose numbers count for all', async () => {
    const { repetitions, result } = await analysed(unmarked, { auxiliary: 10 });
    for (const { auxiliary: rows, orders } of repetitions) {
      expect(rows).toHaveLength(10);
      // The quality of a sample is its row: the best first.
      expect([...orders[0]![0]!].map((place) => rows[place])).toEqual(rows.toSorted((a, b) => b - a));
      expect(orders[1]).toHaveLength(3);
    }
    expect(new Set(repetitions.map(({ auxiliary: rows }) => String(rows))).size).toBe(4);
    expect(result.summary.auxiliary).toEqual({ all: 40, used: 10 });
    expect(result.summary.curves[0]!.added).toEqual([0, 4, 12, 24, 40]);
    expect(result.summary.notes.join(' ')).toContain('at most 10 of the 40 samples');
  });

  it('are the samples that every run scored', async () => {
    const first = marked.samples.length - 40;
    const { result } = await analysed(marked, {}, [run(marked, [first]), run(marked, [first + 1, first + 2])]);
    expect(result.sampleIds).toHaveLength(37);
    expect(result.nearest.map((distances) => distances.length)).toEqual([37, 37]);
    const none = { ...run(marked), quality: new Map<string, number>() };
    await expect(analysed(marked, {}, [none])).rejects.toMatchObject({ code: 'data.too_few_rows', message: 'No auxiliary sample is scored by every chosen run; at least 2 are needed.' });
  });
});
