import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema } from './common';
import { certificateSchema } from './parity';
import { patchSetSchema } from './patches';

export const modelSchema = z.object({
  id: idSchema,
  name: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  dim: z.number().int(),
  builtIn: z.boolean(),
  /** Input size, resize, mean/std, layout, output, pooling, licence: lib/inference/manifest.ts. */
  manifest: z.unknown(),
  createdAt: isoDateSchema,
});
export type Model = z.infer<typeof modelSchema>;
export const modelListSchema = z.object({ models: z.array(modelSchema) });

export const featureSetSchema = z.object({
  id: idSchema,
  modelId: idSchema,
  modelName: z.string(),
  /** True where the vectors came in tables and no network made them. */
  given: z.boolean(),
  state: resultStateSchema,
  fingerprint: z.string(),
  runtime: z.string(),
  provider: z.string(),
  dim: z.number().int(),
  count: z.number().int(),
  /** Samples of the project that this set lacks. */
  missing: z.number().int(),
  imagesPerSecond: z.number().nullable(),
  /** Set where a browser makes or made the vectors: the proof that they are those of the server. */
  certificate: certificateSchema.nullable(),
  /** Heat maps; null where nobody has asked for them. */
  patches: patchSetSchema.nullable(),
  /** False where the network is known to have no patches to make heat maps of. */
  mayHavePatches: z.boolean(),
  jobId: idSchema.nullable(),
  createdAt: isoDateSchema,
});
export type FeatureSet = z.infer<typeof featureSetSchema>;
export const featureSetListSchema = z.object({ featureSets: z.array(featureSetSchema) });

/** `modelId` null: the vectors came with the samples, and are standardised. */
export const extractInputSchema = z.object({ projectId: idSchema, modelId: idSchema.nullable() });
