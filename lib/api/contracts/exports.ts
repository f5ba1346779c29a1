import { z } from 'zod';
import { idSchema, isoDateSchema, rejectReasonSchema, resultStateSchema, sampleRoleSchema, verdictSchema, zoneSchema } from './common';

const rangeSchema = z.tuple([z.number().nullable(), z.number().nullable()]);

/** What the gallery shows: the same rule filters the screen, is counted on the button and is frozen in the export. */
export const rankingFilterSchema = z
  .object({
    roles: z.array(sampleRoleSchema).optional(),
    zones: z.array(zoneSchema).optional(),
    /** null in the list means: not decided yet. */
    verdicts: z.array(verdictSchema.nullable()).optional(),
    reasons: z.array(rejectReasonSchema).optional(),
    defectTypes: z.array(z.string()).optional(),
    quality: rangeSchema.optional(),
    probability: rangeSchema.optional(),
    density: rangeSchema.optional(),
    rarity: rangeSchema.optional(),
    /** Words that the texts of a sample all hold, in any case: file name, folder, defect type, generator, prompt, tags and notes of decisions. */
    text: z.string().trim().min(1).max(200).optional(),
    /** Any of these tags. */
    tags: z.array(z.string().min(1).max(60)).max(200).optional(),
    generators: z.array(z.string().min(1).max(200)).max(200).optional(),
    /** Ids of generations. */
    batches: z.array(idSchema).max(500).optional(),
    /** Ids of the people whose verdicts stand. */
    reviewers: z.array(z.string().min(1).max(100)).max(200).optional(),
  })
  .strict();
export type RankingFilter = z.infer<typeof rankingFilterSchema>;

export const exportRuleSchema = z.object({ runId: idSchema.nullable(), filter: rankingFilterSchema });
export type ExportRule = z.infer<typeof exportRuleSchema>;

/**
 * What an export is written as. 'folder': the files in MVTec/anomalib layout; 'csv', 'jsonl', 'parquet': a table with a row
 * per sample; 'coco', 'fiftyone': images with labels as those programs read them; 'list': a path per line; 'report': a
 * page that tells of the curation.
 */
export const exportFormatSchema = z.enum(['folder', 'csv', 'jsonl', 'parquet', 'coco', 'fiftyone', 'list', 'report']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** What all decisions of a project can be written as. */
export const decisionLogFormatSchema = z.enum(['csv', 'jsonl']);
export type DecisionLogFormat = z.infer<typeof decisionLogFormatSchema>;

export const startExportSchema = exportRuleSchema.extend({ projectId: idSchema, format: exportFormatSchema.default('folder'), /** A past time whose decisions count instead of today's. */ at: isoDateSchema.optional() });
export const exportCountSchema = z.object({ count: z.number().int() });

export const exportSchema = z.object({
  id: idSchema,
  state: resultStateSchema,
  format: exportFormatSchema,
  rule: exportRuleSchema,
  cutOffAt: isoDateSchema,
  count: z.number().int(),
  sha256: z.string().nullable(),
  bytes: z.number().nullable(),
  expiresAt: isoDateSchema.nullable(),
  jobId: idSchema.nullable(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
});
export type Export = z.infer<typeof exportSchema>;
export const exportListSchema = z.object({ exports: z.array(exportSchema) });

/** What became of a zip that a browser of a private project wrote. */
export const endExportSchema = z.object({
  projectId: idSchema,
  exportId: idSchema,
  outcome: z.discriminatedUnion('state', [
    z.object({ state: z.literal('ready'), sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().positive() }),
    z.object({ state: z.enum(['cancelled', 'failed']) }),
  ]),
});
export type EndExport = z.infer<typeof endExportSchema>;
