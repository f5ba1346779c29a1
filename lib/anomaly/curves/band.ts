import { NumericsError } from '../errors';
import type { CurveBranch } from './curve';

/** Mean and standard deviation of several curves over the share of their rows that is added. */
export type CurveBand = {
  /** 0..1, share of the branch's rows that is added. */
  readonly fraction: readonly number[];
  readonly mean: readonly number[];
  /** Over the curves, divisor number of curves; 0 for a single curve. */
  readonly standardDeviation: readonly number[];
};

/** Accuracy at a share of the branch's rows, by linear interpolation between its points. */
function accuracyAt({ added, accuracy }: CurveBranch, fraction: number): number {
  const position = fraction * added.at(-1)!;
  let after = 1;
  while (after < added.length - 1 && added[after]! < position) after += 1;
  const [from, to] = [added[after - 1]!, added[after]!];
  const weight = (position - from) / (to - from);
  return accuracy[after - 1]! * (1 - weight) + accuracy[after]! * weight;
}

/**
 * Mean curve of the same branch of several experiments, whose numbers of auxiliary rows may differ: each is read at
 * `steps` + 1 even shares from 0 to 1. Branches that add no row have no share and must be left out (`data.too_few_rows`).
 */
export function meanBand(branches: readonly CurveBranch[], steps = 20): CurveBand {
  if (!Number.isSafeInteger(steps) || steps < 1) throw new NumericsError('parameter.invalid', `The number of steps must be a whole number from 1 on, not ${steps}.`);
  if (branches.length === 0) throw new NumericsError('data.too_few_rows', 'There is no curve to average.');
  if (branches.some(({ added }) => added.length < 2)) throw new NumericsError('data.too_few_rows', 'A curve that adds no row cannot be averaged.');
  const fraction = Array.from({ length: steps + 1 }, (_, i) => i / steps);
  const mean: number[] = [];
  const standardDeviation: number[] = [];
  for (const share of fraction) {
    const values = branches.map((branch) => accuracyAt(branch, share));
    const average = values.reduce((sum, value) => sum + value, 0) / values.length;
    mean.push(average);
    standardDeviation.push(Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length));
  }
  return { fraction, mean, standardDeviation };
}
