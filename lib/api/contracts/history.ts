import { z } from 'zod';
import { idSchema, isoDateSchema, pageQuerySchema, rejectReasonSchema, sampleRoleSchema } from './common';

/** What kind of thing an event is about; `other` takes what is new. */
export const historyKindSchema = z.enum(['decisions', 'runs', 'generation', 'uploads', 'exports', 'members', 'other']);
export type HistoryKind = z.infer<typeof historyKindSchema>;

export const historyQuerySchema = pageQuerySchema.extend({
  userId: z.string().max(100).optional(),
  kind: historyKindSchema.optional(),
  from: isoDateSchema.optional(),
  /** Events before this time. */
  to: isoDateSchema.optional(),
  /** Part of a file name, a person's name or any other word of the event. */
  text: z.string().trim().max(200).optional(),
});

/** The thing that an event is about, where it has a place in the application. */
export const historySubjectSchema = z.object({ kind: z.enum(['sample', 'run', 'generation', 'export', 'experiment', 'selection', 'promptSelection', 'prototypes', 'projection', 'queue', 'members', 'samples']), id: idSchema.nullable() });
export type HistorySubject = z.infer<typeof historySubjectSchema>;

export const historyEventSchema = z.object({
  id: idSchema,
  type: z.string(),
  kind: historyKindSchema,
  /** One readable sentence in the past tense. */
  sentence: z.string(),
  userName: z.string().nullable(),
  /** Null where it has no place, or is gone. */
  subject: historySubjectSchema.nullable(),
  /** Events of one step share it. */
  groupId: idSchema.nullable(),
  /** Decisions in the step. */
  count: z.number().int().nullable(),
  createdAt: isoDateSchema,
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;

/** People who did something in a project, members or not. */
export const historyPeopleSchema = z.object({ people: z.array(z.object({ userId: z.string(), name: z.string() })) });

export const replayQuerySchema = z.object({ at: isoDateSchema });

const count = z.number().int();
const verdictsSchema = z.object({ accepted: count, rejected: count, skipped: count });

const momentSchema = z.object({
  at: isoDateSchema,
  samples: z.record(sampleRoleSchema, count),
  verdicts: verdictsSchema,
  /** Auxiliary samples that nobody had accepted, rejected or skipped. */
  undecided: count,
  reasons: z.array(z.object({ reason: rejectReasonSchema.nullable(), count })),
  /** By the person whose verdict stood. */
  people: z.array(verdictsSchema.extend({ userId: z.string(), name: z.string() })),
  runs: count,
  exports: count,
});
export type Moment = z.infer<typeof momentSchema>;

export const replaySchema = z.object({
  then: momentSchema,
  now: momentSchema,
  changed: z.object({
    /** Samples whose verdict then is another one now. */
    verdicts: count,
    added: count,
    deleted: count,
    /** Decisions taken since, those that were undone included. */
    decisions: count,
  }),
  /** Decided samples that were deleted before deletions were recorded sample by sample: not in the counts. */
  unknown: count,
  /** Ready runs and exports of that time, the newest first, at most ten of each. */
  runs: z.array(z.object({ id: idSchema, evaluator: z.string(), modelName: z.string(), createdAt: isoDateSchema })),
  exports: z.array(z.object({ id: idSchema, count, createdAt: isoDateSchema })),
});
export type Replay = z.infer<typeof replaySchema>;
