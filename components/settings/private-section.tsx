'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { askToPersist, forgetProject, storageUse } from '@/lib/browser-store/private-images';
import { countOf, formatBytes, formatCount } from '@/lib/figures/format';
import { refreshProject } from '../jobs/use-jobs';
import { tellRemoved } from '../private/held-events';
import { useHeldImages } from '../private/held-images';
import { sendThumbnails } from '../private/send-thumbnails';
import { useUpdateProject } from '../projects/use-projects';
import { projectKey } from '../projects/keys';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Facts, Section } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { useConfirmation } from '../ui/toaster';

/** What this browser keeps of a private project, and what of it may reach the server. */
export function PrivateSection({ project, mayEdit }: { project: ProjectOverview; mayEdit: boolean }) {
  const client = useQueryClient();
  const use = useQuery({ queryKey: [...projectKey(project.id), 'storage'], queryFn: storageUse });
  const { data: held, error } = useHeldImages(project.id, { enabled: true });
  const persist = useMutation({ mutationFn: askToPersist, onSettled: () => use.refetch() });
  const failure = use.error ?? error ?? persist.error;
  return (
    <Section title="Private images" summary="Images of this project stay in the browsers of its members; the server has names, sizes, hashes, vectors and decisions.">
      <div className="flex flex-col gap-4">
        <Facts
          facts={[
            ['In this browser', held === undefined ? '…' : `${formatCount(held.held)} of ${countOf(held.total, 'image')}`],
            ['Disk', use.data === undefined ? '…' : `${formatBytes(use.data.used)} used by Assay of ${formatBytes(use.data.quota)} that the browser gives`],
            ['Kept when the disk is full', use.data === undefined ? '…' : use.data.persisted ? 'yes' : 'no: the browser may clear them when the disk is full'],
          ]}
        />
        {failure !== null && <ProblemNote error={failure} />}
        <div className="flex flex-wrap gap-2">
          {use.data?.persisted === false && (
            <Button busy={persist.isPending} onClick={() => persist.mutate()}>
              Ask the browser to keep them
            </Button>
          )}
          <RemoveImages projectId={project.id} count={held?.held ?? 0} onRemoved={() => void refreshProject(client, project.id)} />
        </div>
        {persist.data === false && <p className="text-small text-muted">The browser has not agreed. It often does once the site is bookmarked or used more.</p>}
        <Thumbnails project={project} mayEdit={mayEdit} held={held?.held ?? 0} />
      </div>
    </Section>
  );
}

function RemoveImages({ projectId, count, onRemoved }: { projectId: string; count: number; onRemoved: () => void }) {
  const [open, setOpen] = useState(false);
  const confirm = useConfirmation();
  const remove = useMutation({
    mutationFn: () => forgetProject(projectId),
    onSuccess: () => {
      setOpen(false);
      tellRemoved();
      onRemoved();
      confirm('The images are removed from this browser');
    },
  });
  return (
    <>
      <Button variant="danger" disabled={count === 0} onClick={() => setOpen(true)}>
        Remove images from this browser
      </Button>
      <ConfirmDialog open={open} onOpenChange={setOpen} title={`Remove ${countOf(count, 'image')} from this browser?`} action="Remove images" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()}>
        <p>Samples, scores and decisions stay, and so do the files on your disk. Drop their folder again to bring the images back.</p>
      </ConfirmDialog>
    </>
  );
}

function Thumbnails({ project, mayEdit, held }: { project: ProjectOverview; mayEdit: boolean; held: number }) {
  const update = useUpdateProject(project.id);
  const confirm = useConfirmation();
  const [done, setDone] = useState(0);
  const send = useMutation({
    mutationFn: () => sendThumbnails(project.id, setDone),
    onSuccess: (stored) => confirm(`${countOf(stored, 'thumbnail')} sent`),
  });
  const failure = update.error ?? send.error;
  return (
    <div className="flex flex-col items-start gap-2">
      <Checkbox
        checked={project.sendsThumbnails}
        disabled={!mayEdit || update.isPending || send.isPending}
        onChange={(sendsThumbnails) => update.mutate({ sendsThumbnails }, { onSuccess: () => confirm(sendsThumbnails ? 'Thumbnails of new images are sent' : 'The server has no thumbnails any more') })}
        label="Let thumbnails of 256 pixels reach the server"
      />
      <p className="text-small text-muted">Then members see small pictures before they have dropped the folder. Turned off, the server removes those it has.</p>
      {project.sendsThumbnails && mayEdit && held > 0 && (
        <Button busy={send.isPending} onClick={() => send.mutate()}>
          {send.isPending ? `Sent ${formatCount(done)} of ${formatCount(held)}` : `Send thumbnails of ${countOf(held, 'image')} now`}
        </Button>
      )}
      {failure !== null && <ProblemNote error={failure} />}
    </div>
  );
}
