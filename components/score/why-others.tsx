'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useId, useState } from 'react';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { Run, Score } from '@/lib/api/contracts/runs';
import { formatCount } from '@/lib/figures/format';
import { otherOpinions, type Opinion } from '@/lib/figures/other-opinions';
import { cn } from '../ui/cn';
import { scoreKeys } from './score-keys';
import { scoresPath } from './score-tabs';

/** So many stand open; the rest is folded. */
const folded = 3;

/** What the other evaluators on the same features make of a sample. New runs may come, so it is asked again after a while. */
function useOthers(projectId: string, { runId, sampleId }: Score) {
  return useQuery({
    queryKey: scoreKeys.others(projectId, runId, sampleId),
    queryFn: ({ signal }) => getJson(addresses.otherScores, { params: { projectId, runId, sampleId }, signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** Rank and percentile of the sample by each other evaluator, those that differ most first; absent where there is no other. */
export function WhyOthers({ projectId, score, run }: { projectId: string; score: Score; run: Run }) {
  const { data, error, isPlaceholderData } = useOthers(projectId, score);
  const [open, setOpen] = useState(false);
  const listId = useId();
  if (error) return <p className="text-small text-muted">What the other evaluators think could not be read: {error.message}</p>;
  if (!data || data.others.length === 0) return null;
  const opinions = otherOpinions(data, run);
  const shown = open ? opinions : opinions.slice(0, folded);
  return (
    <section aria-label="What the others think" aria-busy={isPlaceholderData} className={cn('flex flex-col gap-1.5 border-t border-line pt-3', isPlaceholderData && 'opacity-60')}>
      <h3 className="flex items-baseline justify-between gap-2 text-small text-muted">
        <span className="font-medium text-ink">What the others think</span>
        <span>percentile, 100 is best</span>
      </h3>
      <ul id={listId} className="flex flex-col gap-1">
        {shown.map((opinion) => (
          <OtherLine key={opinion.score.runId} projectId={projectId} sampleId={score.sampleId} opinion={opinion} own={data.percentile} />
        ))}
      </ul>
      {opinions.length > folded && (
        <button type="button" aria-expanded={open} aria-controls={listId} onClick={() => setOpen(!open)} className="self-start rounded-md text-small text-accent underline-offset-2 hover:underline max-md:min-h-11">
          {open ? `Only the ${folded} that differ most` : `All ${opinions.length}`}
        </button>
      )}
    </section>
  );
}

/** One evaluator: its percentile as a bar, the shown run's as a line across it. */
function OtherLine({ projectId, sampleId, opinion: { score, title, sentence }, own }: { projectId: string; sampleId: string; opinion: Opinion; own: number }) {
  return (
    <li className="text-small">
      <Link href={`${scoresPath(projectId, null, score.runId)}&sample=${sampleId}`} title={`Rank ${formatCount(score.rank)} of ${formatCount(score.of)}: see it in this ranking`} className="grid grid-cols-[minmax(0,1fr)_68px_84px] items-center gap-2 rounded-sm hover:bg-hover max-md:min-h-8">
        <span className="truncate">{title}</span>
        <span className="text-right text-muted">
          {formatCount(score.rank)}/{formatCount(score.of)}
        </span>
        <span className="grid grid-cols-[minmax(0,1fr)_24px] items-center gap-1.5">
          <span aria-hidden className="relative h-2 rounded-full bg-sunken">
            <span className={cn('absolute inset-y-0 left-0 rounded-full', sentence === null ? 'bg-accent/60' : 'bg-warning')} style={{ width: `${score.percentile}%` }} />
            <span className="absolute -inset-y-0.5 w-px bg-ink" style={{ left: `${own}%` }} />
          </span>
          <span className="text-right font-medium">{Math.round(score.percentile)}</span>
        </span>
      </Link>
      {sentence !== null && <p className="text-pretty text-muted">{sentence}</p>}
    </li>
  );
}
