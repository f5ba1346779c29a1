import { z } from 'zod';
import { idSchema, isoDateSchema, rejectReasonSchema, verdictSchema } from './common';

export const decisionInputSchema = z
  .object({
    projectId: idSchema,
    sampleId: idSchema,
    verdict: verdictSchema,
    /** Required with 'rejected', refused otherwise. */
    reason: rejectReasonSchema.nullable().default(null),
    note: z.string().max(2000).nullable().default(null),
    /** Version of the state that the person saw; 0 when there was none. */
    expectedVersion: z.number().int().min(0),
    /** Run that was on the screen. */
    runId: idSchema.nullable().default(null),
  })
  .refine((decision) => (decision.verdict === 'rejected') === (decision.reason !== null), {
    path: ['reason'],
    message: 'A rejection needs a reason; other verdicts take none.',
  });
export type DecisionInput = z.input<typeof decisionInputSchema>;

/** Undoes the caller's own latest decision that stands (on this sample, or anywhere in the project). */
export const undoInputSchema = z.object({ projectId: idSchema, sampleId: idSchema.nullable().default(null) });

export const sampleStateSchema = z.object({
  sampleId: idSchema,
  verdict: verdictSchema.nullable(),
  reason: rejectReasonSchema.nullable(),
  version: z.number().int(),
  userId: z.string(),
  userName: z.string(),
  updatedAt: isoDateSchema,
});
export type SampleState = z.infer<typeof sampleStateSchema>;

/** All states of a project, or those changed since `since` (the `asOf` of the previous answer). */
export const stateListQuerySchema = z.object({ since: isoDateSchema.optional() });
export const stateListSchema = z.object({ states: z.array(sampleStateSchema), asOf: isoDateSchema });
