import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import { nearestNeighbours } from '../linalg/nearest';
import { kthSmallest } from '../linalg/select';

/**
 * The distance within which two rows count as near copies: the median distance of a normal to its nearest other normal. Two samples that are closer than that differ
 * less than a normal from the one most like it, which in an inspection line is another photograph of nearly the same scene. The median does not move
 * when some normals are stored twice. Our choice; no paper gives one.
 * @param normals n x d, n at least 2
 * @throws NumericsError `data.too_few_rows`, `job.cancelled`
 */
export async function copyThreshold(normals: Matrix, context: NumericsContext = {}): Promise<number> {
  if (normals.rows < 2) throw new NumericsError('data.too_few_rows', `Near copies are told by the distances between normals, and there ${normals.rows === 1 ? 'is 1' : 'are none'}; at least 2 are needed.`);
  const { squared } = await nearestNeighbours(normals, 1, context);
  const n = squared.length;
  const [low, high] = [Math.ceil(n / 2), Math.floor(n / 2) + 1].map((k) => Math.sqrt(kthSmallest(Float64Array.from(squared), n, k)));
  return (low! + high!) / 2;
}
