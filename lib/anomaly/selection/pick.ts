import { NumericsError } from '../errors';

/** The best of several candidates. */
export type Pick = {
  /** Position of the picked one: of equals the first. */
  readonly index: number;
  readonly value: number;
  /** Positions of all that reach the same value, the picked one included; more than one is a tie. */
  readonly tied: readonly number[];
};

/** The candidate with the highest value; of equals that of the lowest index, and `tied` says so (SWSA, step 4). */
export function pickBest(values: ArrayLike<number>): Pick {
  if (values.length === 0) throw new NumericsError('data.too_few_rows', 'There is no candidate to pick.');
  let index = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) throw new NumericsError('data.not_finite', `The value of candidate ${i} is not a number.`);
    if (values[i]! > values[index]!) index = i;
  }
  const value = values[index]!;
  return { index, value, tied: Array.from({ length: values.length }, (_, i) => i).filter((i) => values[i] === value) };
}

/**
 * The baseline "largest model" (SWSA paper, Table 1): the candidate with the most parameters, of equals the first; null where a
 * count is not known, because then none can be called the largest.
 */
export function largestModel(parameterCounts: readonly (number | null)[]): number | null {
  if (parameterCounts.length === 0 || parameterCounts.includes(null)) return null;
  return pickBest(parameterCounts as readonly number[]).index;
}

/** Whether a pick is as good as the best on real data: it need not be the same candidate where several are best. */
export function isPickHit(realValues: ArrayLike<number>, picked: number): boolean {
  return realValues[picked] === pickBest(realValues).value;
}
