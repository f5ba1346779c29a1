import { NumericsError } from '../errors';
import type { CurvePoints } from './curve';

export const DEFAULT_POINTS = 9;

/**
 * Numbers of added rows at which a branch of `count` rows is measured, ascending: always 0, count - 1 (where the area ends)
 * and count. `points` as a number, at least 3, spreads the others evenly over 0..count-1.
 */
export function curveGrid(count: number, points: CurvePoints = DEFAULT_POINTS): number[] {
  const ends = [0, Math.max(0, count - 1), count];
  return [...new Set([...ends, ...between(count, points)])].sort((a, b) => a - b);
}

function between(count: number, points: CurvePoints): number[] {
  if (points === 'exact') return Array.from({ length: count }, (_, i) => i);
  if (typeof points === 'number') {
    if (!Number.isSafeInteger(points) || points < 3) throw new NumericsError('parameter.invalid', `The points of a learning curve must be a whole number from 3 on, not ${points}.`);
    return Array.from({ length: points - 2 }, (_, i) => Math.round((i * Math.max(0, count - 1)) / (points - 2)));
  }
  const wrong = points.find((point) => !Number.isSafeInteger(point) || point < 0);
  if (wrong !== undefined) throw new NumericsError('parameter.invalid', `A number of added rows must be a whole number from 0 on, not ${wrong}.`);
  return points.filter((point) => point < count);
}
