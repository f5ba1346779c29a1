import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema } from './common';
import { MAX_DRAWS, selectionHeadSchema, selectionSizesSchema, supportChoiceSchema, syntheticSourceSchema } from './selections';

/** Pools of the papers (lib/anomaly/prompts/prompt-pools.ts). */
export const paperPoolSchema = z.enum(['eap-27', 'swsa-mvtec-visa', 'swsa-cub', 'swsa-flowers']);
export type PaperPool = z.infer<typeof paperPoolSchema>;

/** A pool of a paper, or a stored one. */
export const poolChoiceSchema = z.union([paperPoolSchema, idSchema]);
export type PoolChoice = z.infer<typeof poolChoiceSchema>;

/** Two texts; `{}` stands for the name of the object. */
export const promptPairSchema = z.object({ normal: z.string(), anomalous: z.string() });
export type PromptPairDto = z.infer<typeof promptPairSchema>;

export const MAX_EVALUATORS = 20;

export const startPromptSelectionSchema = supportChoiceSchema.extend({
  projectId: idSchema,
  textTowerId: idSchema,
  pool: poolChoiceSchema.default('eap-27'),
  /** What `{}` becomes; null: the project's object. It is cleaned (digits off, acronyms written out) either way. */
  objectName: z.string().trim().min(1).max(80).nullable().default(null),
  synthetic: syntheticSourceSchema,
  /** Ids of the evaluator registry, side by side as in the EAP paper's Table 2; null: its thirteen. None is allowed. */
  evaluators: z.array(z.string().min(1).max(40)).max(MAX_EVALUATORS).nullable().default(null),
  /** Vectors that evaluators value by; null: those of the pair's own image tower. */
  evaluatorFeatureSetId: idSchema.nullable().default(null),
  /** Bootstrap draws. */
  draws: z.number().int().min(1).max(MAX_DRAWS).default(1_000),
});
export type StartPromptSelection = z.input<typeof startPromptSelectionSchema>;

/** Everything that a person set for a selection of prompts. STORED DATA (Selection.settings where kind is 'prompts'): add optional fields freely, never rename or narrow one. */
export const promptSelectionSettingsSchema = supportChoiceSchema.extend({
  synthetic: syntheticSourceSchema,
  textTowerId: idSchema,
  /** Names as they were, so that a selection can be read when the towers or the pool are gone. */
  modelName: z.string(),
  demonstration: z.boolean(),
  pool: z.string(),
  poolName: z.string(),
  /** The texts as the selection began, `{}` not filled: later changes of the pool do not reach it. */
  pairs: z.array(promptPairSchema),
  /** As cleaned. */
  objectName: z.string(),
  evaluators: z.array(z.string()),
  evaluatorFeatureSetId: idSchema.nullable(),
  draws: z.number().int(),
});
export type PromptSelectionSettings = z.infer<typeof promptSelectionSettingsSchema>;

const realSchema = z.object({ rest: z.number(), closest: z.number() });
const intervalSchema = z.object({ low: z.number(), high: z.number() });
const pickSchema = z.object({ index: z.number().int(), value: z.number(), tied: z.array(z.number().int()) });
const tauSchema = z.object({ tau: z.number().nullable(), pValue: z.number().nullable() });

/** One pair of the pool, in its order. */
export const scoredPairSchema = z.object({
  auroc: z.number(),
  ...intervalSchema.shape,
  /** Share of the bootstrap draws that it wins. */
  wins: z.number(),
  real: realSchema.nullable(),
});
export type ScoredPair = z.infer<typeof scoredPairSchema>;

/** What one evaluator's choice of synthetic anomalies leads to: a column of the EAP paper's Table 2. */
export const tunedEvaluatorSchema = z.object({
  evaluator: z.string(),
  /** The pair with the best AUROC on the kept third; null where the evaluator could not value. */
  pick: pickSchema.nullable(),
  kept: z.number().int(),
  /** AUROC of that pair on real data. */
  realAuroc: z.number().nullable(),
  seconds: z.number(),
  message: z.string().nullable(),
});
export type TunedEvaluator = z.infer<typeof tunedEvaluatorSchema>;

/** Places among the held-out normals (share that scores below) of a synthetic anomaly, by the chosen and by the default pair. */
export const promptGainSchema = z.object({ sampleId: idSchema, chosen: z.number(), fallback: z.number() });
export type PromptGainDto = z.infer<typeof promptGainSchema>;

