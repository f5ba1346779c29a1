import { z } from 'zod';

/** RFC 9457 problem document; `code` is stable and listed in lib/errors.ts. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
  requestId: z.string().optional(),
  details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** What every server action answers: production Next.js masks thrown errors, so failures are values. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; problem: Problem };
