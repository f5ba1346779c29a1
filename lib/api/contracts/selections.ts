import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema } from './common';
import { generatorIdSchema, generatorParametersSchema } from './generators';

/** What a selection chooses among. */
export const selectionKindSchema = z.enum(['models', 'prompts']);
export type SelectionKind = z.infer<typeof selectionKindSchema>;

/** Seeds, draws and sizes that every kind of selection shares. */
export const selectionSeedSchema = z.number().int().min(0).max(2 ** 31 - 1);
export const MAX_DRAWS = 10_000;
/** Normals of a support set, at least: two on each side of the split. */
export const MIN_SUPPORT = 4;

/** Auxiliary samples that serve as synthetic anomalies: all, those that were accepted, or the third that an evaluator values most. */
export const auxiliaryChoiceSchema = z.enum(['all', 'accepted', 'top-third']);
export type AuxiliaryChoice = z.infer<typeof auxiliaryChoiceSchema>;

/** Where the synthetic anomalies of a selection come from. Shared by selections of models and of prompts; part of STORED DATA. */
export const syntheticSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('generator'),
    generator: generatorIdSchema,
    /** Values that differ from the defaults; at the start the defaults are filled in. */
    parameters: generatorParametersSchema.default({}),
    /** Synthetic anomalies of each seed image. */
    perSeed: z.number().int().min(1).max(100).default(5),
    /** Needed by DiffStyle only. */
    diffusionModelId: idSchema.nullable().default(null),
  }),
  z.object({
    kind: z.literal('auxiliary'),
    which: auxiliaryChoiceSchema.default('all'),
    /** Of `top-third`: the run whose quality scores decide; null takes the newest ready run of `evaluator`. At the start both are filled in. */
    runId: idSchema.nullable().default(null),
    /** Id of lib/anomaly/evaluators ('EAP', 'RARITY', ...). */
    evaluator: z.string().min(1).max(40).nullable().default(null),
    /** Only samples of this batch. */
    generationId: idSchema.nullable().default(null),
    /** Only samples of this folder and those below it; an unrelated set of images lies in one. */
    folder: z.string().max(1000).nullable().default(null),
  }),
]);
export type SyntheticSource = z.infer<typeof syntheticSourceSchema>;

/** The paper's detector, then the ids of lib/anomaly/detectors/registry.ts. */
export const selectionDetectorSchema = z.enum(['deep-nn', 'ssdo', 'knn', 'mahalanobis', 'pca', 'npca', 'patchcore', 'iforest']);
export type SelectionDetector = z.infer<typeof selectionDetectorSchema>;

/** What the detectors learn from while they are compared: the whole support set (the paper), or the held-out normals alone. */
export const supportBankSchema = z.enum(['support', 'held-out']);

/** How a support set is divided; shared by selections of models and of prompts. */
export const supportChoiceSchema = z.object({
  seed: selectionSeedSchema.default(0),
  /** Normals of the support set that synthetic anomalies are made of (X_seed); null: 20, at most half. The others are held out (X_in). */
  seedImages: z.number().int().min(1).max(5_000).nullable().default(null),
  /** Of the training normals at most so many, drawn at random with the seed, are the support set; null: all. */
  supportLimit: z.number().int().min(MIN_SUPPORT).max(100_000).nullable().default(null),
});
export type SupportChoice = z.infer<typeof supportChoiceSchema>;

/** Everything that a person set for a selection of models. STORED DATA (Selection.settings where kind is 'models'). */
export const modelSelectionSettingsSchema = supportChoiceSchema.extend({
  synthetic: syntheticSourceSchema,
  /** Extractors of the library. In a project of feature vectors empty: its vectors as given are the only ones. */
  modelIds: z.array(idSchema).max(50).default([]),
  detectors: z.array(selectionDetectorSchema).min(1).max(8).default(['deep-nn']),
  bank: supportBankSchema.default('support'),
  /** Beside all: the selection by so many of the hardest synthetic anomalies. */
  hardest: z.array(z.number().int().min(1).max(10_000)).max(5).default([10, 5]),
  draws: z.number().int().min(1).max(MAX_DRAWS).default(1000),
});
export type ModelSelectionSettings = z.infer<typeof modelSelectionSettingsSchema>;

export const startModelSelectionSchema = modelSelectionSettingsSchema.extend({ projectId: idSchema });
export type StartModelSelection = z.input<typeof startModelSelectionSchema>;

const count = z.number().int();
const taskSchema = z.enum(['rest', 'closest']);

/** tau-b of two rankings of the candidates; null where one of them has one value only. */
export const kendallSchema = z.object({ tau: z.number().nullable(), pValue: z.number().nullable(), method: z.enum(['exact', 'normal']), count });
export type Kendall = z.infer<typeof kendallSchema>;

/** AUROC on synthetic anomalies against held-out normals, with its 95 % interval and the share of bootstrap draws that the candidate wins. */
export const syntheticAurocSchema = z.object({ auroc: z.number(), low: z.number(), high: z.number(), wins: z.number() });

/** AUROC on real anomalies against normals: of all anomalies, and of the defect type that the candidate finds hardest. */
export const realAurocSchema = z.object({
  rest: z.number(),
  closest: z.number(),
  /** Null where no types are told apart. */
  closestType: z.string().nullable(),
  byType: z.array(z.object({ type: z.string(), count, auroc: z.number() })),
});
export type RealAuroc = z.infer<typeof realAurocSchema>;

