'use client';

import { FolderOpen } from 'lucide-react';
import { formatCount } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { useHeldImages } from './held-images';

/** Says how many images of a private project another browser has, and how they come into this one. */
export function MissingBanner({ projectId, busy, onChoose }: { projectId: string; busy: boolean; onChoose: () => void }) {
  const { data, error, refetch } = useHeldImages(projectId, { enabled: true, busy });
  if (error !== null) return <ProblemNote error={error} title="What this browser keeps could not be looked at" onRetry={() => void refetch()} className="mx-6 mb-3 max-md:mx-4" />;
  if (busy || data === undefined || data.missing === 0) return null;
  return (
    <div role="region" aria-label="Images in other browsers" className="mx-6 mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-warning-surface px-4 py-3 max-md:mx-4">
      <p className="min-w-60 flex-1">
        {formatCount(data.missing)} of {formatCount(data.total)} images are not in this browser. Drop their folder here to bring them in.
      </p>
      <Button icon={FolderOpen} onClick={onChoose}>
        Choose their folder
      </Button>
    </div>
  );
}
