import { z } from 'zod';
import { qualityLabelTerms, rejectReasonTerms, sampleRoleTerms, verdictTerms, zoneTerms } from './terms';

export const idSchema = z.uuid();
export const isoDateSchema = z.iso.datetime();
export const sampleRoleSchema = z.enum(sampleRoleTerms);
export const projectKindSchema = z.enum(['image', 'vector']);
export const splitSchema = z.enum(['train', 'test']);
export const qualityLabelSchema = z.enum(qualityLabelTerms);
export const zoneSchema = z.enum(zoneTerms);
export const verdictSchema = z.enum(verdictTerms);
export const rejectReasonSchema = z.enum(rejectReasonTerms);
export const projectRoleSchema = z.enum(['viewer', 'inspector', 'lead']);
export const jobStateSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export const resultStateSchema = z.enum(['pending', 'ready', 'failed', 'cancelled']);

export type { QualityLabel, RejectReason, SampleRole, Verdict, Zone } from './terms';
export type ProjectKind = z.infer<typeof projectKindSchema>;
export type Split = z.infer<typeof splitSchema>;
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
