import type { MessagePort } from 'node:worker_threads';
import type { NumericsErrorCode } from '@/lib/anomaly/errors';
import type { ComputeInput, ComputeResult, ComputeTask } from '@/lib/scoring/tasks';

export type ThreadRequest<K extends ComputeTask = ComputeTask> = {
  readonly task: K;
  readonly input: ComputeInput<K>;
  /** Threads of one matrix product; null: all cores. */
  readonly gemmThreads: number | null;
  readonly port: MessagePort;
};

export type ThreadOutcome<K extends ComputeTask = ComputeTask> =
  | { readonly succeeded: true; readonly value: ComputeResult<K> }
  | { readonly succeeded: false; readonly code: NumericsErrorCode; readonly message: string };

export type FromThread = { readonly done: number; readonly total: number; readonly step: string };
export type ToThread = 'cancel';
