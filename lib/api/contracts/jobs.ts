import { z } from 'zod';
import { idSchema, isoDateSchema, jobStateSchema } from './common';

export const jobSchema = z.object({
  id: idSchema,
  projectId: idSchema.nullable(),
  kind: z.enum(['import', 'extract', 'score', 'project', 'export', 'model', 'model_download', 'model_files', 'parity', 'patches', 'demo', 'experiment', 'experiment_cell', 'generate', 'find_prototypes', 'analyse_keep', 'pick_diverse', 'select_models', 'select_prompts']),
  state: jobStateSchema,
  step: z.string().nullable(),
  done: z.number().int(),
  total: z.number().int().nullable(),
  rate: z.number().nullable(),
  unit: z.string().nullable(),
  /** Seconds left, when the rate tells. */
  secondsLeft: z.number().nullable(),
  cancelRequested: z.boolean(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  result: z.unknown().nullable(),
  createdAt: isoDateSchema,
  startedAt: isoDateSchema.nullable(),
  finishedAt: isoDateSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;
export const jobListSchema = z.object({ jobs: z.array(jobSchema) });
export const jobListQuerySchema = z.object({ active: z.enum(['true', 'false']).optional() });
