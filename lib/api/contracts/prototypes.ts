import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema } from './common';

/** Ids of lib/anomaly/detectors/registry.ts; knn is deep k-NN. */
export const prototypeDetectorSchema = z.enum(['ssdo', 'knn', 'mahalanobis', 'pca', 'npca', 'patchcore', 'iforest']);
export type PrototypeDetector = z.infer<typeof prototypeDetectorSchema>;

/** Greedy and evolution learn from labelled rows; the core-set needs none. */
export const prototypeMethodSchema = z.enum(['greedy', 'evolution', 'core-set']);
export type PrototypeMethod = z.infer<typeof prototypeMethodSchema>;

/** What evolution maximises: the sum of Eq. 3 of the paper, or the AUROC of the detector trained with the subset. */
export const prototypeFitnessSchema = z.enum(['equation-3', 'auroc']);
export type PrototypeFitness = z.infer<typeof prototypeFitnessSchema>;

/** What a search is made of. STORED DATA (PrototypeSearch.settings): add optional fields freely, never rename or narrow one. */
export const prototypeSettingsSchema = z.object({
  detector: prototypeDetectorSchema.default('knn'),
  /** Numbers M of normals to choose; those above the number of candidates are left out. */
  sizes: z.array(z.number().int().min(1).max(500)).min(1).max(8).default([1, 5, 10, 25]),
  /** Null: all that the labels allow. */
  methods: z.array(prototypeMethodSchema).min(1).nullable().default(null),
  fitness: prototypeFitnessSchema.default('equation-3'),
  /** P and G of the evolution; null: 1,000 and 500, or 20 and 10 where every subset needs a fit of its own. */
  population: z.number().int().min(2).max(5000).nullable().default(null),
  generations: z.number().int().min(0).max(5000).nullable().default(null),
  /** Random subsets of each size, for comparison. */
  randomDraws: z.number().int().min(0).max(100).default(10),
  /** Training normals to choose among, drawn with the seed where there are more. */
  candidates: z.number().int().min(2).max(2000).default(300),
  /** Rows of the validation set, and of the test set, drawn with the seed where there are more. */
  judged: z.number().int().min(4).max(5000).default(1000),
  longTail: z.boolean().default(true),
  seed: z.number().int().min(0).max(2 ** 31 - 1).default(0),
});
export type PrototypeSettings = z.output<typeof prototypeSettingsSchema>;

const ofFeatureSet = z.object({ projectId: idSchema, featureSetId: idSchema });
export const startPrototypeSearchSchema = ofFeatureSet.extend({ settings: prototypeSettingsSchema.prefault({}) });
export type StartPrototypeSearch = z.input<typeof startPrototypeSearchSchema>;

const aurocs = { validation: z.number().nullable(), test: z.number().nullable() };
const rowsByRole = z.object({ normals: z.number().int(), anomalies: z.number().int() });

/** Rows of a search by their use. */
export const prototypeRowsSchema = z.object({
  candidates: z.number().int(),
  /** Training normals that were there to draw candidates from. */
  trainingNormals: z.number().int(),
  /** What subsets are chosen by, and what judges them; null where there are too few labelled rows. */
  validation: rowsByRole.nullable(),
  test: rowsByRole.nullable(),
  /** Why there is nothing to judge by, as a sentence. */
  missing: z.string().nullable(),
});
export type PrototypeRows = z.infer<typeof prototypeRowsSchema>;

/** What a search found. STORED DATA (PrototypeSearch.summary): add optional fields freely, never rename or narrow one. */
export const prototypeSummarySchema = z.object({
  rows: prototypeRowsSchema,
  /** As they were in force. */
  sizes: z.array(z.number().int()),
  population: z.number().int(),
  generations: z.number().int(),
  /** Training with all candidates. */
  full: z.object(aurocs),
  chosen: z.array(z.object({ method: prototypeMethodSchema, size: z.number().int(), sampleIds: z.array(idSchema), ...aurocs })),
  random: z.array(z.object({ size: z.number().int(), draws: z.array(z.object(aurocs)) })),
  seconds: z.number(),
});
export type PrototypeSummary = z.infer<typeof prototypeSummarySchema>;

/** A candidate and what its presence does. STORED DATA (PrototypeSearch.tail). */
export const prototypeTailSchema = z.array(
  z.object({
    sampleId: idSchema,
    /** AUROC on the validation rows with all candidates minus AUROC without this one: below 0 it does harm. */
    presence: z.number(),
    /** AUROC of a detector trained with it alone. */
    alone: z.number(),
  }),
);
export type PrototypeTail = z.infer<typeof prototypeTailSchema>;

export const prototypeSearchSchema = z.object({
  id: idSchema,
  featureSetId: idSchema,
  modelName: z.string(),
  settings: prototypeSettingsSchema,
  codeVersion: z.string(),
  state: resultStateSchema,
  summary: prototypeSummarySchema.nullable(),
  jobId: idSchema.nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});
export type PrototypeSearch = z.infer<typeof prototypeSearchSchema>;
export const prototypeSearchListSchema = z.object({ searches: z.array(prototypeSearchSchema) });

/** Every candidate, most harmful first. */
export const prototypeTailAnswerSchema = z.object({ tail: prototypeTailSchema });

/** What a search would work on and about how long it would take; POST because of its length, it changes nothing. */
export const prototypeEstimateQuerySchema = z.object({ featureSetId: idSchema, settings: prototypeSettingsSchema.prefault({}) });
export const prototypeEstimateSchema = z.object({
  rows: prototypeRowsSchema,
  /** The methods that would run. */
  methods: z.array(prototypeMethodSchema),
  population: z.number().int(),
  generations: z.number().int(),
  /** Rough running time on one core; null where it cannot run. */
  seconds: z.number().nullable(),
  /** Why it cannot run as asked, and what to do; null where it can. */
  obstacle: z.object({ message: z.string(), hint: z.string().nullable() }).nullable(),
});
export type PrototypeEstimate = z.infer<typeof prototypeEstimateSchema>;
