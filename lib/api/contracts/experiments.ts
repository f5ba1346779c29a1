import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema } from './common';

/** Features of images are judged by an SVM and used as they are; tables by a random forest, after standardisation. */
export const setKindSchema = z.enum(['image', 'tabular']);
export type SetKind = z.infer<typeof setKindSchema>;

/** How an experiment is done. STORED DATA (Experiment.settings): add optional fields freely, never rename or narrow one. */
export const experimentSettingsSchema = z
  .object({
    /** Ids of the evaluator registry, in the order of the tables. */
    evaluators: z.array(z.string().min(1).max(40)).min(1).max(20),
    mode: z.enum(['fast', 'exact']).default('fast'),
    /** Seeds 1 to this number. */
    seeds: z.number().int().min(1).max(50).default(10),
    /** How a set is split: as the paper says, or as the authors' program did. */
    split: z.enum(['paper', 'released']).default('paper'),
    /** Points of a learning curve per direction, or all of them. */
    curvePoints: z.union([z.number().int().min(3).max(200), z.literal('exact')]).default(9),
    /** Also EAP with other priors (the paper's table 3). */
    priorSensitivity: z.boolean().default(false),
    /** Training normals are at most so many. */
    maxNormals: z.number().int().min(20).max(20_000).default(1_000),
  })
  .strict();
export type ExperimentSettings = z.infer<typeof experimentSettingsSchema>;

export const startExperimentSchema = z.object({
  projectId: idSchema,
  name: z.string().trim().min(1).max(120),
  /** At least two: the unrealistic third of one set is drawn from the others. */
  sets: z
    .array(z.object({ featureSetId: idSchema, kind: setKindSchema }))
    .min(2, 'Choose at least two sets: the unrealistic samples of one come from the others.')
    .max(60),
  settings: experimentSettingsSchema,
});
export type StartExperiment = z.input<typeof startExperimentSchema>;

/** A feature set that could take part, from any project that the caller may see. */
export const experimentCandidateSchema = z.object({
  featureSetId: idSchema,
  projectId: idSchema,
  projectName: z.string(),
  /** What made the vectors: an extractor, or the file they came with. */
  source: z.string(),
  kind: setKindSchema,
  dim: z.number().int(),
  normals: z.number().int(),
  anomalies: z.number().int(),
  createdAt: isoDateSchema,
  /** Why it cannot take part, in a sentence; null when it can. */
  obstacle: z.string().nullable(),
});
export type ExperimentCandidate = z.infer<typeof experimentCandidateSchema>;
export const experimentCandidateListSchema = z.object({ candidates: z.array(experimentCandidateSchema) });

export const experimentSetSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: setKindSchema,
  normals: z.number().int(),
  anomalies: z.number().int(),
  dim: z.number().int(),
});
export type ExperimentSet = z.infer<typeof experimentSetSchema>;

export const experimentSchema = z.object({
  id: idSchema,
  projectId: idSchema,
  name: z.string(),
  settings: experimentSettingsSchema,
  codeVersion: z.string(),
  state: resultStateSchema,
  jobId: idSchema.nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
  finishedAt: isoDateSchema.nullable(),
  sets: z.array(experimentSetSchema),
  /** Cells are pairs of set and seed. */
  cells: z.object({ total: z.number().int(), ready: z.number().int(), failed: z.number().int(), cancelled: z.number().int(), running: z.number().int() }),
  /** Core seconds of the finished cells, and the wall seconds left at the present pace; null until one is finished. */
  seconds: z.number(),
  secondsLeft: z.number().nullable(),
  /** Cells that could not be computed, and why. */
  failures: z.array(z.object({ setName: z.string(), seed: z.number().int(), code: z.string(), message: z.string() })),
});
export type Experiment = z.infer<typeof experimentSchema>;
export const experimentListSchema = z.object({ experiments: z.array(experimentSchema) });

/** What one evaluator reached on one set with one seed. */
export const experimentResultSchema = z.object({
  setId: idSchema,
  seed: z.number().int(),
  /** Id in the evaluator registry, or EAP with another prior, as "EAP_0.05". */
  evaluator: z.string(),
  aucQlt: z.number(),
  aulcGood: z.number(),
  accGood: z.number(),
  aulcPoor: z.number(),
  seconds: z.number(),
});
export type ExperimentResult = z.infer<typeof experimentResultSchema>;
export const experimentResultListSchema = z.object({ results: z.array(experimentResultSchema) });

const curveSchema = z.object({ added: z.array(z.number().int()), accuracy: z.array(z.number()) });

/** Learning curves of one set: one per evaluator and seed and direction. */
export const experimentCurvesSchema = z.object({
  curves: z.array(z.object({ seed: z.number().int(), evaluator: z.string(), good: curveSchema, poor: curveSchema })),
});
export type ExperimentCurves = z.infer<typeof experimentCurvesSchema>;
export const experimentCurvesQuerySchema = z.object({ setId: idSchema });
