import { Tokenizer } from '@huggingface/tokenizers';
import type { TextTowerConfig } from '@/lib/api/contracts/image-text';
import { AssayError } from '@/lib/errors';
import { readTokenizerFile } from './tokenizer-file';

/** Texts as a text tower reads them. */
export type TokenisedTexts = {
  /** texts x contextLength, row-major; filled up with the padding token. */
  readonly ids: Int32Array;
  /** The same shape: 1 for tokens of the text, 0 for the filling. */
  readonly mask: Int32Array;
  /** Of each text, whether its end was left off. */
  readonly truncated: readonly boolean[];
};

export type TextTokenizer = { tokenise(texts: readonly string[]): TokenisedTexts };

type Settings = Pick<TextTowerConfig, 'contextLength' | 'padTokenId' | 'lowerCase' | 'specialTokens'>;

/**
 * Reads a tokenizer.json: CLIP's byte-level BPE, WordPiece, WordLevel, or Unigram (SentencePiece).
 * @param value parsed from JSON
 * @throws AssayError `model.invalid` when it is none, or has parts that are not known
 */
export function openTokenizer(value: unknown, settings: Settings): TextTokenizer {
  const file = readTokenizerFile(value);
  const { unknown, end } = settings.specialTokens;
  const tokenizer = construct(file, { unk_token: unknown ?? file.model.unk_token ?? undefined, eos_token: end ?? undefined });
  const encode = (text: string, special: boolean): number[] => {
    const ids = tokenizer.encode(settings.lowerCase ? text.toLowerCase() : text, { add_special_tokens: special }).ids as (number | undefined)[];
    return ids.map((id) => id ?? refuse(`The tokenizer has no token for a part of "${text}", and none for what it does not know.`));
  };
  return {
    tokenise(texts) {
      const { contextLength, padTokenId } = settings;
      const ids = new Int32Array(texts.length * contextLength).fill(padTokenId);
      const mask = new Int32Array(texts.length * contextLength);
      const truncated = texts.map((text, i) => {
        const all = encode(text, true);
        const kept = all.length <= contextLength ? all : shorten(all, encode(text, false), contextLength);
        ids.set(kept, i * contextLength);
        mask.fill(1, i * contextLength, i * contextLength + kept.length);
        return all.length > contextLength;
      });
      return { ids, mask, truncated };
    },
  };
}

function refuse(message: string): never {
  throw new AssayError('model.invalid', message);
}

function construct(file: object, config: object): Tokenizer {
  try {
    // The library wants all keys, and lets them be null.
    return new Tokenizer({ normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, ...file }, config);
  } catch (cause) {
    throw new AssayError('model.invalid', `tokenizer.json cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Leaves off the end of the text, but not the special tokens behind it: towers read the embedding there. */
function shorten(all: readonly number[], bare: readonly number[], length: number): number[] {
  const special = all.length - bare.length;
  const leading = Array.from({ length: special + 1 }, (_, i) => i).find((start) => bare.every((id, i) => all[start + i] === id)) ?? 0;
  const trailing = special - leading;
  return [...all.slice(0, length - trailing), ...all.slice(all.length - trailing, all.length)];
}
