/** Weight c_i = min(k, i) / (k i) of the i-th nearest row in the k-NN Shapley recursion, at index i = 1..count. */
export function rankWeights(count: number, k: number): Float64Array {
  return Float64Array.from({ length: count + 1 }, (_, i) => (i === 0 ? 0 : Math.min(k, i) / (k * i)));
}

/**
 * Shapley values under one validation row, of the rows from the nearest to the farthest, where `hits` says which share its label:
 * s_N = `base`, s_i = s_{i+1} + c_i (hit_i - hit_{i+1}) (Jia et al. 2019). The base of the k-NN utility itself is c_N hit_N.
 */
export function shapleyRecursion(hits: Uint8Array, weights: Float64Array, base: number): Float64Array {
  const values = new Float64Array(hits.length);
  if (hits.length === 0) return values;
  values[hits.length - 1] = base;
  for (let i = hits.length - 2; i >= 0; i -= 1) values[i] = values[i + 1]! + weights[i + 1]! * (hits[i]! - hits[i + 1]!);
  return values;
}

/** How many of the ascending values are at most `limit`. */
export function countAtMost(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
