import { z } from 'zod';
import { idSchema } from './common';
import { generationSummarySchema, MAX_GENERATED } from './generators';

/*
 * Synthetic anomalies of private projects: a browser makes and keeps them. The server learns what it learns of added images, and
 * what was drawn.
 */

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const sideSchema = z.number().int().min(1).max(100_000);

/** Most images of one call. */
export const GENERATED_PER_CALL = 20;

/** A synthetic anomaly that a browser made, without its pixels. */
export const generatedImageSchema = z.strictObject({
  index: z.number().int().min(0).max(MAX_GENERATED - 1),
  /** Of the PNG file. */
  sha256: sha256Schema,
  bytes: z.number().int().min(1),
  width: sideSchema,
  height: sideSchema,
  /** Of the mask as PNG; null where nothing was changed. */
  maskSha256: sha256Schema.nullable(),
  /** Places in the plan's list of seed samples, the one that was changed first. */
  parents: z.array(z.number().int().min(0)).min(1).max(2),
  /** What the generator drew, by name. */
  drawn: z.record(z.string().max(40), z.union([z.number(), z.string().max(40)])),
  /** WebP of at most 256 pixels, in base64; only where the project sends thumbnails. */
  thumbnail: z.base64().max(100_000).nullable(),
});
export type GeneratedImage = z.infer<typeof generatedImageSchema>;
export const storeGeneratedSchema = z.object({ images: z.array(generatedImageSchema).min(1).max(GENERATED_PER_CALL) });

/** Under which sample each image is to be kept; null where the project has the same file already. */
export const storedGeneratedSchema = z.object({ samples: z.array(z.object({ index: z.number().int(), sampleId: idSchema.nullable() })) });

/** What a browser needs to make a batch, or what is not made of it yet, or what it lacks. */
export const generationPlanSchema = z.object({
  seedSampleIds: z.array(idSchema),
  made: z.array(z.object({ index: z.number().int(), sampleId: idSchema, sha256: z.string() })),
});
export type GenerationPlan = z.infer<typeof generationPlanSchema>;

/** Ends a batch that was made; the server counts its samples itself. */
export const generationResultSchema = generationSummarySchema.pick({ duplicates: true, failures: true, seconds: true });
export type GenerationResult = z.infer<typeof generationResultSchema>;
