import type { Verdict } from '@/lib/api/contracts/common';
import { countOf } from './format';

const steps: Readonly<Record<Verdict, string>> = { accepted: 'Acceptance', rejected: 'Rejection', skipped: 'Skip' };

/**
 * Which step was taken back, as it is shown and said: "Skip of item 5 taken back."
 * @param verdict what the step was; null where it was many decisions at once
 * @param of what it was about, where that has a name
 */
export function undoneWords({ verdict, count = 1, of }: { readonly verdict: Verdict | null; readonly count?: number; readonly of?: string }): string {
  const what = verdict === null ? countOf(count, 'decision') : steps[verdict];
  return `${what}${of === undefined ? '' : ` of ${of}`} taken back.`;
}