export const modelCandidateSchema = z.object({
  modelId: idSchema,
  modelName: z.string(),
  /** Number of weights; null where it is not known. */
  parameters: z.number().nullable(),
  featureSetId: idSchema,
  detector: selectionDetectorSchema,
  synthetic: syntheticAurocSchema,
  /** AUROC when only the `count` synthetic anomalies count that this candidate finds hardest. */
  hardest: z.array(z.object({ count, auroc: z.number() })),
  real: realAurocSchema.nullable(),
});
export type ModelCandidate = z.infer<typeof modelCandidateSchema>;

/** What a way of choosing reaches on real anomalies; `candidate` is a position in `candidates`, null for what is none of them. */
export const strategySchema = z.object({
  name: z.string(),
  candidate: count.nullable(),
  auroc: z.number().nullable(),
  /** Whether it is as good as the best candidate; null for what is no candidate. */
  hit: z.boolean().nullable(),
});
export type SelectionStrategy = z.infer<typeof strategySchema>;

/** The choice made by all synthetic anomalies (`count` null) or by the hardest ones only. */
export const selectionVariantSchema = z.object({
  count: count.nullable(),
  pick: count,
  tied: z.array(count),
  /** Synthetic against real AUROC of the candidates; null without real anomalies or with one candidate. */
  kendall: z.object({ rest: kendallSchema, closest: kendallSchema }).nullable(),
});

/** How good the choice was on one task with real labels. */
export const selectionTaskSchema = z.object({ task: taskSchema, selected: strategySchema, best: strategySchema, baselines: z.array(strategySchema) });

/** A sample of the synthetic validation set. Its place is the share of the other side that it is on the right side of (ties half): places average to the AUROC. */
export const decidingSampleSchema = z.object({
  sampleId: idSchema,
  side: z.enum(['synthetic', 'held-out']),
  /** Place by the pick. */
  place: z.number(),
  /** Least and greatest place by any candidate, and which candidates these are. */
  least: z.object({ candidate: count, place: z.number() }),
  greatest: z.object({ candidate: count, place: z.number() }),
});
export type DecidingSample = z.infer<typeof decidingSampleSchema>;

/** Sizes of everything that took part. */
export const selectionSizesSchema = z.object({
  seeds: count,
  heldOut: count,
  synthetic: count,
  /** Null where there are no real anomalies, or no normals apart from the support set. */
  real: z.object({ anomalies: count, normals: count, types: count }).nullable(),
  /** Samples that some extractor gave no vector of; they took part nowhere. */
  leftOut: count,
});

/** What came out of a selection of models. STORED DATA (Selection.summary where kind is 'models'): add optional fields freely, never rename or narrow one. */
export const modelSelectionSummarySchema = z.object({
  sizes: selectionSizesSchema,
  /** All extractors with the first detector, then with the second, and so on. */
  candidates: z.array(modelCandidateSchema).min(1),
  /** Position of the selected candidate. */
  pick: count,
  tie: z.boolean(),
  /** Positions of all candidates with the same AUROC, the pick included. */
  tied: z.array(count),
  /** Share of bootstrap draws in which the pick is picked again. */
  stability: z.number(),
  draws: count,
  /** By all synthetic anomalies first, then by the hardest ones. */
  variants: z.array(selectionVariantSchema).min(1),
  /** Empty without real anomalies. */
  tasks: z.array(selectionTaskSchema),
  /** p-values of `variants` below this are significant (0.05 / number of tests); null without real anomalies. */
  bonferroni: z.object({ tests: count, threshold: z.number() }).nullable(),
  extractors: z.array(
    z.object({
      modelId: idSchema,
      modelName: z.string(),
      featureSetId: idSchema,
      dim: count,
      /** Between support set with real anomalies (D1) and support set with synthetic ones (D2), 0 (alike) to 2; null without real anomalies. */
      totalVariation: z.object({ value: z.number(), clusters: count }).nullable(),
    }),
  ),
  /** Synthetic anomalies and held-out normals that the pick ranks worst, and those whose place differs most between candidates. */
  deciding: z.object({ wrong: z.array(decidingSampleSchema), separating: z.array(decidingSampleSchema) }),
  seconds: z.number(),
});
export type ModelSelectionSummary = z.infer<typeof modelSelectionSummarySchema>;

/** What every kind of selection shows of its row. */
export const selectionHeadSchema = z.object({
  id: idSchema,
  state: resultStateSchema,
  /** Samples that were chosen at the start; `synthetic` grows to its number while a generator works. */
  chosen: z.object({ seeds: count, heldOut: count, synthetic: count }),
  /** The batch of synthetic anomalies that was made for it. */
  generationId: idSchema.nullable(),
  featureSetIds: z.array(idSchema),
  codeVersion: z.string(),
  jobId: idSchema.nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});

export const modelSelectionSchema = selectionHeadSchema.extend({
  kind: z.literal('models'),
  settings: modelSelectionSettingsSchema,
  /** Null until it is ready. */
  summary: modelSelectionSummarySchema.nullable(),
});
export type ModelSelection = z.infer<typeof modelSelectionSchema>;
export const modelSelectionListSchema = z.object({ selections: z.array(modelSelectionSchema) });

/** Values of the column `part` of `selectionMap`: what a sample was in the selection. */
export const selectionParts = ['seed', 'held-out', 'synthetic', 'real-anomaly', 'real-normal'] as const;
export type SelectionPart = (typeof selectionParts)[number];
