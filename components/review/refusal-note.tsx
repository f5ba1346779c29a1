'use client';

import { TriangleAlert } from 'lucide-react';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { Refusal } from '@/lib/figures/decision-log';
import { formatTime } from '@/lib/figures/format';
import { useSampleRow } from '../score/use-sample-row';
import { Button } from '../ui/button';
import { reasonLabel, verdicts } from '../ui/verdict-mark';
import type { Decisions } from './use-decisions';

/** The latest refused decision of a project, if it has not been read yet. */
export function LatestRefusal({ projectId, decisions, onShow }: { projectId: string; decisions: Decisions; onShow: (sampleId: string) => void }) {
  const { refusal } = decisions.log;
  const sampleId = refusal?.sampleId ?? null;
  const { data: row } = useSampleRow(projectId, sampleId);
  if (!refusal) return null;
  const close = () => decisions.store.dismissRefusal();
  const show = (id: string) => {
    onShow(id);
    close();
  };
  const name = sampleId === null ? 'What was decided at once' : row?.fileName;
  return <RefusalNote refusal={refusal} current={sampleId === null ? undefined : decisions.states.get(sampleId)} fileName={name} onShow={sampleId === null ? null : () => show(sampleId)} onClose={close} />;
}

type RefusalNoteProps = { refusal: Refusal; current: SampleState | undefined; fileName: string | undefined; onShow: (() => void) | null; onClose: () => void };

/** A decision that did not hold: what was wanted, what stands instead, and the way to the sample. */
function RefusalNote({ refusal, current, fileName, onShow, onClose }: RefusalNoteProps) {
  const wanted = refusal.wanted.verdict ? verdicts[refusal.wanted.verdict].label.toLowerCase() : 'undone';
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-danger-line bg-danger-surface px-3 py-1.5">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-danger" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">
          {fileName ?? 'A sample'} was not {wanted}.
        </span>{' '}
        {refusal.conflict && current ? `${standing(current)} Nothing of theirs was overwritten.` : `${refusal.message} ${refusal.hint ?? ''}`}
      </p>
      {onShow !== null && (
        <Button size="sm" onClick={onShow}>
          Show it
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}

/** "Ada rejected it at 14:05 (artefact)." */
export function standing({ verdict, reason, userName, updatedAt }: SampleState): string {
  const did = verdict === null ? 'took the decision back' : `${verdict} it`;
  return `${userName} ${did} at ${formatTime(updatedAt)}${reason ? ` (${reasonLabel(reason).toLowerCase()})` : ''}.`;
}
