'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { Button } from '../ui/button';
import { useOpened } from '../ui/use-opened';

const MapDialog = dynamic(() => import('./map-dialog').then((module) => module.MapDialog));

/** The way to another map; the newest one is shown then. */
export function NewMap({ projectId, overview, label, size = 'md', onStarted }: { projectId: string; overview: ProjectOverview | undefined; label: string; size?: 'sm' | 'md'; onStarted?: () => void }) {
  const [open, setOpen] = useState(false);
  const opened = useOpened(open);
  return (
    <>
      <Button size={size} icon={Plus} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {opened && <MapDialog projectId={projectId} isPrivate={overview?.isPrivate === true} latestFeatureSetId={overview?.latestFeatureSetId ?? null} open={open} onOpenChange={setOpen} onStarted={() => onStarted?.()} />}
    </>
  );
}
