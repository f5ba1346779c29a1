import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema, zoneSchema } from './common';

export const presetSchema = z.enum(['paper', 'released', 'custom']);

/** Choices that the evaluators leave open, named as in lib/anomaly; what is absent comes from the preset or the evaluator's defaults. */
export const runParametersSchema = z
  .object({
    centres: z.enum(['all', 'normals']).optional(),
    ball: z.enum(['closed', 'open']).optional(),
    kFloor: z.number().int().min(1).max(50).optional(),
    kQuantile: z.number().min(0.5).max(0.999).optional(),
    densityRows: z.enum(['all', 'normals']).optional(),
    posteriorRows: z.enum(['all', 'normals']).optional(),
    alpha0: z.number().min(0).max(1).optional(),
    /** The detector of EAP's conditional probability. */
    detector: z.enum(['ssdo', 'knn', 'mahalanobis', 'pca', 'npca', 'patchcore', 'iforest']).optional(),
    detectorNeighbours: z.number().int().min(1).max(200).optional(),
    detectorAlpha: z.number().min(0).max(100).optional(),
    lambda: z.enum(['exact', 'integer_percentile']).optional(),
    trees: z.number().int().min(10).max(1000).optional(),
    treeSample: z.number().int().min(2).max(4096).optional(),
    /** 0: one pass, as in the paper. */
    subsets: z.number().int().min(0).max(500).optional(),
    /** Exactly as defined, or with the evaluator's short cuts. */
    mode: z.enum(['fast', 'exact']).optional(),
    /** Reproduces the authors' program where it differs from the definition. */
    asReleased: z.boolean().optional(),
    /** Neighbours of RARITY and KNNSHAP. */
    k: z.number().int().min(1).max(500).optional(),
    /** Detectors or draws of the model-based evaluators. */
    models: z.number().int().min(1).max(1000).optional(),
  })
  .strict();
export type RunParameters = z.infer<typeof runParametersSchema>;

/** One run per evaluator over the same features with the same seed. */
export const startRunsSchema = z.object({
  projectId: idSchema,
  featureSetId: idSchema,
  seed: z.number().int().min(0).max(2_147_483_647).default(0),
  runs: z
    .array(
      z.object({
        evaluator: z.string().min(1).max(40),
        preset: presetSchema.default('paper'),
        parameters: runParametersSchema.default({}),
      }),
    )
    .min(1)
    .max(20)
    .default([{ evaluator: 'EAP', preset: 'paper', parameters: {} }]),
});
export type StartRuns = z.input<typeof startRunsSchema>;

