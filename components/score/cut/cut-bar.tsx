'use client';

import { ChartSpline, Scissors, X } from 'lucide-react';
import Link from 'next/link';
import { firstCut } from '@/lib/figures/cut';
import { formatCount } from '@/lib/figures/format';
import { keepOfCurve } from '@/lib/figures/keep/curves';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import type { Run } from '@/lib/api/contracts/runs';
import { InlineNumber } from '../../select/inline-controls';
import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import { keepPath } from '../keep/keep-path';
import { useKeepFigures } from '../keep/use-keep';
import { CutFactsLine } from './cut-facts';
import { CutTrack } from './cut-track';
import { useLiveKeep, type Cut } from './use-cut';

/** "Keep 212 of 1,034" with a slider: the cut of the ranking by keys and in numbers. */
export function CutNumber({ cut }: { cut: Cut }) {
  const keep = useLiveKeep(cut);
  if (keep === null) return null;
  return (
    <div className="flex min-w-0 items-center gap-2 text-small">
      <span className="whitespace-nowrap">
        Keep <InlineNumber label="Samples to keep" value={keep} onChange={cut.set} minimum={0} maximum={cut.total} /> of {formatCount(cut.total)}
      </span>
      <CutTrack cut={cut} />
    </div>
  );
}

/** Below the ranking: sets a cut, or tells what lies above it. */
export function CutBar({ projectId, run, cut, verdicts }: { projectId: string; run: Run; cut: Cut; verdicts: VerdictColumns }) {
  const { analysis, curve, copies } = useKeepFigures(projectId, run, cut);
  if (cut.total === 0) return null;
  if (cut.keep === null) {
    return (
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="sm" icon={Scissors} onClick={() => cut.set(analysis && curve && curve.best.count > 0 ? keepOfCurve(analysis.summary, curve.best.count, cut.total) : firstCut(cut.table, cut.ranking()))}>
          Set a cut
        </Button>
        <Link href={keepPath(projectId, run.id, null)} className="text-small text-accent underline underline-offset-2">
          How many should I keep?
        </Link>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <CutNumber cut={cut} />
        </div>
        <Link href={keepPath(projectId, run.id, cut.keep)} title="How many should I keep?" aria-label="How many should I keep?" className="inline-flex size-7 shrink-0 items-center justify-center rounded-md hover:bg-hover">
          <ChartSpline aria-hidden className="size-4" />
        </Link>
        <IconButton icon={X} size="sm" label="Remove the cut" onClick={() => cut.set(null)} />
      </div>
      <CutFactsLine cut={cut} verdicts={verdicts} summary={analysis?.summary ?? null} curve={curve} copies={copies} />
    </div>
  );
}
