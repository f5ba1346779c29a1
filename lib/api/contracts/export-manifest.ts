import { z } from 'zod';
import { idSchema, isoDateSchema, qualityLabelSchema, rejectReasonSchema, sampleRoleSchema, splitSchema, verdictSchema, zoneSchema } from './common';
import { exportRuleSchema } from './exports';

/** Raised when a reader of older manifests would misread a new one. */
export const MANIFEST_VERSION = 1;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** One exported sample. */
export const manifestFileSchema = z.object({
  path: z.string(),
  sha256: sha256Schema,
  bytes: z.number().int(),
  mask: z.object({ path: z.string(), sha256: sha256Schema, bytes: z.number().int() }).nullable(),
  sampleId: idSchema,
  role: sampleRoleSchema,
  split: splitSchema.nullable(),
  defectType: z.string().nullable(),
  qualityLabel: qualityLabelSchema.nullable(),
  generator: z.string().nullable(),
  prompt: z.string().nullable(),
  parameters: z.unknown(),
  severity: z.number().nullable(),
  /** Tags that were on it at the cut-off and still were when the manifest was written; absent where it had none. */
  tags: z.array(z.string()).optional(),
  /** Pixels; null of a feature vector, whose values are the row of `vectors.csv` that `path` names. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Of the image, or 'vector'. */
  format: z.string(),
  /** Where it lay when it was uploaded. */
  original: z.object({ folder: z.string(), fileName: z.string() }),
  /** In the run of this export; null where the run did not score it, or there is none. */
  score: z
    .object({
      quality: z.number(),
      probability: z.number().nullable(),
      density: z.number().nullable(),
      rarity: z.number().nullable(),
      zone: zoneSchema.nullable(),
      spread: z.unknown(),
      coveringSpheres: z.number().int().nullable(),
      gap: z.number().nullable(),
    })
    .nullable(),
  /** The latest decision at the cut-off; null when there was none. `runId`: the scores that were shown. */
  decision: z
    .object({
      verdict: verdictSchema.nullable(),
      reason: rejectReasonSchema.nullable(),
      note: z.string().nullable(),
      version: z.number().int(),
      userId: z.string(),
      userName: z.string().nullable(),
      decidedAt: isoDateSchema,
      runId: idSchema.nullable(),
    })
    .nullable(),
});
export type ManifestFile = z.infer<typeof manifestFileSchema>;

/** Everything of a manifest but its files. */
export const manifestHeadSchema = z.object({
  format: z.literal('assay-export'),
  formatVersion: z.literal(MANIFEST_VERSION),
  writtenBy: z.string(),
  exportId: idSchema,
  project: z.object({ id: idSchema, name: z.string(), objectName: z.string() }),
  /** Decisions up to this moment count. */
  cutOffAt: isoDateSchema,
  rule: exportRuleSchema,
  run: z
    .object({
      id: idSchema,
      evaluator: z.string(),
      preset: z.string(),
      parameters: z.unknown(),
      seed: z.number().int(),
      codeVersion: z.string(),
      createdAt: isoDateSchema,
      summary: z.unknown(),
      features: z.object({ id: idSchema, fingerprint: z.string(), parts: z.unknown(), model: z.string(), modelSha256: z.string() }),
    })
    .nullable(),
  count: z.number().int(),
});
export type ManifestHead = z.infer<typeof manifestHeadSchema>;

/** `manifest.json` of an export: what was chosen, by which rule, from which scores and decisions. */
export const manifestSchema = manifestHeadSchema.extend({ files: z.array(manifestFileSchema) });
export type Manifest = z.infer<typeof manifestSchema>;

/** A file as the server lists it for a browser that writes the zip: of masks that stay in browsers it does not know the size. */
export const listedFileSchema = manifestFileSchema.extend({ mask: z.object({ path: z.string(), sha256: sha256Schema }).nullable() });
export type ListedFile = z.infer<typeof listedFileSchema>;

/** A manifest before the sizes of the masks are known. */
export const exportListingSchema = manifestHeadSchema.extend({ files: z.array(listedFileSchema) });
export type ExportListing = z.infer<typeof exportListingSchema>;
