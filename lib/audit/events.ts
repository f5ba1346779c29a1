import { z } from 'zod';
import { idSchema, projectRoleSchema, rejectReasonSchema, verdictSchema } from '@/lib/api/contracts/common';
import { exportFormatSchema, exportRuleSchema } from '@/lib/api/contracts/exports';
import { sampleChangeSchema, sampleFilterSchema } from '@/lib/api/contracts/samples';
import { selectionKindSchema } from '@/lib/api/contracts/selections';

/*
 * STORED DATA. Every payload below lies in AuditEvent.payload of existing installations: add types and optional fields
 * freely, but never rename, remove or narrow one without a migration of the rows.
 */

const user = { userId: z.string(), name: z.string(), email: z.string() };
const names = z.object({ name: z.string(), objectName: z.string() });
const count = z.number().int();

/** Everything that is recorded, by type. */
export const auditEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('project.created'), name: z.string(), objectName: z.string(), isPrivate: z.boolean().optional() }),
  z.object({ type: z.literal('project.updated'), before: names, after: names, sendsThumbnails: z.boolean().optional() }),
  /** Kept without a project: the project's own events go with it. */
  z.object({ type: z.literal('project.deleted'), deletedProjectId: idSchema, name: z.string(), samples: count }),

  z.object({ type: z.literal('member.set'), ...user, role: projectRoleSchema, before: projectRoleSchema.nullable() }),
  z.object({ type: z.literal('member.removed'), ...user, role: projectRoleSchema }),
  z.object({ type: z.literal('user.created'), ...user, isAdmin: z.boolean() }),
  z.object({ type: z.literal('user.link_created'), ...user }),
  z.object({ type: z.literal('user.admin_set'), ...user, isAdmin: z.boolean() }),
  z.object({ type: z.literal('user.removed'), ...user }),
  z.object({ type: z.literal('user.password_set'), first: z.boolean() }),

  z.object({ type: z.literal('upload.opened'), uploadId: idSchema }),
  z.object({ type: z.literal('upload.closed'), uploadId: idSchema, files: count }),
  z.object({ type: z.literal('upload.cancelled'), uploadId: idSchema }),
  z.object({ type: z.literal('samples.changed'), count, change: sampleChangeSchema, filter: sampleFilterSchema.nullable() }),
  z.object({ type: z.literal('samples.deleted'), count, filter: sampleFilterSchema.nullable() }),

  z.object({ type: z.literal('model.registered'), modelId: idSchema, name: z.string() }),
  /** A job was asked to add a network; whether it could, the job tells. */
  z.object({ type: z.literal('model.requested'), jobId: idSchema, origin: z.string() }),
  z.object({ type: z.literal('model.removed'), modelId: idSchema, name: z.string() }),
  /** `provider`: of the browser that computes; absent where the server does. */
  z.object({ type: z.literal('features.started'), featureSetId: idSchema, modelName: z.string(), provider: z.string().optional() }),
  z.object({ type: z.literal('features.cancelled'), featureSetId: idSchema, modelName: z.string() }),
  z.object({ type: z.literal('patches.started'), featureSetId: idSchema, modelName: z.string() }),
  z.object({ type: z.literal('run.started'), runId: idSchema, evaluator: z.string(), preset: z.string(), seed: count }),
  /** Of a run that a browser computed; those of the server are jobs. */
  z.object({ type: z.literal('run.ended'), runId: idSchema, evaluator: z.string(), state: z.enum(['cancelled', 'failed']) }),
  z.object({ type: z.literal('experiment.started'), experimentId: idSchema, name: z.string(), sets: count, evaluators: count, seeds: count }),
  z.object({ type: z.literal('generation.started'), generationId: idSchema, generator: z.string(), count, seed: count }),
  /** Of a batch that a browser made; those of the server are jobs. */
  z.object({ type: z.literal('generation.ended'), generationId: idSchema, generator: z.string(), state: z.enum(['ready', 'cancelled', 'failed']), made: count }),
  z.object({ type: z.literal('selection.started'), selectionId: idSchema, kind: selectionKindSchema, candidates: count, seed: count }),
  z.object({ type: z.literal('prototypes.started'), searchId: idSchema, detector: z.string(), seed: count }),
  z.object({ type: z.literal('keep.started'), analysisId: idSchema, runs: count, seed: count }),
  z.object({ type: z.literal('pick.started'), pickId: idSchema, evaluator: z.string(), count, pool: count, weight: z.number(), seed: count }),
  z.object({ type: z.literal('pool.saved'), poolId: idSchema, name: z.string(), pairs: count, created: z.boolean() }),
  z.object({ type: z.literal('pool.removed'), poolId: idSchema, name: z.string() }),
  z.object({ type: z.literal('projection.started'), projectionId: idSchema, method: z.string() }),
  z.object({ type: z.literal('projection.ended'), projectionId: idSchema, method: z.string(), state: z.enum(['cancelled', 'failed']) }),
  z.object({ type: z.literal('export.started'), exportId: idSchema, count, format: exportFormatSchema.optional() }),
  /** Of an export that a browser wrote; those of the server are jobs. */
  z.object({ type: z.literal('export.ended'), exportId: idSchema, count, state: z.enum(['ready', 'cancelled', 'failed']), sha256: z.string().optional(), bytes: z.number().optional() }),
  z.object({ type: z.literal('job.cancelled'), jobId: idSchema, kind: z.string() }),
  z.object({ type: z.literal('job.retried'), jobId: idSchema, kind: z.string() }),

  /** `controls`: items hidden among the others whose right answer is known. */
  z.object({ type: z.literal('queue.started'), queueId: idSchema, name: z.string(), items: count, controls: count, seed: count }),
  z.object({ type: z.literal('queue.closed'), queueId: idSchema, name: z.string(), items: count, done: count }),

  z.object({
    type: z.literal('decision.made'),
    decisionId: idSchema,
    sampleId: idSchema,
    fileName: z.string(),
    verdict: verdictSchema,
    reason: rejectReasonSchema.nullable(),
    version: count,
  }),
  /** Decisions that were taken as one step; one event for each call of a group. */
  z.object({ type: z.literal('decisions.made'), groupId: idSchema, count, verdict: verdictSchema, reason: rejectReasonSchema.nullable(), rule: exportRuleSchema.optional() }),
  z.object({ type: z.literal('decisions.undone'), groupId: idSchema, count }),
  z.object({ type: z.literal('samples.tagged'), added: count, removed: count, add: z.array(z.string()), remove: z.array(z.string()) }),
  z.object({ type: z.literal('view.saved'), viewId: idSchema, name: z.string(), page: z.string(), created: z.boolean() }),
  z.object({ type: z.literal('view.removed'), viewId: idSchema, name: z.string(), page: z.string() }),
  z.object({
    type: z.literal('decision.undone'),
    decisionId: idSchema,
    undoesDecisionId: idSchema,
    sampleId: idSchema,
    fileName: z.string(),
    /** What the sample went back to. */
    verdict: verdictSchema.nullable(),
    reason: rejectReasonSchema.nullable(),
    version: count,
  }),
]);

export type AuditEvent = z.infer<typeof auditEventSchema>;
