'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { ProblemError } from '@/lib/api/client';
import { idsPerAction } from '@/lib/api/contracts/limits';
import type { ReviewSource } from '@/lib/api/contracts/review-queues';
import { countOf } from '@/lib/figures/format';
import { useConfirmation } from '../../ui/toaster';
import { queuePath } from './queue-paths';
import { useStartReviewQueue } from './use-queues';

export type OpenInReview = { readonly name: string; readonly source: ReviewSource; readonly runId: string | null };

/**
 * Makes a review queue of what a screen shows and goes there: listed samples in their order, a rule in the order of quality.
 * Of a longer list the first samples are taken, and that is said. Samples that are not auxiliary are left out by the server.
 */
export function useOpenInReview(projectId: string): (wanted: OpenInReview) => void {
  const router = useRouter();
  const confirm = useConfirmation();
  const { mutateAsync } = useStartReviewQueue(projectId);
  return useCallback(
    ({ name, source, runId }) => {
      const listed = 'ids' in source;
      const kept = listed ? { ids: source.ids.slice(0, idsPerAction) } : source;
      void mutateAsync({ name: name.slice(0, 120), source: kept, runId, order: listed ? 'given' : 'quality' }).then(
        (queue) => {
          if (listed && source.ids.length > idsPerAction) confirm(`The queue holds the first ${countOf(idsPerAction, 'sample')} of ${countOf(source.ids.length, 'sample')}.`);
          router.push(queuePath(projectId, queue.id));
        },
        (error: unknown) => confirm(error instanceof ProblemError ? `${error.problem.detail} ${error.problem.hint ?? ''}` : String(error)),
      );
    },
    [mutateAsync, confirm, router, projectId],
  );
}