/** What came out of a selection of prompts. STORED DATA (Selection.summary where kind is 'prompts'): add optional fields freely, never rename or narrow one. */
export const promptSelectionSummarySchema = z.object({
  sizes: selectionSizesSchema,
  /** CLIP-type models compare texts by a softmax, SigLIP-type ones judge each by a sigmoid. */
  head: z.enum(['softmax', 'sigmoid']),
  /** Texts that are longer than the text tower reads, and lost their end. */
  truncatedTexts: z.number().int(),
  pairs: z.array(scoredPairSchema),
  pick: pickSchema,
  /** Share of the draws in which the pick is picked again. */
  stability: z.number(),
  draws: z.number().int(),
  /** Of all pairs as one: no candidate, but scored alike. */
  ensemble: z.object({ auroc: z.number(), real: realSchema.nullable() }),
  /** The choice when only the hardest synthetic anomalies count; tau is Kendall's between synthetic and real AUROC, null without real labels. */
  variants: z.array(
    z.object({
      hardest: z.union([z.literal('all'), z.number().int()]),
      pick: pickSchema,
      tau: z.object({ rest: tauSchema, closest: tauSchema }).nullable(),
    }),
  ),
  /** Pair that is best on real data, and whether the pick reaches it. */
  best: z.object({ rest: pickSchema, closest: pickSchema, hit: z.object({ rest: z.boolean(), closest: z.boolean() }) }).nullable(),
  evaluators: z.array(tunedEvaluatorSchema),
  /** Synthetic anomalies whose place rises most, and those whose place falls most, by the pick against the default pair. */
  gains: z.array(promptGainSchema),
  losses: z.array(promptGainSchema),
  /** How many there are in all; the lists above are cut. */
  gained: z.number().int(),
  lost: z.number().int(),
  seconds: z.object({ total: z.number(), texts: z.number(), scoring: z.number(), evaluators: z.number() }),
});
export type PromptSelectionSummary = z.infer<typeof promptSelectionSummarySchema>;

export const promptSelectionSchema = selectionHeadSchema.extend({
  kind: z.literal('prompts'),
  settings: promptSelectionSettingsSchema,
  /** Null until it is ready. */
  summary: promptSelectionSummarySchema.nullable(),
});
export type PromptSelection = z.infer<typeof promptSelectionSchema>;

/** One line of the list of selections. */
export const promptSelectionLineSchema = z.object({
  id: idSchema,
  state: resultStateSchema,
  modelName: z.string(),
  demonstration: z.boolean(),
  poolName: z.string(),
  pairs: z.number().int(),
  seed: z.number().int(),
  synthetic: syntheticSourceSchema,
  /** The picked texts, filled in, and their synthetic AUROC; null until it is ready. */
  picked: z.object({ ...promptPairSchema.shape, auroc: z.number() }).nullable(),
  jobId: idSchema.nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});
export type PromptSelectionLine = z.infer<typeof promptSelectionLineSchema>;
export const promptSelectionListSchema = z.object({ selections: z.array(promptSelectionLineSchema) });

/** A pool as it is shown and edited; those of the papers cannot be changed. */
export const poolSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Where the wording is from; null of a pool of the project's people. */
  source: z.string().nullable(),
  pairs: z.array(promptPairSchema),
  editable: z.boolean(),
});
export type Pool = z.infer<typeof poolSchema>;
export const poolListSchema = z.object({ pools: z.array(poolSchema) });

const poolNameSchema = z.string().trim().min(1, 'Give the pool a name.').max(80);
/** Pairs as they were typed; checked by lib/anomaly/prompts, whose sentences name the pair that is wrong. */
const typedPairsSchema = z.array(z.object({ normal: z.string().max(2_000), anomalous: z.string().max(2_000) })).max(1_000, 'A pool holds at most 1,000 pairs.');

export const savePoolSchema = z.object({
  projectId: idSchema,
  /** Null: a new pool. */
  poolId: idSchema.nullable().default(null),
  name: poolNameSchema,
  pairs: typedPairsSchema,
});
export type SavePool = z.input<typeof savePoolSchema>;

export const importPoolSchema = z.object({ projectId: idSchema, name: poolNameSchema, format: z.enum(['csv', 'json']), text: z.string().max(2_000_000) });
export type ImportPool = z.input<typeof importPoolSchema>;

export const removePoolSchema = z.object({ projectId: idSchema, poolId: idSchema });

/** Zero-shot scores of one sample, of the newest ready selection: its pick's. */
export const zeroShotScoreSchema = z.object({
  selectionId: idSchema,
  modelName: z.string(),
  demonstration: z.boolean(),
  normal: z.string(),
  anomalous: z.string(),
  /** 0..1: share of the anomalous text. */
  score: z.number(),
  /** Cosine of the anomalous text minus that of the normal one. */
  difference: z.number(),
});
export const zeroShotAnswerSchema = z.object({ zeroShot: zeroShotScoreSchema.nullable() });
export type ZeroShotAnswer = z.infer<typeof zeroShotAnswerSchema>;
