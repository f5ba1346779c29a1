import { NumericsError } from '../errors';

/** Which entries the area takes in: 0..count-1 as the released program does, or the end point 0..count too. */
export type CurveEnd = 'without_endpoint' | 'with_endpoint';

/**
 * Area under a learning curve over its first `count` additions: trapezoid with step 1 / count (AULC_G with
 * count = l/3 and AULC_P with 2l/3). Without the end point a flat curve c gives c (count - 1) / count.
 */
export function areaUnderLearningCurve(curve: ArrayLike<number>, count: number, end: CurveEnd = 'without_endpoint'): number {
  return areaUnderSampledCurve(Array.from({ length: curve.length }, (_, i) => i), curve, count, end);
}

/**
 * The same for a curve known only after some additions: `accuracy[i]` after `added[i]` rows, ascending from 0, and taken
 * to be straight between neighbours. The last entry of the area must be among them.
 */
export function areaUnderSampledCurve(added: ArrayLike<number>, accuracy: ArrayLike<number>, count: number, end: CurveEnd = 'without_endpoint'): number {
  const last = end === 'with_endpoint' ? count : count - 1;
  const lastPoint = Array.prototype.indexOf.call(added, last);
  if (!Number.isSafeInteger(count) || count < 1 || added[0] !== 0 || lastPoint < 0) {
    throw new NumericsError('data.shape', `A learning curve of ${accuracy.length} entries has no area over ${count} additions.`);
  }
  let sum = 0;
  for (let i = 0; i < lastPoint; i += 1) sum += ((added[i + 1]! - added[i]!) * (accuracy[i]! + accuracy[i + 1]!)) / 2;
  return sum / count;
}

/** Accuracy after `count` additions: entry `count` of the curve (ACC_G with count = l/3). */
export function accuracyAfter(curve: ArrayLike<number>, count: number): number {
  const value = curve[count];
  if (value === undefined) throw new NumericsError('data.shape', `A learning curve of ${curve.length} entries has no entry ${count}.`);
  return value;
}
