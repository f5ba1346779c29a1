import { describe, expect, it } from 'vitest';
import type { OnnxSummary, ReadValue } from '../onnx/read-model';
import { readTextConfig } from './text-config';

const ids: ReadValue = { name: 'input_ids', type: 'int64', shape: ['N', 'L'] };
const mask: ReadValue = { name: 'attention_mask', type: 'int64', shape: ['N', 'L'] };
const hidden: ReadValue = { name: 'last_hidden_state', type: 'float32', shape: ['N', 'L', 16] };
const embeds: ReadValue = { name: 'text_embeds', type: 'float32', shape: ['N', 16] };
const pooled: ReadValue = { name: 'pooler_output', type: 'float32', shape: ['N', 16] };
const graph = (inputs = [ids], outputs = [hidden, embeds]): Pick<OnnxSummary, 'inputs' | 'outputs'> => ({ inputs, outputs });

const tokenizer = { model: { type: 'BPE', vocab: { '!': 0, '</s>': 1 } }, added_tokens: [{ id: 49407, content: '<|endoftext|>' }] };
const unsaid = { logitScale: null, logitBias: null };
const files = (config: unknown, tokenizerConfig: unknown = {}, own: unknown = tokenizer) => ({ config, tokenizerConfig, tokenizer: own });

describe('how a text tower takes texts', () => {
  it('is read as transformers writes it', () => {
    const config = { model_type: 'clip', logit_scale_init_value: 3.56, text_config: { max_position_embeddings: 77, pad_token_id: 1 } };
    const told = { pad_token: '<|endoftext|>', unk_token: { content: '<|endoftext|>' }, do_lower_case: true };
    const read = readTextConfig(files(config, told), graph([ids, mask]), unsaid);
    expect(read).toEqual({
      kind: 'softmax',
      logitScale: Math.exp(3.56),
      logitBias: null,
      headSource: 'config',
      contextLength: 77,
      // Of the tokenizer: OpenAI's text_config names a token that the network was not trained with.
      padTokenId: 49407,
      lowerCase: true,
      specialTokens: { unknown: '<|endoftext|>', end: null },
      ids: { name: 'input_ids', type: 'int64' },
      mask: { name: 'attention_mask', type: 'int64' },
      output: 'text_embeds',
    });
  });

  it("takes CLIP's 100 where the configuration carries the value that training began with, and what a person says before all", () => {
    const config = { model_type: 'clip', logit_scale_init_value: 2.6592 };
    expect(readTextConfig(files(config), graph(), unsaid)).toMatchObject({ kind: 'softmax', logitScale: 100, headSource: 'assumed', contextLength: 77 });
    expect(readTextConfig(files(undefined), graph(), unsaid)).toMatchObject({ logitScale: 100, headSource: 'assumed' });
    expect(readTextConfig(files(config), graph(), { logitScale: 50, logitBias: null })).toMatchObject({ kind: 'softmax', logitScale: 50, headSource: 'stated' });
    expect(() => readTextConfig(files(config), graph(), { logitScale: -1, logitBias: null })).toThrow(/must be a positive number/);
  });

  it('knows SigLIP by its name or its bias, and its filling by its tokenizer', () => {
    const siglip = { model_type: 'siglip', text_config: { max_position_embeddings: 64 } };
    const read = readTextConfig(files(siglip, { pad_token: '</s>', eos_token: '</s>' }), graph([ids], [hidden, pooled]), unsaid);
    expect(read).toMatchObject({ kind: 'sigmoid', logitScale: 10, logitBias: -10, headSource: 'assumed', contextLength: 64, padTokenId: 1, specialTokens: { end: '</s>' }, mask: null, output: 'pooler_output' });
    expect(readTextConfig(files({ logit_scale_init_value: 4.7, logit_bias: -12.9 }), graph(), unsaid)).toMatchObject({ kind: 'sigmoid', logitScale: Math.exp(4.7), logitBias: -12.9, headSource: 'config' });
    const padded = { ...tokenizer, padding: { pad_id: 0 } };
    expect(readTextConfig(files(siglip, { pad_token: '</s>' }, padded), graph(), unsaid).padTokenId).toBe(0);
  });

  it('takes the length that the graph fixes, and ignores one that means "no limit"', () => {
    const fixed: ReadValue = { name: 'text', type: 'int32', shape: ['N', 32] };
    expect(readTextConfig(files({ text_config: { max_position_embeddings: 77 } }), graph([fixed]), unsaid)).toMatchObject({ contextLength: 32, ids: { name: 'text', type: 'int32' } });
    expect(readTextConfig(files({}, { model_max_length: 1e30 }), graph(), unsaid).contextLength).toBe(77);
    expect(readTextConfig(files({}, { model_max_length: 24 }), graph(), unsaid).contextLength).toBe(24);
  });

  it('refuses a network that is no text tower, and says what to take', () => {
    const pixels: ReadValue = { name: 'pixel_values', type: 'float32', shape: ['N', 3, 224, 224] };
    expect(() => readTextConfig(files({}), graph([pixels]), unsaid)).toThrow(/has the inputs "pixel_values"/);
    expect(() => readTextConfig(files({}), graph([ids, pixels]), unsaid)).toThrow(/has the inputs "input_ids", "pixel_values"/);
    expect(() => readTextConfig(files({}), graph([{ ...ids, type: 'float32' }]), unsaid)).toThrow(/wants float32/);
    expect(() => readTextConfig(files({}), graph([ids], [hidden]), unsaid)).toThrow(/"last_hidden_state" is known to be an embedding/);
    expect(() => readTextConfig({ config: {}, tokenizerConfig: {}, tokenizer: [] }, graph(), unsaid)).toThrow(/tokenizer.json does not fit/);
    expect(() => readTextConfig(files({ model_type: 7 }), graph(), unsaid)).toThrow(/config.json does not fit: model_type/);
  });
});
