'use client';

import Link from 'next/link';
import type { Run } from '@/lib/api/contracts/runs';
import { roleNames, verdictNames, type ScoreTable } from '@/lib/figures/score-table';
import { stagePath } from '../frame/stages';
import { useSampleRow } from '../score/use-sample-row';
import { useWhy } from '../score/use-why';
import { WhyPane } from '../score/why-pane';
import { buttonClass } from '../ui/button';
import { cn } from '../ui/cn';
import { RoleMark } from '../ui/role-mark';
import { VerdictMark } from '../ui/verdict-mark';
import { SamplePicture } from '../vector/sample-picture';
import { Drawer } from './drawer';

type SampleDrawerProps = { projectId: string; sampleId: string; run: Run | null; scores: ScoreTable | null; role: number; verdict: number; onBack?: () => void; onClose: () => void };

/** The sample of a point: image, score, why. */
export function SampleDrawer({ projectId, sampleId, run, scores, role, verdict, onBack, onClose }: SampleDrawerProps) {
  const { data: row } = useSampleRow(projectId, sampleId);
  const { fileName = '…', features = null } = row ?? {};
  const roleName = roleNames[role]!;
  const scored = roleName === 'auxiliary' && scores?.rowOf.has(sampleId) === true;
  const why = useWhy(projectId, run?.id ?? null, sampleId, scored);
  const verdictName = verdictNames[verdict];
  return (
    <Drawer
      label="Sample"
      {...(onBack ? { onBack } : {})}
      backLabel="Back to the selection"
      onClose={onClose}
      title={
        <>
          <RoleMark role={roleName} />
          <span className="truncate">{fileName}</span>
          {verdictName && <VerdictMark verdict={verdictName} />}
        </>
      }
    >
      <div className="min-h-0 flex-1 overflow-y-auto">
        <SamplePicture projectId={projectId} sampleId={sampleId} alt={fileName} variant="view" className={cn('w-full', features ? 'h-40 shrink-0' : 'aspect-square')} />
        {run && roleName === 'auxiliary' && (
          <div className="flex gap-2 border-b border-line px-4 py-2">
            <Link href={`${stagePath(projectId, 'scores')}?run=${run.id}&sample=${sampleId}`} className={buttonClass('secondary', 'sm')}>
              Open in scores
            </Link>
            <Link href={`${stagePath(projectId, 'review')}?sample=${sampleId}`} className={buttonClass('secondary', 'sm')}>
              Review from here
            </Link>
          </div>
        )}
        {run && scores ? <WhyPane projectId={projectId} sampleId={sampleId} run={run} table={scores} why={why} scored={scored} /> : (
          <p className="p-4 text-muted">
            There is no score run for these features yet.{' '}
            <Link href={stagePath(projectId, 'scores')} className="text-accent underline underline-offset-2">
              Start one in Scores
            </Link>
          </p>
        )}
      </div>
    </Drawer>
  );
}
