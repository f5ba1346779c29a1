import { kthSmallest } from '../../linalg/select';

/**
 * Percentile (0..100) of `values[0..count)`, which is reordered: the same number as `percentile` of detectors/squash.ts, without
 * sorting or allocating.
 */
export function selectPercentile(values: Float64Array, count: number, percent: number): number {
  const position = ((count - 1) * percent) / 100;
  const below = Math.floor(position);
  const low = kthSmallest(values, count, below + 1);
  if (below + 1 >= count) return low;
  let high = Infinity;
  for (let i = below + 1; i < count; i += 1) if (values[i]! < high) high = values[i]!;
  return low + (high - low) * (position - below);
}

/**
 * F1 of the anomaly class where a row is called an anomaly when its score exceeds lambda, which is when its conditional
 * probability exceeds one half (EAP paper, Eq. 4). `labels[i]` belongs to `scores[i]`; 0 when there is neither an anomaly nor a call.
 */
export function f1Above(scores: Float64Array, labels: Uint8Array, anomalies: number, lambda: number): number {
  let called = 0;
  let right = 0;
  for (let i = 0; i < labels.length; i += 1) {
    if (scores[i]! > lambda) {
      called += 1;
      right += labels[i]!;
    }
  }
  return right === 0 ? 0 : (2 * right) / (called + anomalies);
}
