import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema } from './common';
import { rankingFilterSchema } from './exports';

const seedSchema = z.number().int().min(0).max(2 ** 31 - 1);

// ---------------------------------------------------------------- learning curves over the kept ranking, and near copies

/** The downstream detector: svm for image features, random_forest for tables (EAP paper, section 4.1). */
const keepClassifierSchema = z.enum(['svm', 'random_forest']);

/** How learning curves are measured. STORED DATA (KeepAnalysis.settings): add optional fields freely, never rename or narrow one. */
export const keepSettingsSchema = z.object({
  classifier: keepClassifierSchema.default('svm'),
  /** Repetitions, each with rows drawn anew. */
  seeds: z.number().int().min(1).max(20).default(5),
  /** Numbers of kept samples at which the detector is trained, 0 and all of them included. */
  points: z.number().int().min(3).max(50).default(12),
  /** Of the real anomalies, and of the normals, that are held out where the samples marked as test do not hold both kinds. */
  testShare: z.number().min(0.1).max(0.9).default(0.5),
  /** Auxiliary samples that a curve is measured with; drawn with the seed where there are more. */
  auxiliary: z.number().int().min(10).max(10_000).default(1500),
  /** Random orders of each repetition, for comparison. */
  randomOrders: z.number().int().min(1).max(20).default(3),
});
export type KeepSettings = z.output<typeof keepSettingsSchema>;

export const startKeepAnalysisSchema = z.object({
  projectId: idSchema,
  featureSetId: idSchema,
  /** Ready runs of that feature set: a curve for each. */
  runIds: z.array(idSchema).min(1).max(14),
  /** Without a classifier: the one for the samples of the project, a random forest for feature vectors and an SVM for images. */
  settings: keepSettingsSchema.extend({ classifier: keepClassifierSchema.optional() }).prefault({}),
  seed: seedSchema.default(0),
});
export type StartKeepAnalysis = z.input<typeof startKeepAnalysisSchema>;

/** Test accuracy after keeping the best samples of one ranking; all lists have the same length. */
export const keepCurveSchema = z.object({
  /** Null: random orders. */
  runId: idSchema.nullable(),
  /** Evaluator of the run, or "Random". */
  title: z.string(),
  /** Numbers of kept samples, ascending from 0 to all. */
  added: z.array(z.number().int()),
  /** Mean, standard deviation (divisor repetitions - 1; 0 of a single one) and 5 % and 95 % quantiles of the balanced accuracy over the repetitions. */
  mean: z.array(z.number()),
  sd: z.array(z.number()),
  low: z.array(z.number()),
  high: z.array(z.number()),
  /** The least number whose mean is within one standard error of the largest mean. */
  best: z.object({ count: z.number().int(), mean: z.number() }),
});
export type KeepCurve = z.infer<typeof keepCurveSchema>;

/** What an analysis found. STORED DATA (KeepAnalysis.summary): add optional fields freely, never rename or narrow one. */
export const keepSummarySchema = z.object({
  /** One for each run, in their order, then random orders. */
  curves: z.array(keepCurveSchema),
  /** Balanced accuracy of the detector with no auxiliary sample at all. */
  baseline: z.object({ mean: z.number(), sd: z.number() }),
  /** Rows of one repetition. */
  train: z.object({ normals: z.number().int(), anomalies: z.number().int() }),
  test: z.object({ normals: z.number().int(), anomalies: z.number().int() }),
  /** Where the test rows come from: samples marked as test, or drawn anew in each repetition. */
  heldOut: z.object({ normals: z.enum(['marked', 'drawn']), anomalies: z.enum(['marked', 'drawn']) }),
  /** Auxiliary samples that every run scored, and how many of them each curve was measured with. */
  auxiliary: z.object({ all: z.number().int(), used: z.number().int() }),
  /** How it was measured and what to keep in mind, in sentences. */
  notes: z.array(z.string()),
  /** A kept sample is a near copy where a higher-ranked one lies within `threshold` of it. */
  redundancy: z.object({ threshold: z.number(), explanation: z.string() }),
  seconds: z.number(),
});
export type KeepSummary = z.infer<typeof keepSummarySchema>;

