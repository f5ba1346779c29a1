import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { crossDistances, forEachBlock, selfDistances } from '../linalg/distances';
import type { Matrix } from '../linalg/matrix';
import { kthSmallest } from '../linalg/select';
import { createSpheres, setRadius, squaredRarity, type Ball, type Spheres } from './spheres';

/**
 * Spheres of the k-th nearest other centre around the given training rows (EAP paper, Eq. 6). k is cut to centres - 1.
 */
export async function coveringSpheres(
  train: Matrix,
  centres: Int32Array,
  k: number,
  ball: Ball,
  context: NumericsContext = {},
): Promise<Spheres> {
  if (centres.length < 2) throw new NumericsError('data.too_few_rows', `Covering spheres need at least 2 centres, there are ${centres.length}.`);
  if (!Number.isSafeInteger(k) || k < 1) throw new NumericsError('parameter.invalid', `k must be a whole number from 1 on, not ${k}.`);
  const spheres = createSpheres(centres, ball);
  const scratch = new Float64Array(centres.length);
  const position = new Map(Array.from(centres, (row, at) => [row, at]));
  await forEachBlock(selfDistances(train, context.product), context, (block, start, end) => {
    for (let row = start; row < end; row += 1) {
      const at = position.get(row);
      if (at === undefined) continue;
      let count = 0;
      for (const other of centres) if (other !== row) scratch[count++] = block[(row - start) * train.rows + other]!;
      setRadius(spheres, at, kthSmallest(scratch, count, Math.min(k, count)));
    }
  });
  return spheres;
}

/** Rarity of each query row: the radius of the smallest sphere that contains it, 0 outside all (EAP paper, Eq. 6). */
export async function rarityOf(queries: Matrix, train: Matrix, spheres: Spheres, context: NumericsContext = {}): Promise<Float64Array> {
  const rarity = new Float64Array(queries.rows);
  await forEachBlock(crossDistances(queries, train, context.product), context, (block, start, end) => {
    for (let row = start; row < end; row += 1) rarity[row] = Math.sqrt(squaredRarity(spheres, block, (row - start) * train.rows));
    context.onProgress?.(end, queries.rows, 'auxiliary');
  });
  return rarity;
}
