import { z } from 'zod';
import {
  idSchema,
  isoDateSchema,
  pageQuerySchema,
  qualityLabelSchema,
  rejectReasonSchema,
  sampleRoleSchema,
  splitSchema,
  verdictSchema,
} from './common';

/** A feature of a vector beside the mean of its nearest training normals; `difference` is in standard deviations. */
export const vectorFeatureSchema = z.object({ name: z.string(), value: z.number(), normal: z.number(), difference: z.number() });
export type VectorFeature = z.infer<typeof vectorFeatureSchema>;

/** Slim row: what a grid tile or a table line needs. No bytes, no vectors. */
export const sampleRowSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  folder: z.string(),
  role: sampleRoleSchema,
  split: splitSchema.nullable(),
  defectType: z.string().nullable(),
  /** Of a normal: it takes part in nothing that is computed from now on. */
  excluded: z.boolean(),
  qualityLabel: qualityLabelSchema.nullable(),
  /** Pixels; null of a vector. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  hasMask: z.boolean(),
  /** Of a vector: up to 5 features that differ most from its nearest training normals, the largest difference first; empty until they are computed. Null of an image. */
  features: z.array(vectorFeatureSchema).nullable(),
});
export type SampleRow = z.infer<typeof sampleRowSchema>;

export const sampleSchema = sampleRowSchema.extend({
  sha256: z.string(),
  format: z.string(),
  bytes: z.number().int(),
  generator: z.string().nullable(),
  prompt: z.string().nullable(),
  parameters: z.unknown().nullable(),
  severity: z.number().nullable(),
  tags: z.array(z.string()),
  createdAt: isoDateSchema,
  state: z
    .object({
      verdict: verdictSchema.nullable(),
      reason: rejectReasonSchema.nullable(),
      version: z.number().int(),
      userName: z.string().nullable(),
      updatedAt: isoDateSchema,
    })
    .nullable(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** All values of a vector, with mean and standard deviation of the training rows once they are known. */
export const sampleVectorSchema = z.object({
  columns: z.array(z.string()),
  values: z.array(z.number()),
  means: z.array(z.number()).nullable(),
  deviations: z.array(z.number()).nullable(),
});
export type SampleVector = z.infer<typeof sampleVectorSchema>;

export const sampleFilterSchema = z.object({
  role: sampleRoleSchema.optional(),
  defectType: z.string().max(200).optional(),
  folder: z.string().max(1000).optional(),
  /** Words that file name, folder, defect type, generator, prompt and tags hold, in any case. */
  q: z.string().max(200).optional(),
  tag: z.string().min(1).max(60).optional(),
  /** Excluded ones only. */
  excluded: z.literal('only').optional(),
});
export type SampleFilter = z.infer<typeof sampleFilterSchema>;
export const sampleListQuerySchema = pageQuerySchema.extend(sampleFilterSchema.shape);

/** Rows for what is on the screen: up to 500 ids at once, POST because of their length. */
export const sampleRowsQuerySchema = z.object({ ids: z.array(idSchema).min(1).max(500) });

/** Up to 500 hashes of files at once. */
export const samplesByHashSchema = z.object({ hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1).max(500) });

export const sampleFacetsSchema = z.object({
  total: z.number().int(),
  roles: z.object({ normal: z.number().int(), anomaly: z.number().int(), auxiliary: z.number().int() }),
  defectTypes: z.array(z.object({ value: z.string(), count: z.number().int() })),
  folders: z.array(z.object({ value: z.string(), role: sampleRoleSchema, count: z.number().int() })),
  refusedFiles: z.number().int(),
});
export type SampleFacets = z.infer<typeof sampleFacetsSchema>;

/** `thumbnail`: WebP, at most 256 px. `view`: any browser shows it. `original`: the uploaded bytes, as a download. `mask`: PNG. */
export const imageVariantSchema = z.enum(['thumbnail', 'view', 'original', 'mask']);
export type ImageVariant = z.infer<typeof imageVariantSchema>;

/** Which samples a bulk change means: a list (5,000 ids fit into an action's body), or everything that matches a filter. */
export const sampleSelectionSchema = z.union([
  z.object({ ids: z.array(idSchema).min(1).max(5000) }),
  z.object({ filter: sampleFilterSchema }),
]);
export type SampleSelection = z.infer<typeof sampleSelectionSchema>;

export const sampleChangeSchema = z.object({
  role: sampleRoleSchema.optional(),
  split: splitSchema.nullable().optional(),
  defectType: z.string().trim().max(200).nullable().optional(),
  qualityLabel: qualityLabelSchema.nullable().optional(),
  /** Of normals only: takes them out of everything that is computed from now on, or brings them back. */
  excluded: z.boolean().optional(),
});
export type SampleChange = z.infer<typeof sampleChangeSchema>;
