'use client';

import type { ModelSelection } from '@/lib/api/contracts/selections';
import { formatDateTime } from '@/lib/figures/format';
import { pickSentence, settingsLine } from '@/lib/figures/selection/model-words';
import { UnfinishedSelection } from '../unfinished-selection';
import { useToldEnd } from '../use-told-end';
import { SelectionResult } from './selection-result';

type SelectionViewProps = { projectId: string; selection: ModelSelection; mayAct: boolean };

/** One selection: how far it is, or what it found. */
export function SelectionView({ projectId, selection, mayAct }: SelectionViewProps) {
  const { state, summary, settings } = selection;
  useToldEnd(state, summary === null ? null : pickSentence(summary));
  return (
    <article aria-label="Selection" className="flex flex-col gap-4">
      {state === 'ready' && summary !== null ? <SelectionResult projectId={projectId} selection={selection} summary={summary} /> : <UnfinishedSelection projectId={projectId} selection={selection} between="vectors" mayAct={mayAct} />}
      <p className="border-t border-line pt-3 text-small text-muted">
        {settingsLine(settings)}, seed {settings.seed} · {formatDateTime(selection.createdAt)}
        {selection.createdBy !== null && ` by ${selection.createdBy}`} · version {selection.codeVersion}
      </p>
    </article>
  );
}
