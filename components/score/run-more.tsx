'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useProjectOverview } from '../projects/use-projects';
import { useOpened } from '../ui/use-opened';

const RunDialog = dynamic(() => import('./run-dialog').then((module) => module.RunDialog));

/** Within a sentence: opens the dialog that runs evaluators; who may not run reads who may. `purpose` ends the sentence. */
export function RunMore({ projectId, purpose }: { projectId: string; purpose: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const [open, setOpen] = useState(false);
  const opened = useOpened(open);
  if (overview === undefined) return null;
  if (overview.role !== 'lead') return <>A lead of this project can run others {purpose}.</>;
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} className="text-accent underline underline-offset-2">
        Run others
      </button>{' '}
      {purpose}.{opened && <RunDialog projectId={projectId} overview={overview} open={open} onOpenChange={setOpen} />}
    </>
  );
}
