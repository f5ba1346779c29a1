/** 1 / rarity, and 0 where no ball covers the point (rarity 0). */
export function inverseRarity(rarity: number): number {
  return rarity > 0 ? 1 / rarity : 0;
}

/**
 * Density of a point among the training points: inv / (inv + S), S the sum of inverse rarities over the training
 * points; 0 when inv = 0 (EAP paper, Eq. 3; docs/methods/eap.md). In [0, 1].
 */
export function densityFromRarity(rarity: number, sumInverse: number): number {
  const inverse = inverseRarity(rarity);
  return inverse === 0 ? 0 : inverse / (inverse + sumInverse);
}

/**
 * The expected anomaly posterior (a0 + n px pyx) / (a0 + b0 + n px): mean of the Beta posterior of "this is a useful anomaly"
 * (EAP paper, Section 4; docs/methods/eap.md). `rows` is n. Higher is better; px = 0 gives a0 / (a0 + b0) exactly.
 */
export function posteriorMean(density: number, probability: number, rows: number, alpha0: number, beta0: number): number {
  return (alpha0 + rows * density * probability) / (alpha0 + beta0 + rows * density);
}
