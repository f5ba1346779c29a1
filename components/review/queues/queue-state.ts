import type { ReviewQueue } from '@/lib/api/contracts/review-queues';
import { undoneWords } from '@/lib/figures/undone-words';
import type { Answered } from './queue-store';

/** Whether there is something left to do. */
export function isOpen({ closedAt, done, total }: Pick<ReviewQueue, 'closedAt' | 'done' | 'total'>): boolean {
  return closedAt === null && done < total;
}

/** Which step of a queue was taken back; `step` is null where only the server knows it. */
export function takenBackWords(step: Answered | null): string {
  return step === null ? 'Your latest answer of an earlier sitting is taken back.' : undoneWords({ verdict: step.verdict, of: `item ${step.item.position}` });
}
