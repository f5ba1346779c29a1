'use client';

import { useEffect, useRef } from 'react';
import type { ModelSelection } from '@/lib/api/contracts/selections';
import { formatDateTime } from '@/lib/figures/format';
import { pickSentence, settingsLine } from '@/lib/figures/selection/model-words';
import { JobRow } from '../../jobs/job-row';
import { useJob } from '../../jobs/use-jobs';
import { useAnnounce } from '../../ui/announcer';
import { SelectionResult } from './selection-result';

type SelectionViewProps = { projectId: string; selection: ModelSelection; mayAct: boolean };

/** One selection: how far it is, or what it found. */
export function SelectionView({ projectId, selection, mayAct }: SelectionViewProps) {
  const { state, summary, settings } = selection;
  useToldEnd(selection);
  return (
    <article aria-label="Selection" className="flex flex-col gap-4">
      {state === 'ready' && summary !== null ? <SelectionResult projectId={projectId} selection={selection} summary={summary} /> : <Unfinished projectId={projectId} selection={selection} mayAct={mayAct} />}
      <p className="border-t border-line pt-3 text-small text-muted">
        {settingsLine(settings)}, seed {settings.seed} · {formatDateTime(selection.createdAt)}
        {selection.createdBy !== null && ` by ${selection.createdBy}`} · version {selection.codeVersion}
      </p>
    </article>
  );
}

const stateWords: Record<Exclude<ModelSelection['state'], 'ready'>, string> = {
  pending: 'The selection is being made: anomalies first, then vectors, then the comparison. This page can be left.',
  failed: 'The selection failed.',
  cancelled: 'The selection was cancelled.',
};

function Unfinished({ projectId, selection, mayAct }: SelectionViewProps) {
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
function useToldEnd({ state, summary }: ModelSelection): void {
  const announce = useAnnounce();
  const before = useRef(state);
  const sentence = summary === null ? `Selection ${state}` : pickSentence(summary);
  useEffect(() => {
    if (before.current === 'pending' && state !== 'pending') announce(sentence);
    before.current = state;
  }, [state, sentence, announce]);
}
