import { NumericsError } from '../errors';

/** How many of the hardest synthetic anomalies count: all, or so many (SWSA paper, Table 2: all, 10, 5). */
export type Hardest = 'all' | number;

export const hardestOfPaper: readonly Hardest[] = ['all', 10, 5];

/**
 * The n lowest anomaly scores, ascending: of one candidate the synthetic anomalies that it finds hardest. All of them where
 * there are no more than n.
 */
export function hardestScores(scores: Float64Array, count: Hardest): Float64Array {
  if (count === 'all') return scores;
  if (!Number.isSafeInteger(count) || count < 1) throw new NumericsError('parameter.invalid', `The number of hardest anomalies must be a whole number from 1 on, not ${count}.`);
  return scores.slice().sort().slice(0, count);
}
