'use client';

import { FolderOpen, Play } from 'lucide-react';
import { useState } from 'react';
import type { Upload } from '@/lib/api/contracts/uploads';
import { countOf, formatCount, formatDateTime } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { mayRead } from './kept-handles';
import { sourcesOfHandles, type Dropped } from './sources';
import { useKeptHandles, useUploadActions } from './use-upload';

type InterruptedUploadProps = { projectId: string; upload: Upload; onPick: (picked: Dropped) => void; onChoose: () => void };

/** An upload that a reload or a lost machine interrupted: what is there, and how to send the rest. */
export function InterruptedUpload({ projectId, upload, onPick, onChoose }: InterruptedUploadProps) {
  const { data: handles = [] } = useKeptHandles(projectId, upload.id);
  const { close, cancel } = useUploadActions(projectId, upload.id);
  const [error, setError] = useState<unknown>(null);
  const { expected = 0, ...others } = upload.counts;
  const arrived = (others.stored ?? 0) + (others.received ?? 0) + (others.duplicate ?? 0) + (others.refused ?? 0);
  const goOn = async () => {
    try {
      if (!(await mayRead(handles))) return onChoose();
      onPick({ sources: await sourcesOfHandles(handles), handles: [] });
    } catch (failure) {
      setError(failure);
    }
  };
  const failure = error ?? close.error ?? cancel.error;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-warning-surface px-4 py-3" role="region" aria-label="Interrupted upload">
      <div className="min-w-60 flex-1">
        <p className="font-medium">
          The upload of {formatDateTime(upload.createdAt)} is not finished: {formatCount(arrived)} of {countOf(arrived + expected, 'file')} arrived.
        </p>
        <p className="text-muted">
          {handles.length > 0
            ? 'This browser still knows the files. Only the missing ones are sent.'
            : 'A page cannot keep files over a reload: choose or drop the same folder again. Only the missing files are sent.'}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" icon={handles.length > 0 ? Play : FolderOpen} onClick={() => (handles.length > 0 ? void goOn() : onChoose())}>
          {handles.length > 0 ? 'Send the rest' : 'Choose the folder'}
        </Button>
        <Button busy={close.isPending} onClick={() => close.mutate()}>
          Finish without the rest
        </Button>
      </div>
      {failure !== null && <ProblemNote error={failure} className="w-full" />}
    </div>
  );
}
