import type { ReviewQueue } from '@/lib/api/contracts/review-queues';

/** Whether there is something left to do. */
export function isOpen({ closedAt, done, total }: Pick<ReviewQueue, 'closedAt' | 'done' | 'total'>): boolean {
  return closedAt === null && done < total;
}
