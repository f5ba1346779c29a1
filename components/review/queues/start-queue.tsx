'use client';

import { ListChecks } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { Button } from '../../ui/button';

const StartDialog = dynamic(() => import('./start-dialog').then((module) => module.StartDialog));

/** What the page shows: the run, and the filter that the queue may follow. */
export type QueueWish = { readonly runId: string | null; readonly filter: RankingFilter };

/** The button and dialog that start a queue of what the page shows. */
export function StartQueue({ projectId, wish, variant = 'secondary' }: { projectId: string; wish: QueueWish; variant?: 'primary' | 'secondary' }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant={variant} icon={ListChecks} onClick={() => setOpen(true)}>
        Start a queue
      </Button>
      {open && <StartDialog projectId={projectId} wish={wish} onClose={() => setOpen(false)} />}
    </>
  );
}
