import { pause, type NumericsContext } from '../context';
import { checkLabels } from '../eap/input';
import { NumericsError } from '../errors';
import { checkMatrix, selectRows, type Matrix } from '../linalg/matrix';
import { canonicalOrder } from './canonical-order';
import type { FittedDetector } from './detector';

/** What a detector that learns from normals alone has learnt. */
export type OneClassFit = {
  score(queries: Matrix, context: NumericsContext): Promise<Float64Array>;
  /** Score of each normal that it was fitted on as if that one had not been there; absent where only fitting anew can tell. */
  readonly leftOut?: (context: NumericsContext) => Promise<Float64Array>;
};

/** Fits on normals, which come in canonical order. */
export type OneClassFitter = (normals: Matrix, context: NumericsContext) => Promise<OneClassFit>;

/** Parts that the normals are divided into where a fit is repeated to score them unseen. */
const FOLDS = 5;

/**
 * A detector of a training set from one that learns from normals alone: known anomalies are scored, not learnt from. Where the fit cannot
 * leave single rows out, the normals are scored by five fits, each without one fifth of them (equal rows stay together).
 */
export async function fitOneClass(train: Matrix, labels: Uint8Array, fitter: OneClassFitter, context: NumericsContext = {}): Promise<FittedDetector> {
  checkMatrix(train, 'The training set');
  checkLabels(labels, train.rows);
  const every = Int32Array.from({ length: train.rows }, (_, i) => i);
  const { order, distinct } = canonicalOrder(train, every.filter((i) => labels[i] === 0));
  if (order.length < 2) throw new NumericsError('data.too_few_rows', `A detector needs at least 2 normals to learn from, there are ${order.length}.`);
  const normals = selectRows(train, order);
  const fit = await fitter(normals, context);
  const anomalies = every.filter((i) => labels[i] === 1);
  return {
    score: async (queries, inner = {}) => {
      checkMatrix(queries, 'The rows to be scored');
      return fit.score(queries, inner);
    },
    async trainScores(inner = {}) {
      const scores = new Float64Array(train.rows);
      const unseen = await (fit.leftOut?.(inner) ?? crossFitted(normals, distinct, fit, fitter, inner));
      order.forEach((row, i) => {
        scores[row] = unseen[i]!;
      });
      const anomalous = await fit.score(selectRows(train, anomalies), inner);
      anomalies.forEach((row, i) => {
        scores[row] = anomalous[i]!;
      });
      return scores;
    },
  };
}

async function crossFitted(normals: Matrix, distinct: Int32Array, whole: OneClassFit, fitter: OneClassFitter, context: NumericsContext): Promise<Float64Array> {
  const different = distinct[distinct.length - 1]! + 1;
  if (different < 2) return whole.score(normals, context);
  const folds = Math.min(FOLDS, different);
  const every = Int32Array.from(distinct, (_, i) => i);
  const scores = new Float64Array(normals.rows);
  for (let fold = 0; fold < folds; fold += 1) {
    await pause(context);
    const left = every.filter((i) => distinct[i]! % folds === fold);
    const fit = await fitter(selectRows(normals, every.filter((i) => distinct[i]! % folds !== fold)), context);
    const part = await fit.score(selectRows(normals, left), context);
    left.forEach((row, i) => {
      scores[row] = part[i]!;
    });
  }
  return scores;
}
