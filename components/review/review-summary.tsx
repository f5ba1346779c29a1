'use client';

import { ArrowRight, RotateCcw, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import type { ProjectRole } from '@/lib/api/contracts/common';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf, formatCount, formatPercent, formatUnit } from '@/lib/figures/format';
import { capsOf } from '@/lib/figures/keymap';
import { filterRows } from '@/lib/figures/ranking';
import { agreement } from '@/lib/figures/review-queue';
import { roleNames, type ScoreTable } from '@/lib/figures/score-table';
import { stagePath } from '../frame/stages';
import { ExportButton } from '../score/export-button';
import { SamplePicture } from '../vector/sample-picture';
import { Button, buttonClass } from '../ui/button';
import type { Decisions } from './use-decisions';
import { useKeyBindings, useKeymap } from './use-keymap';
import type { ReviewQueue } from './use-review-queue';
import { SittingCounts } from './sitting-counts';
import { useUndo } from './use-undo';

type SummaryProps = { projectId: string; role: ProjectRole; run: Run; table: ScoreTable; review: ReviewQueue; decisions: Decisions; onLook: (sampleId: string) => void };

const acceptedFilter = { roles: ['auxiliary' as const], verdicts: ['accepted' as const] };

/** What a sitting came to: counts, how far person and score agree, where they do not, and what to do next. */
export function ReviewSummary({ projectId, role, run, table, review, decisions, onLook }: SummaryProps) {
  const bindings = useKeyBindings();
  const undoCap = capsOf('undo', bindings);
  const takeBack = useUndo(decisions.store);
  const undo = () => {
    const undone = takeBack();
    if (undone !== null && undone.sampleId !== null) onLook(undone.sampleId);
  };
  useKeymap({ bindings, painted: true, choosingReason: false, actions: { undo } });
  const { verdicts } = review;
  const auxiliary = useMemo(() => Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => roleNames[table.role[row]!] === 'auxiliary'), [table]);
  const result = useMemo(() => agreement(table, verdicts, auxiliary), [table, verdicts, auxiliary]);
  const count = (code: number) => auxiliary.filter((row) => verdicts.verdict[row] === code).length;
  const [open, accepted, rejected, skipped] = [count(0), count(1), count(2), count(3)];
  const acceptedCount = useMemo(() => filterRows(table, verdicts, acceptedFilter).length, [table, verdicts]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-3xl flex-col gap-6 px-6 py-10 max-md:px-4 max-md:py-6">
        <div>
          <h2 className="text-title font-semibold">{open === 0 ? 'Every auxiliary sample is decided' : 'This queue is done'}</h2>
          <p className="text-muted">
            {open > 0 && `${countOf(open, 'auxiliary sample')} outside this queue ${open === 1 ? 'is' : 'are'} still undecided. `}
            {result.share !== null && `In ${formatPercent(result.share)} of all pairs of an accepted and a rejected sample, the accepted one has the higher ${run.evaluator === 'EAP' ? 'quality' : run.evaluator}.`}
          </p>
        </div>
        <SittingCounts counts={[['Accepted', accepted], ['Rejected', rejected], ['Skipped', skipped]]} />
        <div className="flex flex-wrap gap-2">
          <ExportButton projectId={projectId} runId={run.id} filter={acceptedFilter} count={acceptedCount} what="accepted" mayExport={role === 'lead'} />
          {skipped > 0 && role !== 'viewer' && (
            <Button size="sm" icon={RotateCcw} onClick={() => review.restart(true)}>
              Look at {formatCount(skipped)} skipped again
            </Button>
          )}
          {open > 0 && role !== 'viewer' && (
            <Button size="sm" onClick={() => review.restart(false)}>
              Look for undecided again
            </Button>
          )}
          {decisions.log.undoStack.length > 0 && (
            <Button size="sm" icon={Undo2} {...(undoCap ? { shortcut: undoCap } : {})} onClick={undo}>
              Undo the last
            </Button>
          )}
          <Link href={stagePath(projectId, 'scores')} className={buttonClass('ghost', 'sm')}>
            Back to scores
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        </div>
        <Examples title="Rejected although they rank high" rows={result.rejectedHigh} projectId={projectId} table={table} />
        <Examples title="Accepted although they rank low" rows={result.acceptedLow} projectId={projectId} table={table} />
      </div>
    </div>
  );
}

function Examples({ title, rows, projectId, table }: { title: string; rows: readonly number[]; projectId: string; table: ScoreTable }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-medium">{title}</h3>
      <ul className="grid grid-cols-6 gap-2 max-md:grid-cols-3">
        {rows.map((row) => (
          <li key={row}>
            <Link href={`${stagePath(projectId, 'scores')}?sample=${table.ids[row]!}`} className="block overflow-hidden rounded-md border border-line hover:border-line-strong">
              <SamplePicture projectId={projectId} sampleId={table.ids[row]!} alt={`Sample of quality ${formatUnit(table.quality[row])}`} className="aspect-square w-full" />
              <span className="block px-1.5 py-0.5 text-small">{formatUnit(table.quality[row])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
