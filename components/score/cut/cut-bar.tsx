'use client';

import { ChartSpline, Scissors, X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
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

/** Below the ranking: sets a cut, or moves it and tells what lies above it. `children` end its line. */
export function CutBar({ projectId, run, cut, verdicts, children }: { projectId: string; run: Run; cut: Cut; verdicts: VerdictColumns; children: ReactNode }) {
  const { analysis, curve, copies } = useKeepFigures(projectId, run, cut);
  const first = () => cut.set(analysis && curve && curve.best.count > 0 ? keepOfCurve(analysis.summary, curve.best.count, cut.total) : firstCut(cut.table, cut.ranking()));
  return (
    <div className="@container/cut shrink-0 border-t border-line px-3 py-0.5 max-md:px-2 max-md:py-1">
      <div className="flex min-h-8 flex-wrap items-center gap-1.5 max-md:min-h-10">
        {/* Only in a pane too small for both does the export go to a line of its own. */}
        <div className="flex min-w-min flex-1 items-center gap-1.5">
          {cut.total > 0 && cut.keep === null && (
            <Button size="sm" icon={Scissors} className="max-md:h-9" onClick={first}>
              Set a cut
            </Button>
          )}
          {cut.total > 0 && (cut.keep === null ? <HowManyLink href={keepPath(projectId, run.id, null)} /> : <SetCut cut={cut} />)}
        </div>
        <div className="ml-auto flex shrink-0 items-center gap-1.5">{children}</div>
      </div>
      {cut.keep !== null && <CutFactsLine cut={cut} verdicts={verdicts} summary={analysis?.summary ?? null} curve={curve} copies={copies} />}
    </div>
  );
}

function SetCut({ cut }: { cut: Cut }) {
  return (
    <>
      <div className="min-w-0 flex-1">
        <CutNumber cut={cut} />
      </div>
      <IconButton icon={X} size="sm" label="Remove the cut" className="max-md:size-9" onClick={() => cut.set(null)} />
    </>
  );
}

/** To the learning curves: in words where there is room. Once a cut is set, the page's tab "Keep" takes it along. */
function HowManyLink({ href }: { href: string }) {
  const words = 'How many should I keep?';
  return (
    <Link href={href} title={words} aria-label={words} className="inline-flex h-7 min-w-7 shrink-0 items-center justify-center rounded-md text-small text-accent underline underline-offset-2 hover:bg-hover max-md:h-9 max-md:min-w-9">
      <ChartSpline aria-hidden className="size-4 @min-[32rem]/cut:hidden" />
      <span className="hidden @min-[32rem]/cut:inline">{words}</span>
    </Link>
  );
}
