import { z } from 'zod';

export const idSchema = z.uuid();
export const isoDateSchema = z.iso.datetime();
export const sampleRoleSchema = z.enum(['normal', 'anomaly', 'auxiliary']);
export const projectKindSchema = z.enum(['image', 'vector']);
export const splitSchema = z.enum(['train', 'test']);
export const qualityLabelSchema = z.enum(['realistic', 'indistinguishable', 'unrealistic']);
export const zoneSchema = z.enum(['realistic', 'unrealistic', 'indistinguishable']);
export const verdictSchema = z.enum(['accepted', 'rejected', 'skipped']);
export const rejectReasonSchema = z.enum(['unrealistic', 'indistinguishable', 'artefact', 'placement', 'duplicate', 'other']);
export const projectRoleSchema = z.enum(['viewer', 'inspector', 'lead']);
export const jobStateSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export const resultStateSchema = z.enum(['pending', 'ready', 'failed', 'cancelled']);

export type SampleRole = z.infer<typeof sampleRoleSchema>;
export type ProjectKind = z.infer<typeof projectKindSchema>;
export type Split = z.infer<typeof splitSchema>;
export type QualityLabel = z.infer<typeof qualityLabelSchema>;
export type Zone = z.infer<typeof zoneSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type RejectReason = z.infer<typeof rejectReasonSchema>;
export type ProjectRole = z.infer<typeof projectRoleSchema>;
export type JobState = z.infer<typeof jobStateSchema>;
export type ResultState = z.infer<typeof resultStateSchema>;

/** A keyset page: `nextCursor` is null on the last page. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export const pageQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
