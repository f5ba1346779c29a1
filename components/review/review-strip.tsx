'use client';

import { verdictNames, type ScoreTable } from '@/lib/figures/score-table';
import { SamplePicture } from '../vector/sample-picture';
import { cn } from '../ui/cn';
import { VerdictMark } from '../ui/verdict-mark';
import type { ReviewQueue } from './use-review-queue';

const before = 3;
const after = 24;

/** The latest samples, the present one and the next, small and in order. */
export function ReviewStrip({ projectId, table, review }: { projectId: string; table: ScoreTable; review: ReviewQueue }) {
  const { queue, position, verdicts, go } = review;
  const from = Math.max(0, position - before);
  const shown = Array.from(queue.subarray(from, position + after), (row, i) => ({ row, at: from + i }));
  return (
    <ol aria-label="Next samples" className="flex h-16 shrink-0 gap-1.5 overflow-hidden border-t border-line px-2 py-1.5">
      {shown.map(({ row, at }) => {
        const verdict = verdictNames[verdicts.verdict[row]!];
        return (
          <li key={table.ids[row]} className="shrink-0">
            <button
              type="button"
              tabIndex={Math.abs(at - position) <= 1 ? 0 : -1}
              aria-current={at === position ? 'true' : undefined}
              aria-label={`Sample ${at + 1} of ${queue.length}${verdict ? `, ${verdict}` : ''}`}
              onClick={() => go(at)}
              className={cn('relative block size-[52px] overflow-hidden rounded-md border bg-sunken', at === position ? 'border-accent ring-2 ring-accent' : 'border-line hover:border-line-strong')}
            >
              <SamplePicture projectId={projectId} sampleId={table.ids[row]!} alt="" vector="glyph" className={cn('size-full', verdict && at !== position && 'opacity-50')} />
              {verdict && <VerdictMark verdict={verdict} className="absolute right-0.5 bottom-0.5" />}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
