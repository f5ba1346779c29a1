import type { EvaluationSize } from '@/lib/anomaly/evaluators/evaluator';
import { describeEvaluator, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { formatDuration } from './format';

/**
 * Seconds that an evaluator takes on one core by its own estimate. Parameters that it does not have are left out, so that
 * one choice for several evaluators can be given.
 */
export function evaluatorSeconds(id: EvaluatorId, size: EvaluationSize, parameters: Readonly<Record<string, unknown>> = {}): number {
  const { defaults, estimateSeconds } = describeEvaluator(id);
  const own = Object.fromEntries(Object.entries(parameters).filter(([name, value]) => value !== undefined && Object.hasOwn(defaults, name)));
  return estimateSeconds(size, own);
}

/** An estimate as it is said: coarse, because it is one. 0.3 -> "under a second", 2.7 -> "about 3 s", 2500 -> "about 40 min". */
export function aboutDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return 'unknown';
  if (seconds < 1) return 'under a second';
  const rounded = coarse(seconds);
  return rounded < 10 ? `about ${rounded} s` : `about ${formatDuration(rounded)}`;
}

/** Steps of rounding by size in seconds: below 10 s whole seconds, then 5 s, minutes, 5 and 10 minutes, hours. */
const steps: readonly (readonly [below: number, step: number])[] = [[10, 1], [57.5, 5], [570, 60], [3450, 300], [36_000, 600], [Infinity, 3600]];

function coarse(seconds: number): number {
  const step = steps.find(([below]) => seconds < below)?.[1] ?? 3600;
  return Math.round(seconds / step) * step;
}
