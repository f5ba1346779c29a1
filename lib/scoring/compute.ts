import type { ComputeInput, ComputeResult, ComputeTask } from './tasks';

export type ComputeOptions = {
  /** The steps that the computation names, in words. */
  readonly words?: Readonly<Record<string, string>>;
  /** What its progress counts. */
  readonly unit?: string;
};

/**
 * Runs a long computation and tells whoever gave it how far it is: the worker process in its threads, a browser in a web
 * worker. @throws the task's NumericsError, `job.cancelled` when its caller cancels
 */
export type Compute = <K extends ComputeTask>(task: K, input: ComputeInput<K>, options?: ComputeOptions) => Promise<ComputeResult<K>>;
