import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import { nearestReferences } from '../linalg/nearest';
import { rocAucInterval, type AucInterval } from './roc-auc';

/** Distance of each query row to its k-th nearest reference row; k is cut to the number of references. */
export async function kthNeighbourDistances(queries: Matrix, references: Matrix, k: number, context: NumericsContext = {}): Promise<Float64Array> {
  if (!Number.isSafeInteger(k) || k < 1) throw new NumericsError('parameter.invalid', `k must be a whole number from 1 on, not ${k}.`);
  if (references.rows < 1) throw new NumericsError('data.too_few_rows', 'There is no reference row to measure distances to.');
  const kept = Math.min(k, references.rows);
  const { squared } = await nearestReferences(queries, references, kept, { ...context, onProgress: undefined });
  return Float64Array.from({ length: queries.rows }, (_, i) => Math.sqrt(squared[(i + 1) * kept - 1]!));
}

/**
 * How well a feature set tells real anomalies from normals it has not seen: area under the ROC curve of the distance to
 * the k-th (default third) nearest reference normal, real anomalies against held-out normals, with a bootstrap interval.
 */
export async function knnAuroc(
  input: { referenceNormals: Matrix; heldOutNormals: Matrix; anomalies: Matrix },
  options: { seed: number; k?: number; repetitions?: number },
  context: NumericsContext = {},
): Promise<AucInterval> {
  const { k = 3, ...bootstrap } = options;
  const normal = await kthNeighbourDistances(input.heldOutNormals, input.referenceNormals, k, context);
  const anomalous = await kthNeighbourDistances(input.anomalies, input.referenceNormals, k, context);
  const scores = new Float64Array(normal.length + anomalous.length);
  scores.set(normal);
  scores.set(anomalous, normal.length);
  const labels = new Uint8Array(scores.length).fill(1, normal.length);
  return rocAucInterval(labels, scores, bootstrap);
}
