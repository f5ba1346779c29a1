'use client';

import { useQueryClient } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import type { Upload } from '@/lib/api/contracts/uploads';
import { formatPercent } from '@/lib/figures/format';
import { isActive } from '../jobs/job-words';
import { refreshJobs, refreshProject, useJobs } from '../jobs/use-jobs';
import { MissingBanner } from '../private/missing-banner';
import { useIsPrivate } from '../private/private-project';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { useOpened } from '../ui/use-opened';
import { addDropped, noFile } from '../upload/add-dropped';
import { DropHint } from '../upload/drop-hint';
import { uploadShare } from '../upload/engine-totals';
import type { UploadSnapshot } from '../upload/engine-types';
import { InterruptedUpload } from '../upload/interrupted-upload';
import type { Dropped } from '../upload/sources';
import { useDrop } from '../upload/use-drop';
import { usePickers } from '../upload/use-pickers';
import { useOpenUploads, useUploadEngine } from '../upload/use-upload';
import { AddImages } from './add-images';

// Fetched with the first upload.
const UploadDrawer = dynamic(() => import('../upload/upload-drawer').then((module) => module.UploadDrawer));

type Pickers = { pickFiles: () => void; pickFolder: () => void; pickZip: () => void };
/** What the page inside is told: the choosers, and whether samples are arriving now. */
export type Adding = { pickers: Pickers; live: boolean };

/** The Samples page as one drop zone, with the upload's drawer and what an interrupted one left. */
export function UploadArea({ projectId, mayAdd, children }: { projectId: string; mayAdd: boolean; children: (adding: Adding) => ReactNode }) {
  const { engine, snapshot } = useUploadEngine(projectId);
  const { data: open = [] } = useOpenUploads(projectId, mayAdd);
  const { data: jobs = [] } = useJobs(projectId);
  const [drawer, setDrawer] = useDrawer(snapshot);
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

  const take = (dropped: Dropped) => {
    setError(null);
    if (dropped.sources.length === 0) return setError(noFile());
    addDropped(engine, dropped, interrupted?.id);
    setDrawer(true);
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
      <Drawer projectId={projectId} open={drawer} onOpenChange={setDrawer} />
      {over && <DropHint mayAdd={mayAdd} />}
    </div>
  );
}

/** Whether the drawer of the upload is open: at once where the files were dropped on another page, which led here. */
function useDrawer(snapshot: UploadSnapshot) {
  const cameWithFiles = useSearchParams().get('upload') === 'open' && snapshot.phase !== 'idle';
  return useState(cameWithFiles);
}

function Drawer(props: { projectId: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  return useOpened(props.open) && <UploadDrawer {...props} />;
}

/** An upload that the server still holds open and this tab did not begin. */
function interruptedOf(open: readonly Upload[], { uploadId, phase }: UploadSnapshot): Upload | undefined {
  return open.find((upload) => upload.id !== uploadId || phase === 'idle');
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
