import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openTokenizer } from './tokenizer';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const settings = { contextLength: 8, padTokenId: 0, lowerCase: false, specialTokens: { unknown: null, end: null } };
const rows = ({ ids }: { ids: Int32Array }, length: number): number[][] => Array.from({ length: ids.length / length }, (_, i) => [...ids.subarray(i * length, (i + 1) * length)]);

/** Values of a Unigram made for these tests: log probabilities decide between ways to cut a word. */
const unigram = {
  model: { type: 'Unigram', unk_id: 0, vocab: [['<unk>', 0], ['</s>', 0], ['▁a', -2], ['▁damaged', -6], ['▁dam', -4], ['aged', -4], ['▁screw', -5], ['s', -3]] },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  post_processor: { type: 'TemplateProcessing', single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }], pair: [], special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } } },
  added_tokens: [{ id: 1, content: '</s>', special: true }],
};

const vocab = { '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, a: 4, photo: 5, of: 6, 'scratch': 7, '##ed': 8, screw: 9 };
const template = {
  type: 'TemplateProcessing',
  single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }],
  pair: [],
  special_tokens: { '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] } },
};
const wordPiece = {
  model: { type: 'WordPiece', vocab, unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: template,
  added_tokens: [],
};

describe('tokenizers', () => {
  it('cuts words into pieces (WordPiece), with what it does not know as one token', () => {
    const seen = openTokenizer(wordPiece, settings).tokenise(['A photo of scratched screw', 'zebra', '']);
    expect(rows(seen, 8)).toEqual([
      [2, 4, 5, 6, 7, 8, 9, 3],
      [2, 1, 3, 0, 0, 0, 0, 0],
      [2, 3, 0, 0, 0, 0, 0, 0],
    ]);
    expect([...seen.mask.subarray(8, 16)]).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
    expect(seen.truncated).toEqual([false, false, false]);
  });

  it('takes the most likely cut (Unigram), as SigLIP does', () => {
    const seen = openTokenizer(unigram, { ...settings, padTokenId: 1 }).tokenise(['a damaged screws']);
    expect(rows(seen, 8)).toEqual([[2, 3, 6, 7, 1, 1, 1, 1]]);
  });

  it('takes whole words (WordLevel)', () => {
    const words = { ...wordPiece, model: { type: 'WordLevel', vocab, unk_token: '[UNK]' } };
    expect(rows(openTokenizer(words, settings).tokenise(['a zebra photo']), 8)).toEqual([[2, 4, 1, 5, 3, 0, 0, 0]]);
  });

  it('leaves off the end of a long text, keeps the end token, and tells', () => {
    const seen = openTokenizer(wordPiece, settings).tokenise(['a photo of a screw of a photo', 'a photo of a screw a']);
    expect(rows(seen, 8)).toEqual([
      [2, 4, 5, 6, 4, 9, 6, 3],
      [2, 4, 5, 6, 4, 9, 4, 3],
    ]);
    expect(seen.truncated).toEqual([true, false]);
  });

  it('lower-cases where the configuration wants it and the tokenizer does not', () => {
    const cased = { ...wordPiece, normalizer: null };
    expect(rows(openTokenizer(cased, settings).tokenise(['Photo']), 8)[0]).toEqual([2, 1, 3, 0, 0, 0, 0, 0]);
    expect(rows(openTokenizer(cased, { ...settings, lowerCase: true }).tokenise(['Photo']), 8)[0]).toEqual([2, 5, 3, 0, 0, 0, 0, 0]);
  });

  it('refuses what is no tokenizer, parts that are not known, and words without any token', () => {
    expect(() => openTokenizer({ vocab: {} }, settings)).toThrow(/tokenizer.json does not fit: model/);
    expect(() => openTokenizer({ ...wordPiece, normalizer: { type: 'Alien' } }, settings)).toThrow(/cannot be used: Unknown Normalizer type: Alien/);
    const silent = openTokenizer({ ...wordPiece, model: { type: 'WordLevel', vocab: { a: 0 } }, post_processor: null }, settings);
    expect(() => silent.tokenise(['a zebra'])).toThrow(/no token for a part of "a zebra"/);
  });
});

const folder = path.resolve('../shared/models/vit-tiny-clip-shaped');
const present = existsSync(folder);

describe(present ? "CLIP's tokenizer" : "CLIP's tokenizer (skipped: ../shared/models/vit-tiny-clip-shaped is not there)", () => {
  it.skipIf(!present)("gives OpenAI's ids", () => {
    const tokenizer = openTokenizer(JSON.parse(readFileSync(path.join(folder, 'tokenizer.json'), 'utf8')), { ...settings, contextLength: 77, padTokenId: 49407 });
    const [row] = rows(tokenizer.tokenise(['a photo of a cat.']), 77);
    expect(row!.slice(0, 8)).toEqual([49406, 320, 1125, 539, 320, 2368, 269, 49407]);
    expect(row!.slice(8).every((id) => id === 49407)).toBe(true);
  });
});
