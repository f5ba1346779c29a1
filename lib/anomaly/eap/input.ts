import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';

/** A training set D with labels (0 normal, 1 known anomaly) and the auxiliary anomalies to be valued. */
export type EapInput = {
  /** n x d. */
  readonly train: Matrix;
  /** Length n, 0 or 1. */
  readonly labels: Uint8Array;
  /** l x d. */
  readonly auxiliary: Matrix;
  /** Detector prior in [0, 1] for each row, in place of the isolation forest. */
  readonly prior?: { readonly train: Float64Array; readonly auxiliary: Float64Array } | undefined;
  /** Scores at least 0, higher = more anomalous, in place of those of any detector but SSDO: PatchCore's of patch features, say. */
  readonly detectorScores?: { readonly train: Float64Array; readonly auxiliary: Float64Array } | undefined;
  /** Fixed training subsets (1 = kept, length n each) in place of random ones; their number overrides `subsets`. */
  readonly subsetMasks?: readonly Uint8Array[] | undefined;
};

/** Throws NumericsError unless the shapes agree, all numbers are finite, labels are 0 or 1 and there are at least two training rows. */
export function checkEapInput({ train, labels, auxiliary, prior, detectorScores, subsetMasks }: EapInput): void {
  checkMatrix(train, 'The training set');
  checkMatrix(auxiliary, 'The auxiliary set');
  if (train.rows < 2) throw new NumericsError('data.too_few_rows', `The training set has ${train.rows} rows; at least 2 are needed.`);
  if (train.cols < 1) throw new NumericsError('data.shape', 'The training set has no columns.');
  if (auxiliary.rows > 0 && auxiliary.cols !== train.cols) {
    throw new NumericsError('data.shape', `The auxiliary set has ${auxiliary.cols} columns, the training set ${train.cols}.`);
  }
  checkLabels(labels, train.rows);
  if (prior !== undefined) {
    checkPrior(prior.train, train.rows, 'training');
    checkPrior(prior.auxiliary, auxiliary.rows, 'auxiliary');
  }
  if (detectorScores !== undefined) {
    checkScores(detectorScores.train, train.rows, 'training');
    checkScores(detectorScores.auxiliary, auxiliary.rows, 'auxiliary');
  }
  for (const mask of subsetMasks ?? []) {
    if (mask.length !== train.rows) throw new NumericsError('data.shape', `A subset mask has ${mask.length} entries for ${train.rows} training rows.`);
  }
}

/** Throws unless there is one label per row, each 0 or 1. */
export function checkLabels(labels: Uint8Array, rows: number): void {
  if (labels.length !== rows) throw new NumericsError('data.shape', `There are ${labels.length} labels for ${rows} rows.`);
  const wrong = labels.findIndex((label) => label > 1);
  if (wrong >= 0) throw new NumericsError('data.shape', `Label ${wrong} is ${labels[wrong]}; labels are 0 (normal) or 1 (anomaly).`);
}

function checkPrior(prior: Float64Array, rows: number, name: string): void {
  if (prior.length !== rows) throw new NumericsError('data.shape', `There are ${prior.length} priors for ${rows} ${name} rows.`);
  if (prior.some((value) => !(value >= 0 && value <= 1))) throw new NumericsError('data.not_finite', `A prior of the ${name} rows is not in 0..1.`);
}

function checkScores(scores: Float64Array, rows: number, name: string): void {
  if (scores.length !== rows) throw new NumericsError('data.shape', `There are ${scores.length} detector scores for ${rows} ${name} rows.`);
  if (scores.some((value) => !(value >= 0 && Number.isFinite(value)))) throw new NumericsError('data.not_finite', `A detector score of the ${name} rows is not a number from 0 on.`);
}
