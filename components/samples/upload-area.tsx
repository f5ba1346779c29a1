'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ImageUp, LoaderCircle } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Upload } from '@/lib/api/contracts/uploads';
import { formatPercent } from '@/lib/figures/format';
import { isActive } from '../jobs/job-words';
import { refreshJobs, refreshProject, useJobs } from '../jobs/use-jobs';
import { MissingBanner } from '../private/missing-banner';
import { useIsPrivate } from '../private/private-project';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { localUpload } from '../upload/bring-in-doors';
import type { UploadEngine } from '../upload/engine';
import { uploadShare } from '../upload/engine-totals';
import type { UploadSnapshot } from '../upload/engine-types';
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
  const isPrivate = useIsPrivate();
  // The import job begins when the first bytes arrive and is near its end when the last ones are sent; of a private
  // project there is none, and the samples are there already.
  useEffect(() => {
    if (snapshot.phase !== 'idle') void Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]);
  }, [snapshot.phase, client, projectId]);
  const busy = snapshot.phase === 'running' || snapshot.phase === 'paused';
  const interrupted = busy ? undefined : interruptedOf(open, snapshot);

  const take = ({ sources, handles }: Dropped) => {
    setError(null);
    if (sources.length === 0) return setError(new Error('There was no file in what you chose.'));
    engine.add(sources, interrupted?.id);
    setDrawer(true);
    if (handles.length > 0) remember(engine, handles);
  };
  const { inputs, ...pickers } = usePickers(take, setError);
  const over = useDrop(take, setError, mayAdd || isPrivate);
  const live = snapshot.phase === 'running' || jobs.some((job) => job.kind === 'import' && isActive(job));

  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center justify-between gap-4 px-6 pt-5 pb-3 max-md:px-4">
        <h1 className="text-title font-semibold">Samples</h1>
        <div className="flex items-center gap-2">
          {snapshot.phase !== 'idle' && !drawer && <DrawerButton snapshot={snapshot} busy={busy} onOpen={() => setDrawer(true)} />}
          {mayAdd && <AddImages {...pickers} />}
        </div>
      </div>
      {error !== null && <ProblemNote error={error} className="mx-6 mb-3" />}
      {mayAdd && interrupted !== undefined && (
        <div className="px-6 pb-3 max-md:px-4">
          <InterruptedUpload projectId={projectId} upload={interrupted} onPick={take} onChoose={pickers.pickFolder} />
        </div>
      )}
      {isPrivate && <MissingBanner projectId={projectId} busy={busy} onChoose={pickers.pickFolder} />}
      {children({ pickers, live })}
      {inputs}
      <UploadDrawer projectId={projectId} open={drawer} onOpenChange={setDrawer} />
      {over && <DropHint mayAdd={mayAdd} />}
    </div>
  );
}

/** An upload that the server still holds open and this tab did not begin. */
function interruptedOf(open: readonly Upload[], { uploadId, phase }: UploadSnapshot): Upload | undefined {
  return open.find((upload) => upload.id !== uploadId || phase === 'idle');
}

/** Handles are kept under the id of the upload, which is known once it is open. */
function remember(engine: UploadEngine, handles: FileSystemHandle[]): void {
  const stop = engine.subscribe(() => {
    const { uploadId } = engine.getSnapshot();
    if (uploadId === null) return;
    stop();
    if (uploadId === localUpload) return;
    // Without kept handles a reload asks for the folder again; nothing else is lost.
    keepHandles(uploadId, handles).catch(() => undefined);
  });
}

/** Leads back to the drawer that was hidden. */
function DrawerButton({ snapshot, busy, onOpen }: { snapshot: UploadSnapshot; busy: boolean; onOpen: () => void }) {
  return (
    <Button onClick={onOpen}>
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {busy ? `Upload ${formatPercent(uploadShare(snapshot))}` : 'Last upload'}
    </Button>
  );
}

/** Over the whole page while files hover over it. */
function DropHint({ mayAdd }: { mayAdd: boolean }) {
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center border-4 border-accent bg-scrim">
      <p className="flex items-center gap-3 rounded-lg bg-raised px-5 py-4 text-lead font-medium shadow-float">
        <ImageUp aria-hidden className="size-5" />
        {mayAdd ? 'Let go to add to this project' : 'Let go to bring the images into this browser'}
      </p>
    </div>
  );
}
