import type { KeepSettings, KeepSummary } from '@/lib/api/contracts/keep';
import { AssayError } from '@/lib/errors';
import type { VectorSample } from './vectors';

/** Real samples of a feature set by role and by whether they are marked as test. */
export type RealCounts = { readonly trainNormals: number; readonly testNormals: number; readonly trainAnomalies: number; readonly testAnomalies: number };

/** Rows of one repetition, and where its test rows come from. */
export type KeepPlan = Pick<KeepSummary, 'train' | 'test' | 'heldOut'>;

/** A class is divided by the marks of its samples, or drawn anew in each repetition. */
type Part = { readonly source: 'marked' | 'drawn'; readonly train: number; readonly test: number };

/** Fewest test rows of a class: with one alone an accuracy would be 0 or 1. */
const FEWEST_TEST = 2;
/** Rows of one class that a repetition trains with or judges by, at most: the time of a support vector machine grows with their square. */
const MOST_ROWS = 1000;
/** Of the training rows of a class whose test rows are marked, each repetition takes this share: repetitions would be the same otherwise. */
export const MARKED_SHARE = 0.8;

export function realCounts(samples: readonly Pick<VectorSample, 'role' | 'split'>[]): RealCounts {
  const count = (wanted: 'normal' | 'anomaly', test: boolean) => samples.filter(({ role, split }) => role === wanted && (split === 'test') === test).length;
  return { trainNormals: count('normal', false), testNormals: count('normal', true), trainAnomalies: count('anomaly', false), testAnomalies: count('anomaly', true) };
}

/**
 * How the real samples are divided into training and test rows of one repetition. A class keeps the marks of its samples where both sides have enough;
 * else `testShare` of it is held out, drawn anew each time.
 * @throws AssayError `data.too_few_rows` with what to add
 */
export function planKeep(counts: RealCounts, { testShare }: Pick<KeepSettings, 'testShare'>): KeepPlan {
  const normals = divide(counts.trainNormals, counts.testNormals, 2, testShare);
  const anomalies = divide(counts.trainAnomalies, counts.testAnomalies, 1, testShare);
  if (anomalies === null) throw tooFew('real anomalies', counts.trainAnomalies + counts.testAnomalies, FEWEST_TEST + 1, 'Upload real anomalies, or change the role of the samples that are some.');
  if (normals === null) throw tooFew('normals', counts.trainNormals + counts.testNormals, FEWEST_TEST + 2, 'Upload images of good parts, or change the role of some samples to normal.');
  return {
    train: { normals: normals.train, anomalies: anomalies.train },
    test: { normals: normals.test, anomalies: anomalies.test },
    heldOut: { normals: normals.source, anomalies: anomalies.source },
  };
}

/** Null where there are too few rows. */
function divide(train: number, test: number, fewestTrain: number, testShare: number): Part | null {
  const capped = (count: number) => Math.min(count, MOST_ROWS);
  if (train >= fewestTrain && test >= FEWEST_TEST) return { source: 'marked', train: capped(Math.max(fewestTrain, Math.ceil(train * MARKED_SHARE))), test: capped(test) };
  const all = train + test;
  if (all < fewestTrain + FEWEST_TEST) return null;
  const held = Math.min(all - fewestTrain, Math.max(FEWEST_TEST, Math.round(all * testShare)));
  return { source: 'drawn', train: capped(all - held), test: capped(held) };
}

function tooFew(what: string, count: number, needed: number, hint: string): AssayError {
  return new AssayError('data.too_few_rows', `To measure what keeping more samples brings, at least ${needed} ${what} are needed; this feature set has ${count === 0 ? 'none' : count}.`, { hint });
}
