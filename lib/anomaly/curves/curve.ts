import type { NumericsContext } from '../context';
import type { Matrix } from '../linalg/matrix';

/** The downstream model that is trained on the training set and the added auxiliary rows. */
export type DownstreamClassifier = 'svm' | 'random_forest';

/**
 * After which numbers of added rows the model is fitted: after every one, after so many evenly spread ones (the ends
 * that the measures need are always among them), or after the listed ones and those ends.
 */
export type CurvePoints = 'exact' | number | readonly number[];

/** One experiment, shared by all rankings of its auxiliary rows. */
export type CurveSetting = {
  /** n x d. */
  readonly train: Matrix;
  /** Length n, 0 (normal) or 1 (anomaly). */
  readonly labels: Uint8Array;
  /** l x d; an added row is labelled 1. */
  readonly auxiliary: Matrix;
  /** t x d, t at least 1. */
  readonly test: Matrix;
  /** Length t, 0 or 1. */
  readonly testLabels: Uint8Array;
  readonly classifier: DownstreamClassifier;
  /** Default 9 in each direction. */
  readonly points?: CurvePoints | undefined;
  /** Rows of the good direction, g; default l / 3, rounded. The poor direction has b = l - g. */
  readonly good?: number | undefined;
  /** Of the random forest; default 331. */
  readonly seed?: number | undefined;
  /** Both classes count the same when the model is fitted, however few rows one has; otherwise, as in the paper, every row does. */
  readonly classWeight?: 'balanced' | undefined;
  /** What `accuracy` is: the share of test rows that are right (default), or the mean of that share over the two classes. */
  readonly measure?: 'accuracy' | 'balanced_accuracy' | undefined;
};

/** Test accuracy `accuracy[i]` after adding `added[i]` auxiliary rows; `added` ascends from 0. */
export type CurveBranch = { readonly added: readonly number[]; readonly accuracy: readonly number[] };

/** Learning curves of one ranking and what is read off them (EAP paper, Section 5). */
export type LearningCurve = {
  /** Best rows first, 0..g added. */
  readonly good: CurveBranch;
  /** Worst rows first, 0..b added. */
  readonly poor: CurveBranch;
  /** AULC_G: area under `good` over entries 0..g-1 with step 1/g; null when g = 0. */
  readonly aulcGood: number | null;
  /** ACC_G: accuracy after g rows; null when g = 0. */
  readonly accGood: number | null;
  /** AULC_P: area under `poor` over entries 0..b-1 with step 1/b, lower is better; null when b = 0. */
  readonly aulcPoor: number | null;
};

/**
 * `learningCurves(setting, rankings, context)` of learning-curves.ts: one curve per ranking, in their order. A ranking holds
 * the auxiliary rows 0..l-1, best first (see `rankingOf`). Throws NumericsError: data.*, parameter.invalid, job.cancelled.
 */
export type LearningCurves = (setting: CurveSetting, rankings: readonly Int32Array[], context?: NumericsContext) => Promise<LearningCurve[]>;

/** Size of a set of curves, from which its time can be told before it starts. */
export type CurveSize = {
  /** Training rows n. */
  readonly rows: number;
  /** Auxiliary rows l. */
  readonly auxiliary: number;
  /** Test rows t. */
  readonly test: number;
  /** Columns d. */
  readonly columns: number;
  readonly rankings: number;
  readonly classifier: DownstreamClassifier;
  /** Default 9. */
  readonly points?: CurvePoints | undefined;
};
