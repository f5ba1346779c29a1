'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ImageUp, LoaderCircle } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { formatPercent } from '@/lib/figures/format';
import { isActive } from '../jobs/job-words';
import { refreshJobs, useJobs } from '../jobs/use-jobs';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { uploadShare } from '../upload/engine-totals';
import { InterruptedUpload } from '../upload/interrupted-upload';
import { keepHandles } from '../upload/kept-handles';
import type { Dropped } from '../upload/sources';
import { UploadDrawer } from '../upload/upload-drawer';
import { useDrop } from '../upload/use-drop';
import { usePickers } from '../upload/use-pickers';
import { useOpenUploads, useUploadEngine } from '../upload/use-upload';
import { AddImages } from './add-images';

type Pickers = { pickFiles: () => void; pickFolder: () => void; pickZip: () => void };
/** What the page inside is told: the choosers, and whether samples are arriving now. */
export type Adding = { pickers: Pickers; live: boolean };

/** The Samples page as one drop zone, with the upload's drawer and what an interrupted one left. */
export function UploadArea({ projectId, mayAdd, children }: { projectId: string; mayAdd: boolean; children: (adding: Adding) => ReactNode }) {
  const { engine, snapshot } = useUploadEngine(projectId);
  const { data: open = [] } = useOpenUploads(projectId, mayAdd);
  const { data: jobs = [] } = useJobs(projectId);
  const [drawer, setDrawer] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const client = useQueryClient();
  // The import job begins when the first bytes arrive and is near its end when the last ones are sent.
  useEffect(() => {
    if (snapshot.phase !== 'idle') void refreshJobs(client, projectId);
  }, [snapshot.phase, client, projectId]);
  const busy = snapshot.phase === 'running' || snapshot.phase === 'paused';
  const interrupted = busy ? undefined : open.find((upload) => upload.id !== snapshot.uploadId || snapshot.phase === 'idle');

  const take = ({ sources, handles }: Dropped) => {
    setError(null);
    if (sources.length === 0) return setError(new Error('There was no file in what you chose.'));
    engine.add(sources, interrupted?.id);
    setDrawer(true);
    if (handles.length > 0) remember(handles);
  };
  /** Handles are kept under the id of the upload, which is known once it is open. */
  const remember = (handles: FileSystemHandle[]) => {
    const stop = engine.subscribe(() => {
      const { uploadId } = engine.getSnapshot();
      if (uploadId === null) return;
      stop();
      // Without kept handles a reload asks for the folder again; nothing else is lost.
      keepHandles(uploadId, handles).catch(() => undefined);
    });
  };
  const { inputs, ...pickers } = usePickers(take, setError);
  const over = useDrop(take, setError, mayAdd);
  const live = snapshot.phase === 'running' || jobs.some((job) => job.kind === 'import' && isActive(job));

  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center justify-between gap-4 px-6 pt-5 pb-3 max-md:px-4">
        <h1 className="text-title font-semibold">Samples</h1>
        <div className="flex items-center gap-2">
          {snapshot.phase !== 'idle' && !drawer && (
            <Button onClick={() => setDrawer(true)}>
              {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
              {busy ? `Upload ${formatPercent(uploadShare(snapshot))}` : 'Last upload'}
            </Button>
          )}
          {mayAdd && <AddImages {...pickers} />}
        </div>
      </div>
      {error !== null && <ProblemNote error={error} className="mx-6 mb-3" />}
      {mayAdd && interrupted !== undefined && (
        <div className="px-6 pb-3 max-md:px-4">
          <InterruptedUpload projectId={projectId} upload={interrupted} onPick={take} onChoose={pickers.pickFolder} />
        </div>
      )}
      {children({ pickers, live })}
      {inputs}
      <UploadDrawer projectId={projectId} open={drawer} onOpenChange={setDrawer} />
      {over && (
        <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center border-4 border-accent bg-scrim">
          <p className="flex items-center gap-3 rounded-lg bg-raised px-5 py-4 text-lead font-medium shadow-float">
            <ImageUp aria-hidden className="size-5" />
            Let go to add to this project
          </p>
        </div>
      )}
    </div>
  );
}
