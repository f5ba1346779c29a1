import type { TextTowerConfig } from '@/lib/api/contracts/image-text';
import { writeOnnxModel } from '@/lib/inference/onnx/write-model';

const tokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'a', 'photo', 'of', 'flawless', 'damaged', 'screw', '.'];

/** A WordPiece tokenizer of eleven tokens. */
export const toyTokenizer = {
  version: '1.0',
  model: { type: 'WordPiece', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
  normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }],
    pair: [],
    special_tokens: { '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] } },
  },
  added_tokens: [],
  decoder: null,
};

export const TOY_DIM = 4;

type Options = { blind?: boolean; dim?: number; thirdToken?: boolean };

/**
 * A text tower of values per token, averaged over all tokens, the filling among them; `thirdToken`: those of the third token
 * alone; `blind`: all texts give the same. Output "rows" is averaged over the texts too.
 */
export function toyTextTower({ blind = false, dim = TOY_DIM, thirdToken = false }: Options = {}): Uint8Array {
  const values = Float32Array.from({ length: tokens.length * dim }, (_, i) => (blind ? 1 + (i % dim) : Math.sin(1 + i)));
  return writeOnnxModel({
    name: 'toy text tower',
    opset: 17,
    inputs: [{ name: 'input_ids', type: 'int64', shape: ['N', 'L'] }],
    outputs: [
      { name: 'text_embeds', type: 'float32', shape: ['N', dim] },
      { name: 'rows', type: 'float32', shape: [dim] },
    ],
    nodes: [
      { op: 'Gather', inputs: ['values', 'input_ids'], outputs: ['read'], attributes: { axis: { int: 0 } } },
      thirdToken
        ? { op: 'Gather', inputs: ['read', 'third'], outputs: ['text_embeds'], attributes: { axis: { int: 1 } } }
        : { op: 'ReduceMean', inputs: ['read'], outputs: ['text_embeds'], attributes: { axes: { ints: [1] }, keepdims: { int: 0 } } },
      { op: 'ReduceMean', inputs: ['text_embeds'], outputs: ['rows'], attributes: { axes: { ints: [0] }, keepdims: { int: 0 } } },
    ],
    initializers: [
      { name: 'values', shape: [tokens.length, dim], data: values },
      { name: 'third', shape: [], data: BigInt64Array.of(2n) },
    ],
  });
}

export const toyTextConfig: TextTowerConfig = {
  kind: 'softmax',
  logitScale: 20,
  logitBias: null,
  headSource: 'config',
  contextLength: 12,
  padTokenId: 0,
  lowerCase: false,
  specialTokens: { unknown: '[UNK]', end: null },
  ids: { name: 'input_ids', type: 'int64' },
  mask: null,
  output: 'text_embeds',
};

export const toyText = (options: Options = {}) => ({ model: toyTextTower(options), tokenizer: toyTokenizer, config: toyTextConfig });
