'use client';

import { useEffect, useRef } from 'react';
import type { PromptSelection } from '@/lib/api/contracts/prompt-selections';
import { formatDateTime, formatUnit } from '@/lib/figures/format';
import { filledPairs, pairName } from '@/lib/figures/selection/prompt-lines';
import { promptSettingsLine } from '@/lib/figures/selection/prompt-words';
import { JobRow } from '../../jobs/job-row';
import { useJob } from '../../jobs/use-jobs';
import { useAnnounce } from '../../ui/announcer';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
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
  useToldEnd(selection);
  return (
    <article aria-label="Selection" className="flex flex-col gap-4">
      {state === 'ready' && summary !== null ? <PromptResult projectId={projectId} selectionId={selection.id} settings={settings} summary={summary} /> : <Unfinished projectId={projectId} selection={selection} mayAct={mayAct} />}
      <p className="border-t border-line pt-3 text-small text-muted">
        {promptSettingsLine(settings)} · {formatDateTime(createdAt)}
        {createdBy !== null && ` by ${createdBy}`} · version {codeVersion}
      </p>
    </article>
  );
}

const stateWords: Record<Exclude<PromptSelection['state'], 'ready'>, string> = {
  pending: 'The selection is being made: anomalies first, then embeddings, then the comparison. This page can be left.',
  failed: 'The selection failed.',
  cancelled: 'The selection was cancelled.',
};

function Unfinished({ projectId, selection, mayAct }: ShownProps) {
  const job = useJob(projectId, selection.jobId);
  return (
    <>
      <p className="text-lead">{selection.state === 'ready' ? 'The selection has no result.' : stateWords[selection.state]}</p>
      {job !== undefined && (
        <ul className="border-y border-line">
          <JobRow job={job} projectId={projectId} mayAct={mayAct} />
        </ul>
      )}
    </>
  );
}

/** A screen reader hears what came out when a selection that was followed ends. */
function useToldEnd({ state, summary, settings }: PromptSelection): void {
  const announce = useAnnounce();
  const before = useRef(state);
  const sentence = summary === null ? `Selection ${state}` : `Picked ${pairName(filledPairs(settings)[summary.pick.index]!)}, AUROC ${formatUnit(summary.pick.value, 3)}`;
  useEffect(() => {
    if (before.current === 'pending' && state !== 'pending') announce(sentence);
    before.current = state;
  }, [state, sentence, announce]);
}
