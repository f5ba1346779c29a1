import type { KeepCurve } from '@/lib/api/contracts/keep';
import { curveKey } from './curves';

/** Curves as a learning chart draws them: `evaluator` decides hue and dash. */
export function learningLines(curves: readonly KeepCurve[]) {
  return curves.map((curve) => ({ key: curve.runId ?? 'random', evaluator: curveKey(curve), added: curve.added, mean: curve.mean, low: curve.low, high: curve.high }));
}
