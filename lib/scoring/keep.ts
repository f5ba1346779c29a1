import { keepGrid, type KeepBand, type KeepRepetition } from '@/lib/anomaly/curves/keep-curves';
import { rankingOf } from '@/lib/anomaly/curves/ranking';
import { createRandom, type RandomGenerator } from '@/lib/anomaly/random/generator';
import { sampleWithoutReplacement, shuffle } from '@/lib/anomaly/random/sampling';
import type { KeepCurve, KeepSettings, KeepSummary } from '@/lib/api/contracts/keep';
import { AssayError } from '@/lib/errors';
import type { Compute } from './compute';
import { keepNotes, thresholdExplanation } from './keep-notes';
import { planKeep, realCounts, type KeepPlan } from './keep-plan';
import { trainingNormals } from './training-set';
import { rowsOf, type Vectors } from './vectors';

/** A run and the quality of each auxiliary sample in it, by sample id. */
export type KeepRun = { readonly id: string; readonly title: string; readonly quality: ReadonlyMap<string, number> };

export type KeepResult = {
  readonly summary: Omit<KeepSummary, 'seconds'>;
  /** Auxiliary samples that every run scored. */
  readonly sampleIds: readonly string[];
  /** Of each run, parallel to `sampleIds`: distance to the nearest sample that it ranks higher; NaN of the best. */
  readonly nearest: readonly Float64Array[];
};

const words = { 'Fitting downstream models': 'measuring learning curves' };

/** Random streams of one repetition. */
const streams = { normals: 0, anomalies: 1, auxiliary: 2, ties: 3, orders: 4, forest: 5 } as const;
const STREAMS = 8;

/**
 * How test accuracy rises with the number of kept samples in the order of several runs, and how near every sample is to a better one.
 * @throws AssayError or NumericsError `data.too_few_rows`, `data.*`, `job.cancelled`
 */
export async function analyseKeeping(vectors: Vectors, runs: readonly KeepRun[], { settings, seed }: { settings: KeepSettings; seed: number }, compute: Compute): Promise<KeepResult> {
  const plan = planKeep(realCounts(vectors.samples), settings);
  const auxiliary = scoredByAll(vectors, runs);
  const quality = runs.map((run) => Float64Array.from(auxiliary, (row) => run.quality.get(vectors.samples[row]!.id)!));
  const used = Math.min(auxiliary.length, settings.auxiliary);
  const added = keepGrid(used, settings.points);
  const repetitions = Array.from({ length: settings.seeds }, (_, at) => repetition(vectors, { plan, auxiliary, quality, used, settings }, (stream) => createRandom(seed, at * STREAMS + streams[stream])));
  const { points, compact } = onlyNamed(vectors, repetitions);
  const bands = await compute('keepCurves', { points, repetitions: compact, classifier: settings.classifier, added }, { words, unit: 'models' });
  const counts = added.map((count) => Math.round((count * auxiliary.length) / used));
  const rankings = quality.map((values) => rankingOf(values, seed));
  const nearest = await compute('nearestBetter', { points: rowsOf(vectors, auxiliary), rankings }, { unit: 'samples' });
  const threshold = await compute('copyThreshold', { normals: rowsOf(vectors, trainingNormals(vectors.samples)) }, { unit: 'normals' });
  const size = { all: auxiliary.length, used };
  return {
    summary: {
      curves: bands.map((band, c) => curveOf(band, counts, runs[c] ?? null)),
      baseline: { mean: bands[0]!.mean[0]!, sd: bands[0]!.sd[0]! },
      ...plan,
      auxiliary: size,
      notes: keepNotes(plan, size, settings),
      redundancy: { threshold, explanation: thresholdExplanation },
    },
    sampleIds: [...auxiliary].map((row) => vectors.samples[row]!.id),
    nearest,
  };
}

function scoredByAll({ samples }: Vectors, runs: readonly KeepRun[]): Int32Array {
  const rows = samples.flatMap(({ id, role }, row) => (role === 'auxiliary' && runs.every(({ quality }) => quality.has(id)) ? [row] : []));
  if (rows.length < 2) {
    throw new AssayError('data.too_few_rows', `${rows.length === 0 ? 'No auxiliary sample is' : 'Only one auxiliary sample is'} scored by every chosen run; at least 2 are needed.`, {
      hint: 'Choose runs that scored the same samples, or start new ones.',
    });
  }
  return Int32Array.from(rows);
}

