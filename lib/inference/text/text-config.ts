import { z } from 'zod';
import type { TextTowerConfig } from '@/lib/api/contracts/image-text';
import { AssayError } from '@/lib/errors';
import type { OnnxSummary, ReadValue } from '../onnx/read-model';
import { readTokenizerFile, tokenId } from './tokenizer-file';

/** Files beside a text tower, parsed from JSON; undefined where they are not there. */
export type TextTowerFiles = { readonly config: unknown; readonly tokenizerConfig: unknown; readonly tokenizer: unknown };

/** What the person who adds the pair says of its comparison; null leaves it to config.json. */
export type StatedHead = { readonly logitScale: number | null; readonly logitBias: number | null };

/** What CLIP's training starts with, ln(1/0.07). Configurations of trained networks still carry it, so it says nothing of them. */
const CLIP_INITIAL = 2.6592;
/** CLIP's training clips the scale at 100, and its networks end there (Radford et al. 2021, Section 2.5). */
const CLIP_SCALE = 100;
/** What SigLIP's training starts with (Zhai et al. 2023, Section 3.2); its trained values are in no configuration. */
const SIGLIP_START = { logitScale: 10, logitBias: -10 };

const configSchema = z.looseObject({
  model_type: z.string().optional(),
  /** Natural logarithm of the scale. */
  logit_scale_init_value: z.number().optional(),
  logit_bias_init_value: z.number().optional(),
  logit_bias: z.number().nullish(),
  text_config: z.looseObject({ max_position_embeddings: z.int().optional(), pad_token_id: z.int().nullish() }).optional(),
  /** Of open_clip. */
  model_cfg: z.looseObject({ text_cfg: z.looseObject({ context_length: z.int().optional() }).optional() }).optional(),
});

const tokenSchema = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]).nullish();
const tokenizerConfigSchema = z.looseObject({
  model_max_length: z.number().optional(),
  do_lower_case: z.boolean().optional(),
  pad_token: tokenSchema,
  unk_token: tokenSchema,
  eos_token: tokenSchema,
});

type Config = z.infer<typeof configSchema>;
type TokenizerConfig = z.infer<typeof tokenizerConfigSchema>;

function read<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AssayError('model.invalid', `${name} does not fit: ${issue?.path.join('.')}: ${issue?.message}.`);
}

/**
 * Reads how a text tower takes texts and how its embeddings are compared, from its graph and the files that transformers leaves
 * beside it (config.json, tokenizer.json, tokenizer_config.json).
 * @throws AssayError `model.invalid` when a file does not fit; `model.shape` when the graph is no text tower
 */
export function readTextConfig(files: TextTowerFiles, graph: Pick<OnnxSummary, 'inputs' | 'outputs'>, stated: StatedHead): TextTowerConfig {
  const config = read(configSchema, files.config, 'config.json');
  const tokens = read(tokenizerConfigSchema, files.tokenizerConfig, 'tokenizer_config.json');
  const { ids, mask } = textInputs(graph.inputs);
  return {
    ...head(config, stated),
    contextLength: contextLength(config, tokens, ids),
    padTokenId: padTokenId(files.tokenizer, config, tokens),
    lowerCase: tokens.do_lower_case ?? false,
    specialTokens: { unknown: tokens.unk_token ?? null, end: tokens.eos_token ?? null },
    ids: typed(ids),
    mask: mask === undefined ? null : typed(mask),
    output: embeddingOutput(graph.outputs),
  };
}

function head(config: Config, stated: StatedHead): Pick<TextTowerConfig, 'kind' | 'logitScale' | 'logitBias' | 'headSource'> {
  const bias = stated.logitBias ?? config.logit_bias ?? config.logit_bias_init_value ?? null;
  const { scale, headSource } = statedScale(config, stated);
  if (bias === null && !/siglip/i.test(config.model_type ?? '')) return { kind: 'softmax', logitScale: scale ?? CLIP_SCALE, logitBias: null, headSource };
  return { kind: 'sigmoid', logitScale: scale ?? SIGLIP_START.logitScale, logitBias: bias ?? SIGLIP_START.logitBias, headSource };
}

function statedScale({ logit_scale_init_value: logarithm }: Config, { logitScale }: StatedHead): { scale: number | null; headSource: TextTowerConfig['headSource'] } {
  const fromConfig = logarithm === undefined || Math.abs(logarithm - CLIP_INITIAL) < 1e-3 ? null : Math.exp(logarithm);
  const scale = logitScale ?? fromConfig;
  if (scale === null) return { scale, headSource: 'assumed' };
  if (scale > 0 && Number.isFinite(scale)) return { scale, headSource: logitScale === null ? 'config' : 'stated' };
  throw new AssayError('model.invalid', `The logit scale must be a positive number, not ${scale}.`);
}

function textInputs(inputs: readonly ReadValue[]): { ids: ReadValue; mask: ReadValue | undefined } {
  const mask = inputs.find(({ name }) => /mask/i.test(name));
  const others = inputs.filter((input) => input !== mask);
  const [ids] = others;
  const names = inputs.map(({ name }) => `"${name}"`).join(', ');
  if (ids === undefined || others.length > 1 || (ids.shape !== null && ids.shape.length !== 2)) {
    throw new AssayError('model.shape', `A text tower takes token ids of shape (texts, tokens), and a mask of the same shape at most; this network has the inputs ${names}.`, { hint: 'Of a network for images and texts take the text tower (text_model.onnx).' });
  }
  return { ids, mask };
}

function typed({ name, type }: ReadValue): { name: string; type: 'int64' | 'int32' } {
  if (type === null || type === 'int64') return { name, type: 'int64' };
  if (type === 'int32') return { name, type };
  throw new AssayError('model.shape', `Input "${name}" of the text tower wants ${type}; token ids are int64 or int32.`);
}

/** Above it a tokenizer means "no limit". */
const LARGEST_CONTEXT = 4096;

/** The graph where its shape is fixed, else the configurations, else CLIP's 77 tokens. */
function contextLength(config: Config, tokens: TokenizerConfig, { shape }: ReadValue): number {
  const fixed = shape?.[1];
  const said = [typeof fixed === 'number' ? fixed : undefined, config.text_config?.max_position_embeddings, config.model_cfg?.text_cfg?.context_length, tokens.model_max_length];
  const length = said.find((value) => value !== undefined && value >= 2 && value <= LARGEST_CONTEXT);
  return length ?? 77;
}

/** SigLIP reads the filling, so it matters: the tokenizer says it; text_config of OpenAI's networks names another token than they were trained with. */
function padTokenId(tokenizer: unknown, config: Config, { pad_token: pad }: TokenizerConfig): number {
  const file = readTokenizerFile(tokenizer);
  const named = pad === null || pad === undefined ? undefined : tokenId(file, pad);
  return file.padding?.pad_id ?? named ?? config.text_config?.pad_token_id ?? 0;
}

const embeddingNames = [/^text_embeds?$/i, /embed/i, /^pooler_output$/i];

function embeddingOutput(outputs: readonly ReadValue[]): string {
  const vectors = outputs.filter(({ shape }) => shape === null || shape.length === 2);
  for (const pattern of embeddingNames) {
    const found = vectors.find(({ name }) => pattern.test(name));
    if (found !== undefined) return found.name;
  }
  const [only, ...others] = vectors;
  if (only !== undefined && others.length === 0) return only.name;
  const names = outputs.map(({ name }) => `"${name}"`).join(', ');
  throw new AssayError('model.shape', `None of the outputs ${names} is known to be an embedding of the text.`, { hint: 'Export the tower with its projection (CLIPTextModelWithProjection), output text_embeds.' });
}
