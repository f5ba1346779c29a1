import { z } from 'zod';
import { bulkTargetSchema } from './bulk';
import { idSchema } from './common';

/** The most different tags that a project can have. */
export const mostTags = 200;

export const tagSchema = z
  .string()
  .transform((text) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim())
  .pipe(z.string().min(1, 'A tag needs at least one character.').max(60, 'A tag has at most 60 characters.'));

export const tagSamplesSchema = z.object({
  projectId: idSchema,
  target: bulkTargetSchema,
  add: z.array(tagSchema).max(20).default([]),
  remove: z.array(tagSchema).max(20).default([]),
});
export type TagSamples = z.output<typeof tagSamplesSchema>;

/** How many tags were put on samples and taken off. */
export const taggedSamplesSchema = z.object({ added: z.number().int(), removed: z.number().int() });

export const tagListSchema = z.object({ tags: z.array(z.object({ tag: z.string(), count: z.number().int() })) });

/** Words to look for; a sample matches when it holds every one of them. */
export const textMatchesQuerySchema = z.object({ text: z.string().trim().min(1).max(200) });