type Parts = { readonly plan: KeepPlan; readonly auxiliary: Int32Array; readonly quality: readonly Float64Array[]; readonly used: number; readonly settings: KeepSettings };

function repetition({ samples }: Vectors, { plan, auxiliary, quality, used, settings }: Parts, randomOf: (stream: keyof typeof streams) => RandomGenerator): KeepRepetition {
  const rowsWhere = (role: string, test?: boolean) => samples.flatMap((sample, row) => (sample.role === role && (test === undefined || (sample.split === 'test') === test) ? [row] : []));
  const divided = (role: 'normal' | 'anomaly', kind: 'normals' | 'anomalies') => {
    const [train, test] = [plan.train[kind], plan.test[kind]];
    const random = randomOf(kind);
    if (plan.heldOut[kind] === 'marked') return { train: drawn(rowsWhere(role, false), train, random), test: drawn(rowsWhere(role, true), test, random) };
    const all = drawn(rowsWhere(role), train + test, random);
    return { train: all.slice(test).sort(), test: all.slice(0, test).sort() };
  };
  const normals = divided('normal', 'normals');
  const anomalies = divided('anomaly', 'anomalies');
  const places = sampleWithoutReplacement(auxiliary.length, used, randomOf('auxiliary')).sort();
  const tieSeed = randomOf('ties').uint32();
  const orders = randomOf('orders');
  const identity = () => Int32Array.from({ length: used }, (_, i) => i);
  return {
    train: joined(normals.train, anomalies.train),
    labels: labelsOf(normals.train, anomalies.train),
    test: joined(normals.test, anomalies.test),
    testLabels: labelsOf(normals.test, anomalies.test),
    auxiliary: Int32Array.from(places, (place) => auxiliary[place]!),
    orders: [...quality.map((values) => [rankingOf(Float64Array.from(places, (place) => values[place]!), tieSeed)]), Array.from({ length: settings.randomOrders }, () => shuffle(identity(), orders))],
    seed: randomOf('forest').uint32(),
  };
}

function drawn(rows: readonly number[], count: number, random: RandomGenerator): Int32Array {
  return Int32Array.from(sampleWithoutReplacement(rows.length, count, random), (at) => rows[at]!);
}

function joined(normals: Int32Array, anomalies: Int32Array): Int32Array {
  return Int32Array.from([...normals.toSorted(), ...anomalies.toSorted()]);
}

function labelsOf(normals: Int32Array, anomalies: Int32Array): Uint8Array {
  return new Uint8Array(normals.length + anomalies.length).fill(1, normals.length);
}

/** The rows that any repetition names, and the repetitions with their numbers among these: a thread need not get the others. */
function onlyNamed(vectors: Vectors, repetitions: readonly KeepRepetition[]) {
  const named = new Uint8Array(vectors.samples.length);
  for (const { train, test, auxiliary } of repetitions) for (const rows of [train, test, auxiliary]) for (const row of rows) named[row] = 1;
  const rows = Int32Array.from(vectors.samples.keys()).filter((row) => named[row] === 1);
  const placeOf = new Int32Array(vectors.samples.length);
  rows.forEach((row, place) => (placeOf[row] = place));
  const moved = (list: Int32Array) => list.map((row) => placeOf[row]!);
  return {
    points: rowsOf(vectors, rows),
    compact: repetitions.map((one) => ({ ...one, train: moved(one.train), test: moved(one.test), auxiliary: moved(one.auxiliary) })),
  };
}

function curveOf({ mean, sd, low, high, best }: KeepBand, added: readonly number[], run: KeepRun | null): KeepCurve {
  return {
    runId: run?.id ?? null,
    title: run?.title ?? 'Random',
    added: [...added],
    mean: [...mean],
    sd: [...sd],
    low: [...low],
    high: [...high],
    best: { count: added[best]!, mean: mean[best]! },
  };
}