export const keepAnalysisSchema = z.object({
  id: idSchema,
  featureSetId: idSchema,
  modelName: z.string(),
  runIds: z.array(idSchema),
  settings: keepSettingsSchema,
  seed: z.number().int(),
  codeVersion: z.string(),
  state: resultStateSchema,
  summary: keepSummarySchema.nullable(),
  jobId: idSchema.nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});
export type KeepAnalysis = z.infer<typeof keepAnalysisSchema>;
export const keepAnalysisListSchema = z.object({ analyses: z.array(keepAnalysisSchema) });

// ---------------------------------------------------------------- a diverse choice among the best

/** STORED DATA (DiversePick.settings): add optional fields freely, never rename or narrow one. */
export const diversePickSettingsSchema = z.object({
  /** 0: only diversity (greedy k-centre), 1: only quality (the plain top N). */
  weight: z.number().min(0).max(1).default(0.5),
  /** Accepted samples count as picked already, so that their near copies are avoided; they themselves are never picked again. */
  avoidAccepted: z.boolean().default(true),
  filter: rankingFilterSchema,
});
export type DiversePickSettings = z.output<typeof diversePickSettingsSchema>;

export const pickDiverseSchema = z.object({
  projectId: idSchema,
  runId: idSchema,
  /** How many to pick. */
  count: z.number().int().min(1).max(100_000),
  /** Auxiliary samples to pick among: those that the filter shows... */
  filter: rankingFilterSchema.default({}),
  /** ...or, where given, these samples alone (the selection). */
  ids: z.array(idSchema).min(1).max(100_000).optional(),
  weight: diversePickSettingsSchema.shape.weight,
  avoidAccepted: diversePickSettingsSchema.shape.avoidAccepted,
  seed: seedSchema.default(0),
});
export type PickDiverse = z.input<typeof pickDiverseSchema>;

/** What a set of picked samples is like. Distances are Euclidean, in feature space. */
export const pickFiguresSchema = z.object({
  picked: z.number().int(),
  meanQuality: z.number(),
  /** Mean and largest distance of the pool to the nearest picked (or accepted) sample: smaller covers better. */
  meanCoverage: z.number(),
  largestCoverage: z.number(),
  /** Smallest distance between two picked samples; null of a single one. */
  minDistance: z.number().nullable(),
  /** Picked samples that have another, better one of the picked or accepted ones within the threshold. */
  nearCopies: z.number().int(),
});
export type PickFigures = z.infer<typeof pickFiguresSchema>;

/** STORED DATA (DiversePick.summary): add optional fields freely, never rename or narrow one. */
export const diversePickSummarySchema = z.object({
  pool: z.number().int(),
  /** Accepted samples whose near copies are avoided. */
  accepted: z.number().int(),
  /** Coverage of the pool by the accepted samples alone; null without any. */
  before: z.object({ meanCoverage: z.number(), largestCoverage: z.number() }).nullable(),
  diverse: pickFiguresSchema,
  /** The plain top N of the same pool. */
  top: pickFiguresSchema,
  /** Samples that are both in the pick and in the plain top N. */
  shared: z.number().int(),
  /** As of a keep analysis. */
  threshold: z.number(),
  seconds: z.number(),
});
export type DiversePickSummary = z.infer<typeof diversePickSummarySchema>;

export const diversePickSchema = z.object({
  id: idSchema,
  runId: idSchema,
  count: z.number().int(),
  settings: diversePickSettingsSchema,
  /** Whether the pool was a selection of samples instead of what the filter shows. */
  ofSelection: z.boolean(),
  seed: z.number().int(),
  codeVersion: z.string(),
  state: resultStateSchema,
  summary: diversePickSummarySchema.nullable(),
  jobId: idSchema.nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});
export type DiversePick = z.infer<typeof diversePickSchema>;
export const diversePickListSchema = z.object({ picks: z.array(diversePickSchema) });
/** With the samples in the order in which they were picked; empty until it is ready. */
export const diversePickDetailSchema = diversePickSchema.extend({ sampleIds: z.array(idSchema) });
export type DiversePickDetail = z.infer<typeof diversePickDetailSchema>;
