/** How lambda follows from the training scores: the exact percentile, or the released program's whole-number one. */
export type LambdaRule = 'exact' | 'integer_percentile';

/** Percentile (0..100) with linear interpolation between order statistics at position (n - 1) percent / 100. */
export function percentile(values: Float64Array, percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/**
 * The score at which the conditional probability is one half: the percentile of the training scores at
 * 100 (1 - contamination), so that as many training rows as there are anomalies lie above (EAP paper, Eq. 4; docs/methods/eap.md).
 * 'integer_percentile' cuts the percentage down to a whole number, as the released program does.
 */
export function fitLambda(trainingScores: Float64Array, contamination: number, rule: LambdaRule = 'exact'): number {
  const percent = rule === 'exact' ? 100 * (1 - contamination) : Math.trunc((1 - contamination) * 100);
  return percentile(trainingScores, percent);
}

/** 1 - 2^(-(score / lambda)²), in [0, 1); lambda = 0 gives the limit: 0 for score 0, else 1 (EAP paper, Eq. 4). */
export function squash(score: number, lambda: number): number {
  if (lambda === 0) return score === 0 ? 0 : 1;
  const ratio = score / lambda;
  return -Math.expm1(-Math.LN2 * ratio * ratio);
}
