'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { Button } from '../ui/button';
import { MapDialog } from './map-dialog';

/** The way to another map; the newest one is shown then. */
export function NewMap({ projectId, overview, label, size = 'md', onStarted }: { projectId: string; overview: ProjectOverview | undefined; label: string; size?: 'sm' | 'md'; onStarted?: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size={size} icon={Plus} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <MapDialog projectId={projectId} isPrivate={overview?.isPrivate === true} latestFeatureSetId={overview?.latestFeatureSetId ?? null} open={open} onOpenChange={setOpen} onStarted={() => onStarted?.()} />
    </>
  );
}