export const runSummarySchema = z.object({
  normals: z.number().int(),
  anomalies: z.number().int(),
  auxiliary: z.number().int(),
  kHat: z.number().nullable(),
  lambda: z.number().nullable(),
  alpha0: z.number().nullable(),
  beta0: z.number().nullable(),
  /** Covering spheres (training samples that are centres) and the median of their radii. */
  spheres: z.number().int().nullable(),
  typicalRadius: z.number().nullable(),
  zones: z.object({ realistic: z.number(), unrealistic: z.number(), indistinguishable: z.number() }).nullable(),
  /** ROC AUC of quality against realistic = 1; null without pseudo-quality labels of both kinds. 95 % bootstrap interval. */
  aucQlt: z.object({ value: z.number(), low: z.number(), high: z.number(), labelled: z.number() }).nullable(),
  /** AUROC of the mean distance to 3 nearest training normals: real anomalies against left-out normals. */
  knnAuroc: z.number().nullable(),
  /** Numbers of the whole run, as the evaluator names them. */
  facts: z.record(z.string(), z.number()).optional(),
  seconds: z.number(),
  /** Of a browser that computed the run, as it names itself; absent where the server did. */
  runtime: z.string().max(200).optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** Why a browser's run or map has no result; of those that a job computes, the job tells. */
const endedBecauseSchema = z.object({ code: z.string(), message: z.string() }).nullable();

export const runSchema = z.object({
  id: idSchema,
  featureSetId: idSchema,
  modelName: z.string(),
  evaluator: z.string(),
  preset: z.string(),
  parameters: z.unknown(),
  seed: z.number().int(),
  codeVersion: z.string(),
  state: resultStateSchema,
  summary: runSummarySchema.nullable(),
  /** Null in a private project: a browser computes then. */
  jobId: idSchema.nullable(),
  error: endedBecauseSchema,
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});
export type Run = z.infer<typeof runSchema>;
export const runListSchema = z.object({ runs: z.array(runSchema) });

const neighbourSchema = z.object({ sampleId: idSchema, fileName: z.string(), role: z.enum(['normal', 'anomaly', 'auxiliary']), distance: z.number() });
export type Neighbour = z.infer<typeof neighbourSchema>;

/** The why card of one auxiliary sample in one run. */
export const scoreSchema = z.object({
  runId: idSchema,
  sampleId: idSchema,
  quality: z.number(),
  rank: z.number().int(),
  of: z.number().int(),
  probability: z.number().nullable(),
  density: z.number().nullable(),
  rarity: z.number().nullable(),
  zone: zoneSchema.nullable(),
  spread: z.object({ sd: z.number(), p05: z.number(), p50: z.number(), p95: z.number(), subsets: z.number() }).nullable(),
  /** Further parts by name; of CAP: novelty, expectedCount and both p-values. */
  parts: z.record(z.string(), z.number()).nullable(),
  coveringSpheres: z.number().int().nullable(),
  spheres: z.number().int(),
  /** Centre of the smallest covering sphere; null when none covers. */
  centre: neighbourSchema.extend({ radius: z.number() }).nullable(),
  /** Nearest sphere and the gap to its surface when none covers; typicalRadius is the median radius. */
  gap: neighbourSchema.extend({ radius: z.number(), gap: z.number(), typicalRadius: z.number() }).nullable(),
  nearestNormal: neighbourSchema.nullable(),
  nearestAnomaly: neighbourSchema.nullable(),
  /** Nearest first, these two included: five of each, fewer where there are fewer; one of each in runs made before more were kept. */
  nearestNormals: z.array(neighbourSchema),
  nearestAnomalies: z.array(neighbourSchema),
});
export type Score = z.infer<typeof scoreSchema>;

/** What one other evaluator makes of a sample: its newest ready run, in the manner it was run, on the same features. */
export const otherScoreSchema = z.object({
  runId: idSchema,
  evaluator: z.string(),
  preset: z.string(),
  parameters: z.unknown(),
  seed: z.number().int(),
  quality: z.number(),
  rank: z.number().int(),
  of: z.number().int(),
  /** Share of the run's other samples that it beats, ties half: 100 is the best, 0 the worst. */
  percentile: z.number(),
  zone: zoneSchema.nullable(),
});
export type OtherScore = z.infer<typeof otherScoreSchema>;
/** `percentile` is that of the shown run itself. */
export const otherScoresSchema = z.object({ percentile: z.number(), others: z.array(otherScoreSchema) });
export type OtherScores = z.infer<typeof otherScoresSchema>;

export const projectionSchema = z.object({
  id: idSchema,
  featureSetId: idSchema,
  modelName: z.string(),
  method: z.string(),
  parameters: z.unknown(),
  seed: z.number().int(),
  state: resultStateSchema,
  jobId: idSchema.nullable(),
  error: endedBecauseSchema,
  createdAt: isoDateSchema,
});
export type Projection = z.infer<typeof projectionSchema>;
export const projectionListSchema = z.object({ projections: z.array(projectionSchema) });

export const mapMethods = ['t-SNE', 'UMAP', 'PCA'] as const;
export const mapMethodSchema = z.enum(mapMethods);
export type MapMethod = z.infer<typeof mapMethodSchema>;

/** What a person sets of a map; each method takes its own part. STORED DATA (Projection.parameters), with defaults for maps that were made before a parameter was. */
export const mapParametersSchema = z.object({
  /** t-SNE: effective number of neighbours. */
  perplexity: z.number().min(2).max(200).default(30),
  /** t-SNE and UMAP; null: the method's own rule. */
  learningRate: z.number().positive().max(1_000_000).nullable().default(null),
  /** UMAP: neighbours of a sample, itself counted. */
  neighbours: z.number().int().min(2).max(200).default(15),
  /** UMAP: how close samples may lie. */
  minimalDistance: z.number().min(0).max(2).default(0.1),
});
export type MapParameters = z.infer<typeof mapParametersSchema>;

export const startProjectionSchema = mapParametersSchema.extend({
  projectId: idSchema,
  featureSetId: idSchema,
  method: mapMethodSchema.default('t-SNE'),
  seed: z.number().int().min(0).max(2_147_483_647).default(0),
});
export type StartProjection = z.input<typeof startProjectionSchema>;
