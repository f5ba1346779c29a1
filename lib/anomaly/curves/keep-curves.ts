import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { selectRows, type Matrix } from '../linalg/matrix';
import type { DownstreamClassifier } from './curve';
import { learningCurves } from './learning-curves';
import { unitColumns } from './unit-columns';

/** One repetition: which rows train, which judge, and the orders in which auxiliary rows are added. */
export type KeepRepetition = {
  readonly train: Int32Array;
  /** Parallel to `train`: 0 normal, 1 anomaly. */
  readonly labels: Uint8Array;
  readonly test: Int32Array;
  readonly testLabels: Uint8Array;
  readonly auxiliary: Int32Array;
  /** Of each curve one or more orders of 0..auxiliary.length-1, best first; several are averaged as if each were a repetition of its own. */
  readonly orders: readonly (readonly Int32Array[])[];
  /** Of the random forest. */
  readonly seed: number;
};

export type KeepCurvesInput = {
  /** All rows that the repetitions name. */
  readonly points: Matrix;
  readonly repetitions: readonly KeepRepetition[];
  readonly classifier: DownstreamClassifier;
  /** Numbers of added rows, ascending from 0 to the number of auxiliary rows of every repetition. */
  readonly added: readonly number[];
};

/** Balanced test accuracy over the repetitions; every list is parallel to `added`. */
export type KeepBand = {
  readonly mean: readonly number[];
  /** Divisor repetitions - 1; 0 of a single one. */
  readonly sd: readonly number[];
  /** 5 % and 95 % quantiles, linear between order statistics. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Position in `added` of the least number whose mean is within one standard error of the largest mean. */
  readonly best: number;
};

/**
 * Balanced test accuracy of the downstream model after adding the k best auxiliary rows, for rising k and several rankings, with bands over repetitions. The model
 * is fitted with both classes counting the same, and an SVM on columns of variance 1 over the rows it may be fitted on: without, a few anomalies among many normals
 * are called normal with or without auxiliary rows, or the widest columns alone decide, and nothing shows.
 * `best` follows the one-standard-error rule (Breiman, Friedman, Olshen and Stone 1984, Section 3.4.3): among numbers that cannot be told apart, the least.
 * @throws NumericsError `data.*`, `job.cancelled`
 */
export async function keepCurves({ points, repetitions, classifier, added }: KeepCurvesInput, context: NumericsContext = {}): Promise<KeepBand[]> {
  const curves: number[][][] = (repetitions[0]?.orders ?? []).map(() => []);
  for (const [at, repetition] of repetitions.entries()) {
    const onProgress = context.onProgress && ((done: number, total: number, step: string) => context.onProgress?.(at * total + done, repetitions.length * total, step));
    const accuracies = await measure(points, repetition, { classifier, added }, { ...context, onProgress });
    accuracies.forEach((ofCurve, c) => curves[c]!.push(...ofCurve));
  }
  return curves.map((values) => bandOf(values, repetitions.length));
}

async function measure(points: Matrix, repetition: KeepRepetition, { classifier, added }: Pick<KeepCurvesInput, 'classifier' | 'added'>, context: NumericsContext): Promise<number[][][]> {
  const { train, labels, test, testLabels, auxiliary, orders, seed } = repetition;
  if (added.at(-1) !== auxiliary.length) throw new NumericsError('data.shape', `The last number of a curve must be that of all ${auxiliary.length} auxiliary rows, not ${added.at(-1)}.`);
  // trees ask only for the order of values
  const scaled = classifier === 'svm' ? unitColumns(points, Int32Array.from([...train, ...auxiliary])) : points;
  const setting = {
    train: selectRows(scaled, train), labels, auxiliary: selectRows(scaled, auxiliary), test: selectRows(scaled, test), testLabels,
    classifier, points: added, good: auxiliary.length, seed, classWeight: 'balanced' as const, measure: 'balanced_accuracy' as const,
  };
  const curves = await learningCurves(setting, orders.flat(), context);
  const read = curves.map(({ good }) => added.map((count) => good.accuracy[good.added.indexOf(count)]!));
  let from = 0;
  return orders.map((list) => read.slice(from, (from += list.length)));
}

/** @param curves accuracies by curve, then by number of added rows */
function bandOf(curves: readonly (readonly number[])[], repetitions: number): KeepBand {
  const columns = curves[0]!.map((_, i) => curves.map((curve) => curve[i]!));
  const mean = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const sd = columns.map((values, i) => (values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean[i]!) ** 2, 0) / (values.length - 1))));
  const top = mean.indexOf(Math.max(...mean));
  const standardError = sd[top]! / Math.sqrt(repetitions);
  return {
    mean,
    sd,
    low: columns.map((values) => quantile(values, 0.05)),
    high: columns.map((values) => quantile(values, 0.95)),
    best: mean.findIndex((value) => value >= mean[top]! - standardError),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}

/**
 * Numbers of rows from 0 to `all` at which a curve is measured: denser where few are added, because there it bends most.
 * @param points at least 2; fewer come back where there are fewer rows
 */
export function keepGrid(all: number, points: number): number[] {
  return [...new Set(Array.from({ length: points }, (_, i) => Math.round(all * (i / (points - 1)) ** 2)))];
}
