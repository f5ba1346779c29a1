'use client';

import type { PromptSelection } from '@/lib/api/contracts/prompt-selections';
import { formatDateTime, formatUnit } from '@/lib/figures/format';
import { filledPairs, pairName } from '@/lib/figures/selection/prompt-lines';
import { promptSettingsLine } from '@/lib/figures/selection/prompt-words';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { UnfinishedSelection } from '../unfinished-selection';
import { useToldEnd } from '../use-told-end';
import { PromptResult } from './prompt-result';
import { usePromptSelection } from './use-prompts';

type ViewProps = { projectId: string; selectionId: string; mayAct: boolean };

/** One selection: how far it is, or what it found. */
export function PromptSelectionView({ projectId, selectionId, mayAct }: ViewProps) {
  const { data: selection, error, refetch, isFetching } = usePromptSelection(projectId, selectionId);
  if (selection === undefined) return error === null ? <Skeleton className="h-96" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />;
  return <Shown projectId={projectId} selection={selection} mayAct={mayAct} />;
}

type ShownProps = { projectId: string; selection: PromptSelection; mayAct: boolean };

function Shown({ projectId, selection, mayAct }: ShownProps) {
  const { state, summary, settings, createdAt, createdBy, codeVersion } = selection;
  useToldEnd(state, summary === null ? null : `Picked ${pairName(filledPairs(settings)[summary.pick.index]!)}, AUROC ${formatUnit(summary.pick.value, 3)}`);
  return (
    <article aria-label="Selection" className="flex flex-col gap-4">
      {state === 'ready' && summary !== null ? <PromptResult projectId={projectId} selectionId={selection.id} settings={settings} summary={summary} /> : <UnfinishedSelection projectId={projectId} selection={selection} between="embeddings" mayAct={mayAct} />}
      <p className="border-t border-line pt-3 text-small text-muted">
        {promptSettingsLine(settings)} · {formatDateTime(createdAt)}
        {createdBy !== null && ` by ${createdBy}`} · version {codeVersion}
      </p>
    </article>
  );
}
