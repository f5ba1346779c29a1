import { z } from 'zod';
import { idSchema, isoDateSchema, rejectReasonSchema, verdictSchema } from './common';
import { exportRuleSchema } from './exports';
import { answersAtOnce, idsPerAction, maxAnswerMs } from './limits';

/** Largest share of hidden controls among the items of a queue. */
export const maxControlShare = 0.3;

/** What a queue is made of: samples one by one, in their order, or all that a rule selects now. Only auxiliary samples are judged; others are left out. */
export const reviewSourceSchema = z.union([z.object({ ids: z.array(idSchema).min(1).max(idsPerAction) }), z.object({ rule: exportRuleSchema })]);
export type ReviewSource = z.infer<typeof reviewSourceSchema>;

/**
 * `quality`: highest first. `uncertain`: largest spread of the score first, without subsets those whose quality is nearest to the
 * median. `given`: as listed (of a rule: as imported). `random`: shuffled. Ties are broken by the seed.
 */
export const reviewOrderSchema = z.enum(['quality', 'uncertain', 'given', 'random']);
export type ReviewOrder = z.infer<typeof reviewOrderSchema>;

export const startReviewQueueSchema = z.object({
  projectId: idSchema,
  name: z.string().trim().min(1).max(120),
  source: reviewSourceSchema,
  /** Run whose numbers order the queue and stand beside its samples. */
  runId: idSchema.nullable(),
  order: reviewOrderSchema.default('quality'),
  /** Leaves out samples that are accepted or rejected already. */
  openOnly: z.boolean().default(false),
  /** At most so many samples, the first in the order; null takes all. */
  size: z.number().int().min(1).max(1_000_000).nullable().default(null),
  /** Share of hidden controls among the items: real anomalies and normals, half of each. */
  controlShare: z.number().min(0).max(maxControlShare).default(0),
  /** Of ties, shuffles and the places of controls; chosen by the server when absent. */
  seed: z.number().int().min(0).max(2_147_483_647).optional(),
});
export type StartReviewQueue = z.input<typeof startReviewQueueSchema>;

export const reviewQueueSchema = z.object({
  id: idSchema,
  name: z.string(),
  runId: idSchema.nullable(),
  source: z.union([z.object({ listed: z.number().int() }), z.object({ rule: exportRuleSchema })]),
  order: reviewOrderSchema,
  /** Controls may be among the items: nothing but the image is shown until it is answered. */
  blind: z.boolean(),
  /** Items, controls among them. */
  total: z.number().int(),
  done: z.number().int(),
  /** People who answered at least one item, or hold one now. */
  reviewers: z.number().int(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
  closedAt: isoDateSchema.nullable(),
  /** Whether the caller may close it: leads, and whoever started it. */
  mayClose: z.boolean(),
});
export type ReviewQueue = z.infer<typeof reviewQueueSchema>;
export const reviewQueueListSchema = z.object({ queues: z.array(reviewQueueSchema) });

/** One item as its reviewer gets it: the same for samples and controls. */
export const reviewItemSchema = z.object({ id: idSchema, sampleId: idSchema, position: z.number().int() });
export type ReviewItem = z.infer<typeof reviewItemSchema>;

/** What the caller holds now, in the order of the queue: the first is looked at, the others are fetched ahead. */
export const claimedItemsSchema = z.object({ items: z.array(reviewItemSchema) });
export type ClaimedItems = z.infer<typeof claimedItemsSchema>;

const inQueue = z.object({ projectId: idSchema, queueId: idSchema });
/** How many items the caller wants to hold: the present one and those ahead. */
const holdSchema = z.number().int().min(0).max(20).default(5);

export const queueActionSchema = inQueue;
/** `hold` 0 gives everything back that the caller holds. */
export const claimItemsSchema = inQueue.extend({ hold: holdSchema });
/** Without `skipped` the caller's latest answer is taken back, with it a skip: the item comes back to the place that it had. */
export const undoAnswerSchema = claimItemsSchema.extend({ skipped: z.object({ itemId: idSchema, position: z.number().int().min(0) }).nullable().default(null) });
export const answerSchema = z
  .object({
    itemId: idSchema,
    /** `skipped` moves the item to the end of the queue; it is no decision. */
    verdict: verdictSchema,
    reason: rejectReasonSchema.nullable().default(null),
    note: z.string().max(2000).nullable().default(null),
    /** From the first paint of the image to the answer. */
    milliseconds: z.number().int().min(0).max(maxAnswerMs),
  })
  .refine((answer) => (answer.verdict === 'rejected') === (answer.reason !== null), { path: ['reason'], message: 'A rejection needs a reason; other verdicts take none.' });
export type Answer = z.input<typeof answerSchema>;
/** Answers in the order in which they were given. */
export const answerItemsSchema = inQueue.extend({ answers: z.array(answerSchema).min(1).max(answersAtOnce), hold: holdSchema });
/** `done`: how many of the answers, from the first, are on record. The one after them can be sent again, and is refused then with what is wrong with it. */
export const answeredItemsSchema = claimedItemsSchema.extend({ done: z.number().int().min(1) });
export type AnsweredItems = z.infer<typeof answeredItemsSchema>;

const ofControls = z.object({ anomalies: z.number().int(), anomalyHits: z.number().int(), normals: z.number().int(), normalHits: z.number().int(), normalsNamed: z.number().int() });

/** One reviewer's answers in one queue. */
export const reviewerReportSchema = z.object({
  userId: z.string(),
  userName: z.string(),
  /** Answered items, controls among them. */
  items: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  /** A real anomaly is hit when it is accepted, a normal when it is rejected; `normalsNamed`: rejected as indistinguishable. */
  controls: ofControls,
  /** Share of accepted-rejected pairs in which the accepted sample has the higher quality (ties count half); null without pairs. */
  scoreAgreement: z.number().nullable(),
  /** Decided samples with a zone, and how many of them agree with it (accepted where it says realistic). */
  zone: z.object({ of: z.number().int(), agree: z.number().int() }),
  /** Pairs of own answer and a colleague's latest standing decision on the same sample. */
  colleagues: z.object({ of: z.number().int(), agree: z.number().int() }),
  /** Milliseconds per item: quartiles. */
  time: z.object({ q1: z.number(), median: z.number(), q3: z.number() }).nullable(),
  /** By tenth of the queue's samples in the order of quality, the lowest first. */
  deciles: z.array(z.object({ decile: z.number().int().min(1).max(10), of: z.number().int(), accepted: z.number().int() })),
});
export type ReviewerReport = z.infer<typeof reviewerReportSchema>;

/** A sample on which person and score differ most. */
export const disagreementSchema = z.object({ sampleId: idSchema, userName: z.string(), verdict: verdictSchema, quality: z.number(), decile: z.number().int() });

export const reviewReportSchema = z.object({
  queue: reviewQueueSchema,
  /** Everyone for leads; of others their own. */
  reviewers: z.array(reviewerReportSchema),
  /** Least and largest quality of each tenth. */
  deciles: z.array(z.object({ decile: z.number().int(), least: z.number(), largest: z.number() })),
  /** Rejected in the highest three tenths or accepted in the lowest three, the farthest first. */
  disagreements: z.array(disagreementSchema),
});
export type ReviewReport = z.infer<typeof reviewReportSchema>;
