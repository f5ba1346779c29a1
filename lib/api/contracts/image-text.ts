import { z } from 'zod';
import { idSchema, isoDateSchema } from './common';

/** How a number of the comparison is known: said by the person who added the pair, read in config.json, or what networks of its kind have. */
const headSources = ['stated', 'config', 'assumed'] as const;

const textInputSchema = z.strictObject({ name: z.string().min(1).max(200), type: z.enum(['int64', 'int32']) });

/**
 * How texts go into a text tower, and how its embeddings are compared with those of images.
 * STORED DATA (TextTower.config): add optional fields freely, never rename or narrow one.
 */
export const textTowerConfigSchema = z.strictObject({
  /** CLIP: softmax over the texts; SigLIP: a sigmoid per text. */
  kind: z.enum(['softmax', 'sigmoid']),
  /** Factor of the cosine (not its logarithm). */
  logitScale: z.number().positive(),
  /** Of a sigmoid; null of a softmax, where it cancels out. */
  logitBias: z.number().nullable(),
  headSource: z.enum(headSources),
  /** Tokens that the tower reads; longer texts lose their end, shorter ones are filled up. */
  contextLength: z.int().min(2).max(4096),
  padTokenId: z.int().nonnegative(),
  /** Texts are lower-cased before the tokenizer, where it does not do so itself. */
  lowerCase: z.boolean(),
  /** Tokens that stand for what the tokenizer does not know and for the end of a text; null where it has none. */
  specialTokens: z.strictObject({ unknown: z.string().nullable(), end: z.string().nullable() }),
  ids: textInputSchema,
  /** Attention mask: 1 for tokens of the text. Null where the tower has none. */
  mask: textInputSchema.nullable(),
  /** Name of the output that is the embedding. */
  output: z.string().min(1).max(200),
});
export type TextTowerConfig = z.infer<typeof textTowerConfigSchema>;

/** An image-text pair of the library. */
export const textTowerSchema = z.object({
  id: idSchema,
  /** The image tower: a model of the library whose feature sets hold image embeddings. */
  modelId: idSchema,
  name: z.string(),
  dim: z.number().int(),
  /** Of the text tower, with its weights and tokenizer. */
  bytes: z.number().int(),
  /** Numbers of weights; null where a file does not tell. */
  parameters: z.object({ image: z.number().int().nullable(), text: z.number().int().nullable() }),
  head: z.object({ kind: z.enum(['softmax', 'sigmoid']), logitScale: z.number(), logitBias: z.number().nullable(), source: z.enum(headSources) }),
  contextLength: z.number().int(),
  /** Made to show how prompts are chosen; knows the demo products only. */
  isDemonstration: z.boolean(),
  licence: z.string(),
  createdAt: isoDateSchema,
});
export type TextTowerDto = z.infer<typeof textTowerSchema>;

export const textTowerListSchema = z.object({ textTowers: z.array(textTowerSchema) });
