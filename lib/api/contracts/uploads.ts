import { z } from 'zod';
import { idSchema, isoDateSchema, pageQuerySchema, pageSchema, qualityLabelSchema, sampleRoleSchema, splitSchema } from './common';

/** What samples of a folder become; proposed from the layout, edited by the person. */
export const folderRoleSchema = z.object({
  role: sampleRoleSchema,
  split: splitSchema.nullable(),
  defectType: z.string().trim().max(200).nullable(),
  qualityLabel: qualityLabelSchema.nullable(),
});
export type FolderRole = z.infer<typeof folderRoleSchema>;

export const uploadFileStateSchema = z.enum(['expected', 'received', 'stored', 'duplicate', 'refused', 'cancelled']);
export type UploadFileState = z.infer<typeof uploadFileStateSchema>;

/** One line of an optional CSV/JSONL beside the images. */
export const fileMetadataSchema = z.object({
  role: sampleRoleSchema.optional(),
  qualityLabel: qualityLabelSchema.optional(),
  defectType: z.string().max(200).optional(),
  generator: z.string().max(200).optional(),
  prompt: z.string().max(2000).optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  severity: z.number().optional(),
});
export type FileMetadata = z.infer<typeof fileMetadataSchema>;

export const uploadSchema = z.object({
  id: idSchema,
  state: z.enum(['open', 'closed', 'cancelled']),
  createdAt: isoDateSchema,
  createdBy: z.string().nullable(),
  counts: z.record(uploadFileStateSchema, z.number().int()),
  bytes: z.object({ received: z.number(), total: z.number() }),
  /** Folders of images, and table files by their path. `labels`: what a table says of its rows itself, which goes before the role. */
  folders: z.array(z.object({ folder: z.string(), count: z.number().int(), role: folderRoleSchema, proposed: folderRoleSchema, labels: z.string().nullable() })),
  /** Job that decodes what was received; null until the first file is there. */
  jobId: idSchema.nullable(),
});
export type Upload = z.infer<typeof uploadSchema>;
export const uploadListSchema = z.object({ uploads: z.array(uploadSchema) });

/** Announces files (at most 500 a call) before their bytes; answers which bytes are wanted. Announcing again is harmless (resume). */
export const announceFilesSchema = z.object({
  files: z
    .array(
      z.object({
        path: z.string().min(1).max(1000),
        bytes: z.number().int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(500),
});
export const announcedFileSchema = z.object({
  id: idSchema,
  path: z.string(),
  state: uploadFileStateSchema,
  /** True when the server wants the bytes with PUT .../files/{fileId}. */
  wanted: z.boolean(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** What it became, or the sample that holds this content already. */
  sampleId: idSchema.nullable(),
});
export const announcedFilesSchema = z.object({ files: z.array(announcedFileSchema) });
export type AnnouncedFile = z.infer<typeof announcedFileSchema>;

export const uploadFileSchema = z.object({
  id: idSchema,
  path: z.string(),
  bytes: z.number(),
  state: uploadFileStateSchema,
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  sampleId: idSchema.nullable(),
});
export type UploadFile = z.infer<typeof uploadFileSchema>;
export const uploadFilePageSchema = pageSchema(uploadFileSchema);
export const uploadFileQuerySchema = pageQuerySchema.extend({ state: uploadFileStateSchema.optional() });
/** Refused files of all uploads of a project, newest first. */
export const problemFilePageSchema = pageSchema(uploadFileSchema.extend({ uploadId: idSchema, createdAt: isoDateSchema }));
