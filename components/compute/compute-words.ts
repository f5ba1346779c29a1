import { formatCount } from '@/lib/figures/format';
import type { ItemState } from './compute-queue';

/** Share done in [0, 1] of the step at hand, or null while that is not known. */
export function itemShare({ phase, progress }: ItemState): number | null {
  if (phase === 'waiting') return 0;
  return progress === null || progress.total === 0 ? null : Math.min(1, progress.done / progress.total);
}

/** "Scoring auxiliary samples · 120 of 400". */
export function itemLine({ phase, progress }: ItemState): string {
  if (phase === 'waiting') return 'Waits for the one before it';
  if (progress === null) return 'Starting';
  const step = `${progress.step[0]?.toUpperCase() ?? ''}${progress.step.slice(1)}`;
  return progress.total === 0 ? step : `${step} · ${formatCount(progress.done)} of ${formatCount(progress.total)}`;
}
