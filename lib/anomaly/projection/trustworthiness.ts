import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { forEachBlock, selfDistances } from '../linalg/distances';
import type { Matrix } from '../linalg/matrix';
import { nearestNeighbours } from '../linalg/nearest';

/**
 * Trustworthiness of a map (Venna and Kaski 2001): 1 minus the scaled sum of max(0, r(i, j) - k) over the k nearest neighbours j of each point i in
 * the map, r the rank of j among i's neighbours in the data (equal distances count as nearer once by row number). 1 is best. Needs k < n / 2.
 */
export async function trustworthiness(points: Matrix, map: Matrix, k: number, context: NumericsContext = {}): Promise<number> {
  const n = points.rows;
  if (map.rows !== n) throw new NumericsError('data.shape', `The map has ${map.rows} rows for ${n} points.`);
  if (!Number.isSafeInteger(k) || k < 1 || 2 * k >= n) {
    throw new NumericsError('parameter.invalid', `k must be a whole number from 1 to below half of the ${n} points, not ${k}.`);
  }
  const inMap = await nearestNeighbours(map, k, { signal: context.signal });
  let penalty = 0;
  await forEachBlock(selfDistances(points, context.product), context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      for (let e = i * k; e < (i + 1) * k; e += 1) {
        penalty += Math.max(0, rankOf(block, (i - start) * n, n, i, inMap.index[e]!) - k);
      }
    }
  });
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}

function rankOf(block: Float64Array, offset: number, n: number, self: number, other: number): number {
  const distance = block[offset + other]!;
  let rank = 1;
  for (let j = 0; j < n; j += 1) {
    const candidate = block[offset + j]!;
    if (j !== self && (candidate < distance || (candidate === distance && j < other))) rank += 1;
  }
  return rank;
}
