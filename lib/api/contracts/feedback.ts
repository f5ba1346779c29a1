import { z } from 'zod';
import { idSchema, rejectReasonSchema, verdictSchema, zoneSchema } from './common';

export const generationFeedbackQuerySchema = z.object({
  /** Run whose zones and qualities count; the one that pages show unless another is chosen when absent. */
  run: idSchema.optional(),
  /** Name of a generator; the one with most samples when absent. */
  generator: z.string().min(1).max(200).optional(),
});

const count = z.number().int();

/** Where a parameter comes from: set by a person for a batch, kept with the sample (drawn, or given in a table), or the sample's own. */
export const parameterSourceSchema = z.enum(['setting', 'value', 'prompt', 'severity']);
export type ParameterSource = z.infer<typeof parameterSourceSchema>;

/** Samples that share zone, verdict and reason. */
const feedbackCellSchema = z.object({ zone: zoneSchema.nullable(), verdict: verdictSchema.nullable(), reason: rejectReasonSchema.nullable(), count });
export type FeedbackCell = z.infer<typeof feedbackCellSchema>;

/** A share of a count with its 95 % Wilson score interval. */
export const shareSchema = z.object({ count, of: count, share: z.number(), low: z.number(), high: z.number() });
export type Share = z.infer<typeof shareSchema>;

/** What is measured of a group of samples, each a share of those where it can be known. */
export const outcomeSchema = z.enum(['unrealistic', 'indistinguishable', 'rejected']);
export type Outcome = z.infer<typeof outcomeSchema>;

const tallySchema = z.object({
  total: count,
  /** In the run. */
  scored: count,
  meanQuality: z.number().nullable(),
  zones: z.object({ realistic: count, unrealistic: count, indistinguishable: count }),
  verdicts: z.object({ accepted: count, rejected: count, skipped: count, undecided: count }),
  /** Of the rejected; those without a reason are in none. */
  reasons: z.record(rejectReasonSchema, count),
  /** `unrealistic` and `indistinguishable`: of the samples with a zone; `rejected`: of those accepted or rejected. Null where nobody knows. */
  shares: z.record(outcomeSchema, shareSchema.nullable()),
  /** Reasons x zones: everything above but the quality is made of these. */
  cells: z.array(feedbackCellSchema),
});
export type FeedbackTally = z.infer<typeof tallySchema>;

export const feedbackGroupSchema = tallySchema.extend({
  /** Of numbers: the least and the greatest value in the bin. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** Of words: the value; null for all rarer values together. */
  value: z.string().nullable(),
});
export type FeedbackGroup = z.infer<typeof feedbackGroupSchema>;

export const feedbackParameterSchema = z.object({
  source: parameterSourceSchema,
  name: z.string(),
  kind: z.enum(['number', 'word']),
  /** Samples that have it. */
  given: count,
  /** Bins of numbers by size, words the most frequent first. */
  groups: z.array(feedbackGroupSchema),
});
export type FeedbackParameter = z.infer<typeof feedbackParameterSchema>;

/** Part of the values of a parameter against the rest of them. */
export const contrastSchema = z.object({
  source: parameterSourceSchema,
  name: z.string(),
  outcome: outcomeSchema,
  /** Groups that were taken out of the row, first and last; `side` says whether they or the rest are worse. */
  first: count,
  last: count,
  /** Which way the worse side lies. */
  side: z.enum(['below', 'above', 'between', 'outside', 'value', 'otherValues']),
  worse: shareSchema,
  better: shareSchema,
  /** Least difference of the two shares that the samples allow, over all comparisons made at once with 95 %. */
  leastDifference: z.number(),
});
export type Contrast = z.infer<typeof contrastSchema>;

export const generationFeedbackSchema = z.object({
  /** Generators of auxiliary samples, the most frequent first. */
  generators: z.array(z.object({ name: z.string(), samples: count })),
  generator: z.string().nullable(),
  run: z.object({ id: idSchema, evaluator: z.string(), modelName: z.string() }).nullable(),
  /** All samples of the generator; null without one. */
  all: tallySchema.nullable(),
  parameters: z.array(feedbackParameterSchema),
  /** What stands out, the surest first: at most one a parameter and outcome. */
  standsOut: z.array(contrastSchema),
  /** Comparisons that were made. */
  comparisons: count,
  /** Parameters that all samples have alike, and those beyond the limit; they are left out. */
  constant: z.array(z.object({ source: parameterSourceSchema, name: z.string(), value: z.string() })),
  leftOut: count,
});
export type GenerationFeedback = z.infer<typeof generationFeedbackSchema>;
