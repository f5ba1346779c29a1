/** z of a two-sided 95 % interval. */
export const Z_95 = 1.959963984540054;

export type Interval = { readonly low: number; readonly high: number };

/**
 * Wilson score interval of a share: the shares that a score test at `z` does not reject, given `count` of `of`. Keeps to [0, 1] and
 * is sensible for few samples and for shares of 0 and 1 (Wilson 1927; Newcombe 1998, method 3). Of no samples: all shares.
 */
export function wilsonInterval(count: number, of: number, z: number = Z_95): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const centre = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: count === 0 ? 0 : Math.max(0, (centre - reach) / scale), high: count === of ? 1 : Math.min(1, (centre + reach) / scale) };
}

/**
 * Interval of the difference of two independent shares, first minus second, made of their Wilson intervals (Newcombe 1998,
 * Statistics in Medicine 17, 873-890, method 10).
 */
export function newcombeInterval(first: { count: number; of: number }, second: { count: number; of: number }, z: number = Z_95): Interval {
  const [a, b] = [wilsonInterval(first.count, first.of, z), wilsonInterval(second.count, second.of, z)];
  const [p, q] = [first.of === 0 ? 0.5 : first.count / first.of, second.of === 0 ? 0.5 : second.count / second.of];
  return { low: p - q - Math.hypot(p - a.low, b.high - q), high: p - q + Math.hypot(a.high - p, q - b.low) };
}
