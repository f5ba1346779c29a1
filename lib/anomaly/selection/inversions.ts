/**
 * Probability that a random order of `n` things has at most `count` inversions (pairs in the wrong order): the distribution of
 * Kendall's statistic when neither list has ties (Kendall 1970). f_n(k) = mean of f_(n-1)(k - j) over j = 0..n-1.
 */
export function atMostInversions(n: number, count: number): number {
  if (count < 0) return 0;
  let shares = new Float64Array(count + 1);
  shares[0] = 1;
  for (let size = 2; size <= n; size += 1) {
    const next = new Float64Array(count + 1);
    for (let k = 0; k <= count; k += 1) {
      // The additions stay in one order and nothing is subtracted, so that small probabilities keep their digits.
      let sum = 0;
      for (let j = Math.min(k, size - 1); j >= 0; j -= 1) sum += shares[k - j]!;
      next[k] = sum / size;
    }
    shares = next;
  }
  return shares.reduce((sum, share) => sum + share, 0);
}
