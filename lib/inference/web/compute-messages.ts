import type { ErrorCode } from '@/lib/errors';
import type { ComputeInput, ComputeResult, ComputeTask } from '@/lib/scoring/tasks';

/** What the compute worker is asked: one task in its life. */
export type ComputeRequest<K extends ComputeTask = ComputeTask> = { readonly task: K; readonly input: ComputeInput<K> };

/** What it tells: how far it is, then its one outcome. */
export type FromComputeWorker<K extends ComputeTask = ComputeTask> =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly step: string }
  | { readonly kind: 'done'; readonly value: ComputeResult<K>; /** What computed it. */ readonly runtime: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };
