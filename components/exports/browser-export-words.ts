import { countOf, formatCount, formatDuration, formatRate } from '@/lib/figures/format';
import type { BrowserExportState } from './browser-export';

/** "120 of 400 samples · 41.3 samples/s · 7 s left". */
export function browserExportLine({ progress }: Pick<BrowserExportState, 'progress'>): string {
  if (progress === null) return 'Reading scores and decisions';
  const { step, done, total, samplesPerSecond: rate } = progress;
  if (step === 'looking') return `Looking for the images in this browser · ${formatCount(done)} of ${countOf(total, 'sample')}`;
  const left = rate === null || done === total ? null : (total - done) / rate;
  const parts = [`${formatCount(done)} of ${countOf(total, 'sample')}`, rate === null ? null : formatRate(rate, 'samples'), left === null ? null : `${formatDuration(Math.max(1, left))} left`];
  return parts.filter((part) => part !== null).join(' · ');
}

/** How much of the zip is written; null while that is not known. */
export function browserExportShare({ progress }: Pick<BrowserExportState, 'progress'>): number | null {
  return progress === null || progress.step === 'looking' ? null : progress.done / Math.max(1, progress.total);
}
