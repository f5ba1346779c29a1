'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemNote } from '../ui/problem';
import { addDropped, noFile } from '../upload/add-dropped';
import { DropHint } from '../upload/drop-hint';
import type { Dropped } from '../upload/sources';
import { useDrop } from '../upload/use-drop';
import { uploadEngineOf } from '../upload/upload-center';

/**
 * Takes files dropped on the overview, which asks for them, as the Samples page does, and goes there. Without it the browser
 * would leave Assay and show the folder.
 */
export function OverviewDrop({ projectId }: { projectId: string }) {
  const router = useRouter();
  const [error, setError] = useState<unknown>(null);
  const take = (dropped: Dropped) => {
    if (dropped.sources.length === 0) return setError(noFile());
    addDropped(uploadEngineOf(projectId), dropped);
    router.push(`/projects/${projectId}/samples?upload=open`);
  };
  const over = useDrop(take, setError, true);
  return (
    <>
      {error !== null && <ProblemNote error={error} className="mb-4" />}
      {over && <DropHint mayAdd />}
    </>
  );
}
