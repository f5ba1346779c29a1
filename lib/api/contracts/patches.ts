import { z } from 'zod';
import { idSchema, isoDateSchema, resultStateSchema } from './common';

/** What the colours of all heat maps of a set are measured by: distances to the nearest patch of another training normal. */
export const patchScaleSchema = z.object({
  /** Median and 99th percentile over the patches of the training normals, each compared with the other normals only. */
  normalMedian: z.number(),
  normalHigh: z.number(),
  /** Over all samples. */
  largest: z.number(),
  /** Normal patches in the memory. */
  memory: z.number().int(),
});
export type PatchScale = z.infer<typeof patchScaleSchema>;

/** Heat maps of a feature set. */
export const patchSetSchema = z.object({
  state: resultStateSchema,
  scale: patchScaleSchema.nullable(),
  /** Samples that have a map. */
  count: z.number().int(),
  jobId: idSchema.nullable(),
  createdAt: isoDateSchema,
});
export type PatchSet = z.infer<typeof patchSetSchema>;

/** How far each patch of a sample is from the nearest normal one. */
export const patchMapSchema = z.object({
  rows: z.number().int().positive(),
  columns: z.number().int().positive(),
  /** The part of the image that the grid covers, in fractions of its width and height; the network saw nothing of the rest. */
  area: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
  /** Row by row from the top left. */
  distances: z.array(z.number()),
  /** PatchCore's score of the whole image. */
  score: z.number(),
  scale: patchScaleSchema,
});
export type PatchMap = z.infer<typeof patchMapSchema>;

/** Null: the sample came after the maps were made, or its image could not be read. */
export const patchMapAnswerSchema = z.object({ map: patchMapSchema.nullable() });

export const startPatchMapsSchema = z.object({ projectId: idSchema, featureSetId: idSchema });
