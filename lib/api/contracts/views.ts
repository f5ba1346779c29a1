import { z } from 'zod';
import { idSchema, isoDateSchema } from './common';

/** The pages whose filters can be kept. */
export const viewPageSchema = z.enum(['scores', 'map', 'review', 'samples']);
export type ViewPage = z.infer<typeof viewPageSchema>;

export const viewNameSchema = z.string().trim().min(1, 'Give the view a name.').max(80);
/** The query part of a page's address, without the question mark: the rule of a view. */
const addressSchema = z.string().max(4000).regex(/^[^#\s]*$/, 'This is no query of an address.');

/** A filter that people keep under a name: a rule, so that what it shows is always counted anew. */
export const savedViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  page: viewPageSchema,
  address: z.string(),
  createdBy: z.string().nullable(),
  createdAt: isoDateSchema,
  updatedAt: isoDateSchema,
});
export type SavedView = z.infer<typeof savedViewSchema>;
export const savedViewListSchema = z.object({ views: z.array(savedViewSchema) });

/** Without `viewId` a new view; with it the view's name, page and rule are replaced. */
export const saveViewSchema = z.object({ projectId: idSchema, viewId: idSchema.nullable().default(null), name: viewNameSchema, page: viewPageSchema, address: addressSchema });
export type SaveView = z.output<typeof saveViewSchema>;
export const removeViewSchema = z.object({ projectId: idSchema, viewId: idSchema });
