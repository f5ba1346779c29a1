'use client';

import { ShieldAlert } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { FolderRole, Upload } from '@/lib/api/contracts/uploads';
import { countOf } from '@/lib/figures/format';
import { useIsPrivate } from '../private/private-project';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { Sheet } from '../ui/sheet';
import { Skeleton } from '../ui/skeleton';
import { localUpload } from './bring-in-doors';
import { FolderRoles } from './folder-roles';
import { RefusedFiles } from './refused-files';
import { UploadFiles } from './upload-files';
import { UploadProgress } from './upload-progress';
import { useRefusedFiles, useUpload, useUploadActions, useUploadEngine } from './use-upload';

/** An upload while it goes on: progress, roles per folder, what was refused and why. The page behind stays usable. */
export function UploadDrawer({ projectId, open, onOpenChange }: { projectId: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { engine, snapshot } = useUploadEngine(projectId);
  const { phase, items } = snapshot;
  const isPrivate = useIsPrivate();
  const uploadId = snapshot.uploadId === localUpload ? null : snapshot.uploadId;
  const { data: upload, error } = useUpload(projectId, uploadId, phase === 'running');
  const { setRoles, cancel, retryFile } = useUploadActions(projectId, uploadId);
  const refusedCount = upload?.counts.refused ?? 0;
  const { data: refused } = useRefusedFiles(projectId, uploadId, refusedCount);
  const stop = () => {
    engine.cancel();
    if (uploadId !== null) cancel.mutate(uploadId);
  };
  const failure = error ?? setRoles.error ?? cancel.error ?? retryFile.error;
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      modal={false}
      width="lg"
      title={`Upload of ${countOf(items.length, 'file')}`}
      footer={
        <Button variant={phase === 'ended' ? 'primary' : 'secondary'} onClick={() => onOpenChange(false)}>
          {closeWords(phase === 'running', isPrivate)}
        </Button>
      }
    >
      <div className="flex flex-col gap-5 px-5 py-4">
        <UploadProgress snapshot={snapshot} upload={upload} isPrivate={isPrivate} onPause={() => engine.pause()} onResume={() => engine.resume()} onCancel={stop} onRetryFailed={() => engine.retryFailed()} />
        <PlaceNote isPrivate={isPrivate} />
        {failure !== null && <ProblemNote error={failure} />}
        {snapshot.uploadId !== localUpload && <RolesByFolder upload={upload} disabled={setRoles.isPending} onChange={(folders) => setRoles.mutate(folders)} />}
        {refusedCount > 0 && (
          <section>
            <h3 className="font-medium">{countOf(refusedCount, 'file')} refused</h3>
            <RefusedFiles
              files={refused ?? []}
              busyId={retryFile.isPending ? retryFile.variables : null}
              onRetry={(file) => retryFile.mutate(file.id, { onSuccess: () => void engine.resend(file.path) })}
            />
          </section>
        )}
        <section>
          <h3 className="mb-1 font-medium">Files</h3>
          <UploadFiles items={items} />
        </section>
      </div>
    </Sheet>
  );
}

function closeWords(running: boolean, isPrivate: boolean): string {
  if (!running) return 'Close';
  return isPrivate ? 'Hide; keeping goes on' : 'Hide; sending goes on';
}

function RolesByFolder({ upload, disabled, onChange }: { upload: Upload | undefined; disabled: boolean; onChange: (folders: Record<string, FolderRole>) => void }) {
  return (
    <section>
      <h3 className="font-medium">Roles by folder</h3>
      <p className="mb-1 text-muted">Proposed from the names. Change them now or later; samples that are stored follow.</p>
      {upload === undefined ? <Skeleton className="h-24" /> : <FolderRoles upload={upload} disabled={disabled} onChange={onChange} />}
    </section>
  );
}

const never = () => () => undefined;

/** Where the files go. */
function PlaceNote({ isPrivate }: { isPrivate: boolean }) {
  if (!isPrivate) return <InsecureNote />;
  return <p className="text-muted">The images stay in this browser. The server is told their names, sizes and hashes.</p>;
}

/** What is missing where the page is reached by plain HTTP from another machine. */
function InsecureNote() {
  const secure = useSyncExternalStore(never, () => window.isSecureContext, () => true);
  if (secure) return null;
  return (
    <p className="flex items-start gap-2 rounded-md bg-warning-surface px-3 py-2">
      <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
      This address is plain HTTP, so the browser withholds its fast hashing and lasting file handles. Files are hashed by Assay itself, more slowly, and after a reload you choose them again. With HTTPS neither is so.
    </p>
  );
}
