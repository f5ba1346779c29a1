/** Special tokens in the order of their ids. */
const specialTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'] as const;
const [unknownToken, endToken] = [1, 3];
/** The token that every text begins with. */
export const startToken = 2;
/** Longest text that is read, with the tokens at both ends. */
export const longestText = 64;

const alphabet = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
/** Endings that are cut off from words that the fit did not see, so that "scratches" still says scratch. */
const endings = ['s', 'es', 'ed', 'ing', 'ly', 'y', 'er', 'less', 'free'];

/** Words of a text: lower case, cut at white space, punctuation by itself, as BERT's normaliser and pre-tokeniser do. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/**
 * Vocabulary of a corpus: special tokens, single characters and endings (which stand for words never seen and carry no meaning of their own), then every word
 * of the corpus by the alphabet.
 */
export function vocabularyOf(texts: Iterable<string>): string[] {
  const words = new Set<string>();
  for (const text of texts) for (const word of wordsOf(text)) words.add(word);
  const pieces = [...alphabet, ...alphabet.map((letter) => `##${letter}`), ...endings.map((ending) => `##${ending}`)];
  return [...new Set([...specialTokens, ...pieces, ...[...words].sort()])];
}

/** A vocabulary that reads texts as the tokenizer.json of `tokenizerFiles` does. */
export class WordPieces {
  readonly #ids: ReadonlyMap<string, number>;

  constructor(readonly vocabulary: readonly string[]) {
    this.#ids = new Map(vocabulary.map((token, id) => [token, id]));
  }

  /** Ids of a text with the tokens at both ends. */
  ids(text: string): number[] {
    const pieces = wordsOf(text).flatMap((word) => this.#pieces(word));
    return [startToken, ...pieces.slice(0, longestText - 2), endToken];
  }

  /** Ids of the pieces of a word, longest first from the left; the unknown token where one is missing (WordPiece, Schuster and Nakajima 2012). */
  #pieces(word: string): number[] {
    const found: number[] = [];
    for (let start = 0; start < word.length; ) {
      let end = word.length;
      const idAt = () => this.#ids.get(`${start === 0 ? '' : '##'}${word.slice(start, end)}`);
      while (end > start && idAt() === undefined) end -= 1;
      if (end === start) return [unknownToken];
      found.push(idAt()!);
      start = end;
    }
    return found;
  }
}

/** tokenizer.json and tokenizer_config.json in the format of Hugging Face tokenizers. */
export function tokenizerFiles(vocabulary: readonly string[]): { tokenizer: object; config: object } {
  const special = (name: string, typeId: number) => ({ SpecialToken: { id: name, type_id: typeId } });
  const named = (name: string) => ({ id: name, ids: [vocabulary.indexOf(name)], tokens: [name] });
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: false, strip_accents: false, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]', 0), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]', 0)],
      pair: [special('[CLS]', 0), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]', 0), { Sequence: { id: 'B', type_id: 1 } }, special('[SEP]', 1)],
      special_tokens: { '[CLS]': named('[CLS]'), '[SEP]': named('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])) },
  };
  const config = {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    strip_accents: false,
    tokenize_chinese_chars: false,
    model_max_length: longestText,
    unk_token: '[UNK]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    model_input_names: ['input_ids', 'attention_mask'],
  };
  return { tokenizer, config };
}
