'use client';

import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { Sheet } from '../ui/sheet';
import { Skeleton } from '../ui/skeleton';
import { RefusedFiles } from '../upload/refused-files';
import { useProblemFiles } from './use-samples';

/** All refused files of the project with their reasons. */
export function ProblemFilesSheet({ projectId, open, onOpenChange }: { projectId: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useProblemFiles(projectId, open);
  const files = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Refused files" description="These are not in the project. Repair them and add them again; what is stored is recognised." width="lg">
      <div className="px-5 py-2">
        {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton className="h-24" />}
        {data !== undefined && files.length === 0 && <p className="py-4 text-muted">No file was refused.</p>}
        <RefusedFiles files={files} />
        {hasNextPage && (
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()} className="my-2">
            Show more
          </Button>
        )}
      </div>
    </Sheet>
  );
}
