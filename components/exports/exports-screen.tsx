'use client';

import { FileText, Package } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { exportFormatSchema, type Export, type ExportFormat, type ExportRule } from '@/lib/api/contracts/exports';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { formatCount } from '@/lib/figures/format';
import { acceptedFilter } from '@/lib/figures/rule-words';
import { StageLink } from '../frame/stage-link';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useConfirmation } from '../ui/toaster';
import { useUrlState } from '../ui/use-url-state';
import { DecisionLog } from './decision-log';
import { ExportDialog } from './export-dialog';
import { exportNames } from './export-name';
import { ExportRow } from './export-row';
import { useExpiredZips } from './use-browser-export';
import { useExports } from './use-exports';

/** Exports of a project: what was taken out, when, by whom, and the files that are still kept. */
export function ExportsScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const [, setUrl] = useUrlState();
  const [again, setAgain] = useState<Export | null>(null);
  const mayAct = overview?.role === 'lead';
  const accepted = overview?.review.accepted ?? 0;
  const offered =
    mayAct && accepted > 0 ? (
      <Button variant="primary" icon={Package} onClick={() => setUrl({ new: '1', format: null })}>
        Export {formatCount(accepted)} accepted
      </Button>
    ) : null;
  const actions = <Actions export={(overview?.exports ?? 0) > 0 ? offered : null} onReport={mayAct && mayReport(overview) ? () => setUrl({ new: '1', format: 'report' }) : null} />;
  return (
    <Page title="Exports" summary="Each is frozen: the same samples, scores and decisions, whatever is decided later." actions={actions}>
      <ExportList projectId={projectId} isPrivate={overview?.isPrivate === true} mayAct={mayAct} onAgain={setAgain} empty={overview === undefined ? null : <NoExports projectId={projectId} accepted={accepted} button={offered} />} />
      <DecisionLog projectId={projectId} />
      {mayAct && <NewExport projectId={projectId} overview={overview} again={again} onClose={() => setAgain(null)} />}
    </Page>
  );
}

/** The dialog: of an export that is made again, or of a new one that the address asks for. */
function NewExport({ projectId, overview, again, onClose }: { projectId: string; overview: ProjectOverview; again: Export | null; onClose: () => void }) {
  const [params, setUrl] = useUrlState();
  const confirm = useConfirmation();
  const asked = params.get('new') === '1' ? { rule: ruleOf(overview), format: formatIn(params.get('format')), title: 'Export', note: null } : null;
  const shown = again === null ? asked : { rule: again.rule, format: again.format, title: 'Make this export again', note: `Then it was ${formatCount(again.count)}.` };
  const close = () => {
    onClose();
    setUrl({ new: null, format: null });
  };
  if (shown === null) return null;
  return (
    <ExportDialog
      key={again?.id ?? shown.format}
      projectId={projectId}
      {...shown}
      onStarted={(begun) => {
        close();
        confirm(begun.jobId === null ? 'The export is being written in this browser' : 'The export is being written');
      }}
      onClose={close}
    />
  );
}

function formatIn(text: string | null): ExportFormat {
  const format = exportFormatSchema.safeParse(text);
  return format.success ? format.data : 'folder';
}

/** The accepted samples; where nothing is accepted, all auxiliary ones, which a report can tell of. */
function ruleOf({ latestRun, review }: ProjectOverview): ExportRule {
  return { runId: latestRun === null ? null : latestRun.id, filter: review.accepted > 0 ? acceptedFilter : { roles: ['auxiliary'] } };
}

/** The pictures of a report are the server's. */
function mayReport(overview: ProjectOverview): boolean {
  return overview.samples.auxiliary > 0 && !(overview.isPrivate && overview.kind === 'image');
}

function Actions({ export: exportButton, onReport }: { export: ReactNode; onReport: (() => void) | null }) {
  return (
    <>
      {onReport !== null && (
        <Button icon={FileText} onClick={onReport}>
          Make a report
        </Button>
      )}
      {exportButton}
    </>
  );
}

function ExportList({ projectId, isPrivate, mayAct, onAgain, empty }: { projectId: string; isPrivate: boolean; mayAct: boolean; onAgain: (item: Export) => void; empty: ReactNode }) {
  const { data, error, refetch, isFetching } = useExports(projectId);
  useExpiredZips(projectId, isPrivate ? data : undefined);
  if (data === undefined) return error === null ? <Skeleton className="h-32" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (data.length === 0) return empty;
  const names = exportNames(data);
  return (
    <ul className="divide-y divide-line border-y border-line">
      {data.map((item) => (
        <ExportRow key={item.id} item={item} name={names.get(item.id) ?? ''} projectId={projectId} inBrowser={isPrivate && item.jobId === null} mayAct={mayAct} onAgain={() => onAgain(item)} />
      ))}
    </ul>
  );
}

function NoExports({ projectId, accepted, button }: { projectId: string; accepted: number; button: ReactNode }) {
  if (accepted > 0) {
    return (
      <EmptyState icon={Package} title="No export yet" action={button ?? <StageLink projectId={projectId} to="review">To the review</StageLink>}>
        {button === null ? 'A lead of this project exports.' : 'The accepted samples as a folder for anomalib, a table, COCO, FiftyOne or a report; each names every score and decision.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Package}
      title="No export yet"
      action={
        <Link href={stagePath(projectId, 'review')} className={buttonClass('primary')}>
          To the review
        </Link>
      }
    >
      No sample is accepted yet. Accept some in the review, or export any filtered part from the scores.
    </EmptyState>
  );
}
