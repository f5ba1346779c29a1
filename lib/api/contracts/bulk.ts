import { z } from 'zod';
import { idSchema, isoDateSchema, rejectReasonSchema, verdictSchema } from './common';
import { exportRuleSchema } from './exports';
import { idsPerAction } from './limits';

/** Which samples a bulk verb means: named ones, or all that a rule selects when it is carried out. */
export const bulkTargetSchema = z.union([
  z.object({ ids: z.array(idSchema).min(1).max(idsPerAction) }).strict(),
  z.object({ rule: exportRuleSchema }).strict(),
]);
export type BulkTarget = z.infer<typeof bulkTargetSchema>;

/** One verdict on many auxiliary samples, taken as one step. */
export const decideManySchema = z
  .object({
    projectId: idSchema,
    /** Chosen by the client: calls under the same one (for more ids than a body takes) are undone together. */
    groupId: idSchema,
    target: bulkTargetSchema,
    verdict: verdictSchema,
    /** Required with 'rejected', refused otherwise. */
    reason: rejectReasonSchema.nullable().default(null),
    note: z.string().max(2000).nullable().default(null),
    /** Run that was on the screen. */
    runId: idSchema.nullable().default(null),
    /** False: samples whose verdict stands are left as they are. */
    overwrite: z.boolean().default(false),
    /** With `overwrite`: what colleagues decided since then (the `asOf` of the states that the person saw) is left as it is. */
    seen: isoDateSchema.nullable().default(null),
  })
  .refine((decision) => (decision.verdict === 'rejected') === (decision.reason !== null), {
    path: ['reason'],
    message: 'A rejection needs a reason; other verdicts take none.',
  });
export type DecideMany = z.output<typeof decideManySchema>;

/** `left`: auxiliary samples of the target that were left as they are. */
export const decidedManySchema = z.object({ groupId: idSchema, decided: z.number().int(), left: z.number().int() });
export type DecidedMany = z.infer<typeof decidedManySchema>;

export const undoGroupSchema = z.object({ projectId: idSchema, groupId: idSchema });
/** `left`: decisions of the group that were replaced or undone in the meantime. */
export const undoneGroupSchema = z.object({ undone: z.number().int(), left: z.number().int() });
export type UndoneGroup = z.infer<typeof undoneGroupSchema>;
