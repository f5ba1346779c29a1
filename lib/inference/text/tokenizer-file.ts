import { z } from 'zod';
import { AssayError } from '@/lib/errors';

const addedTokenSchema = z.looseObject({ id: z.int(), content: z.string() });

/** Token to id (BPE, WordPiece, WordLevel), or pairs of token and log probability in the order of ids (Unigram). */
type Vocabulary = Record<string, number> | [string, number][];

/** Looked at from outside only: there may be hundreds of thousands of entries, and every id that comes out is checked. */
const vocabularySchema = z.custom<Vocabulary>((value) => typeof value === 'object' && value !== null, 'no vocabulary');

const tokenizerFileSchema = z.looseObject({
  model: z.looseObject({ type: z.string().optional(), vocab: vocabularySchema, unk_token: z.string().nullish() }),
  added_tokens: z.array(addedTokenSchema).nullish().transform((tokens) => tokens ?? []),
  padding: z.looseObject({ pad_id: z.int().optional() }).nullish(),
});

/** tokenizer.json as Hugging Face's tokenizers write it. */
export type TokenizerFile = z.infer<typeof tokenizerFileSchema>;

/** @throws AssayError `model.invalid` when it has another form */
export function readTokenizerFile(value: unknown): TokenizerFile {
  const parsed = tokenizerFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AssayError('model.invalid', `tokenizer.json does not fit: ${issue?.path.join('.')}: ${issue?.message}.`);
}

/** The id of a token; undefined where the vocabulary lacks it. */
export function tokenId({ model, added_tokens }: TokenizerFile, token: string): number | undefined {
  const added = added_tokens.find(({ content }) => content === token);
  if (added !== undefined) return added.id;
  if (!Array.isArray(model.vocab)) return model.vocab[token];
  const index = model.vocab.findIndex(([content]) => content === token);
  return index < 0 ? undefined : index;
}
