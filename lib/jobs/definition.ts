import type { z } from 'zod';
import type { PipelineContext } from '@/lib/pipeline/context';

/** What a job handler gets beside its input. */
export type JobContext = PipelineContext & {
  readonly jobId: string;
  readonly projectId: string | null;
  readonly createdById: string | null;
};

/** The outcome of a job, kept on its row; small and made of JSON values. */
export type JobResult = Record<string, unknown>;

/**
 * One kind of job: a name, the schema of its input and its handler. The handler is loaded on first use, so
 * that enqueueing (in the web process) never loads ONNX Runtime or sharp.
 */
export type JobDefinition<Input = unknown> = {
  readonly kind: string;
  readonly input: z.ZodType<Input>;
  readonly load: () => Promise<(input: Input, context: JobContext) => Promise<JobResult>>;
};
