import { z } from 'zod';
import { idSchema, isoDateSchema, qualityLabelSchema, rejectReasonSchema, resultStateSchema } from './common';

/** Ids of lib/synthesis/registry.ts, and DiffStyle. */
export const generatorIdSchema = z.enum(['cutpaste', 'cutpaste-scar', 'cutmix', 'draem', 'elastic', 'copy', 'diffstyle']);
export type GeneratorId = z.infer<typeof generatorIdSchema>;

/** Values by name; names and ranges are those of the generator (lib/synthesis), which are checked before anything starts. */
export const generatorParametersSchema = z.record(z.string().min(1).max(40), z.union([z.number(), z.string().max(40)]));
export type GeneratorParameters = z.infer<typeof generatorParametersSchema>;

export const MAX_GENERATED = 10_000;
export const MAX_SEED_SAMPLES = 5_000;

/** Normal samples that a batch is made of: all training normals, or some. */
export const seedSelectionSchema = z.union([z.literal('training'), z.array(idSchema).min(1).max(MAX_SEED_SAMPLES)]);
export type SeedSelection = z.infer<typeof seedSelectionSchema>;

export const startGenerationSchema = z.object({
  projectId: idSchema,
  generator: generatorIdSchema,
  parameters: generatorParametersSchema.default({}),
  count: z.number().int().min(1).max(MAX_GENERATED).default(100),
  seed: z.number().int().min(0).max(2 ** 31 - 1).default(0),
  seeds: seedSelectionSchema.default('training'),
  /** Of the chosen samples at most so many, drawn at random with the seed. */
  seedLimit: z.number().int().min(1).max(MAX_SEED_SAMPLES).nullable().default(null),
  /** Pseudo-quality that the samples get, for a batch that is made for an evaluation set. */
  qualityLabel: qualityLabelSchema.nullable().default(null),
  /** Needed by DiffStyle only. */
  diffusionModelId: idSchema.nullable().default(null),
});
export type StartGeneration = z.input<typeof startGenerationSchema>;

/** What became of a batch. STORED DATA (Generation.summary): add optional fields freely, never rename or narrow one. */
export const generationSummarySchema = z.object({
  made: z.number().int(),
  /** Images that the project had already, to the byte. */
  duplicates: z.number().int(),
  /** Images that could not be made, by reason. */
  failures: z.array(z.object({ message: z.string(), count: z.number().int() })),
  seconds: z.number(),
  /** Why a batch that a browser made failed; of others the job tells. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type GenerationSummary = z.infer<typeof generationSummarySchema>;

const zoneCountsSchema = z.object({ realistic: z.number().int(), unrealistic: z.number().int(), indistinguishable: z.number().int() });

/** What people and scores say of the samples of a batch that are there now. */
export const generationOutcomeSchema = z.object({
  accepted: z.number().int(),
  rejected: z.number().int(),
  skipped: z.number().int(),
  /** Of the rejected ones, the most frequent first. */
  reasons: z.array(z.object({ reason: rejectReasonSchema, count: z.number().int() })),
  /** Samples that the newest feature set has. */
  extracted: z.number().int(),
  /** In the run that pages show unless another is chosen; null where it has none of these samples, or there is no run. */
  scores: z.object({ runId: idSchema, evaluator: z.string(), scored: z.number().int(), meanQuality: z.number(), zones: zoneCountsSchema.nullable() }).nullable(),
});
export type GenerationOutcome = z.infer<typeof generationOutcomeSchema>;

export const generationSchema = z.object({
  id: idSchema,
  generator: generatorIdSchema,
  parameters: generatorParametersSchema,
  seed: z.number().int(),
  count: z.number().int(),
  qualityLabel: qualityLabelSchema.nullable(),
  seedCount: z.number().int(),
  /** Name of the diffusion network; null where none is used. */
  diffusionModelName: z.string().nullable(),
  /** Folder of its samples. */
  folder: z.string(),
  codeVersion: z.string(),
  state: resultStateSchema,
  /** Samples of the batch that are there now. */
  samples: z.number().int(),
  summary: generationSummarySchema.nullable(),
  outcome: generationOutcomeSchema,
  /** Null in a private project: a browser of a member makes the batch. */
  jobId: idSchema.nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});
export type Generation = z.infer<typeof generationSchema>;
export const generationListSchema = z.object({ generations: z.array(generationSchema) });

/** Seed images in the order in which a batch over all training normals with this seed and limit would take them: for previews. */
export const generationSeedsQuerySchema = z.object({
  seed: z.coerce.number().int().min(0).max(2 ** 31 - 1).default(0),
  seedLimit: z.coerce.number().int().min(1).max(MAX_SEED_SAMPLES).optional(),
});
export const generationSeedsSchema = z.object({ sampleIds: z.array(idSchema) });

/** Networks that predict noise. */
export const diffusionModelSchema = z.object({ id: idSchema, name: z.string(), sha256: z.string(), bytes: z.number().int(), width: z.number().int(), height: z.number().int(), createdAt: isoDateSchema });
export type DiffusionModel = z.infer<typeof diffusionModelSchema>;
export const diffusionModelListSchema = z.object({ models: z.array(diffusionModelSchema) });
