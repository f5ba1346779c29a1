/** Entropic regularisation at which the transport problems are solved. */
export const EPSILON = 0.1;

/** Smallest and largest value of each column over some rows. */
export type Box = { readonly low: Float64Array; readonly high: Float64Array };

export function emptyBox(columns: number): Box {
  return { low: new Float64Array(columns).fill(Infinity), high: new Float64Array(columns).fill(-Infinity) };
}

/** The smallest box around a box and the row at `offset` of `data`. */
export function grow({ low, high }: Box, data: Float64Array, offset: number): Box {
  return { low: low.map((value, c) => Math.min(value, data[offset + c]!)), high: high.map((value, c) => Math.max(value, data[offset + c]!)) };
}

/** Squared diagonal of the box around two boxes; 0 when both are empty. */
export function squaredDiagonal(a: Box, b: Box): number {
  let sum = 0;
  for (let c = 0; c < a.low.length; c += 1) {
    const extent = Math.max(a.high[c]!, b.high[c]!) - Math.min(a.low[c]!, b.low[c]!);
    if (extent > 0) sum += extent * extent;
  }
  return sum;
}

/**
 * The regularisations that the solver runs through: the squared diameter, then the squared diameter / 4^j while above `epsilon`, then
 * `epsilon` (halving the blur as GeomLoss does). Rows that all coincide need `epsilon` only.
 */
export function annealing(squaredDiameter: number, epsilon = EPSILON): number[] {
  if (squaredDiameter === 0) return [epsilon];
  const steps = [squaredDiameter];
  for (let value = squaredDiameter; value > epsilon; value /= 4) steps.push(value);
  steps.push(epsilon);
  return steps;
}
