import { embeddedScattering, scatteringDimension } from '@/lib/inference/scattering/config';
import { scatteringInput, scatteringModel, scatteringOutput } from '@/lib/inference/scattering/graph';
import { GraphBuilder } from '@/lib/inference/onnx/graph-builder';
import type { OnnxModel } from '@/lib/inference/onnx/model';
import { writeOnnxModel } from '@/lib/inference/onnx/write-model';
import type { FittedPair } from './fit';
import { readme } from './readme';
import { longestText, tokenizerFiles } from './word-pieces';

const pixels = 'pixel_values';
/** ln of the factor of cosines in the softmax over texts. Ours: 10, because embeddings of so few places lie far apart. */
const logitScale = Math.log(10);

/** The embedded extractor with a linear map behind it: `pixel_values` (N, 3, 128, 128), RGB in [0, 1], to `image_embeds` (N, d). */
function visionTower({ image: { weights, bias } }: FittedPair): OnnxModel {
  const scattering = scatteringModel(embeddedScattering);
  const dim = weights.cols + 1;
  const matrix = new Float32Array(weights.rows * dim);
  for (let a = 0; a < weights.rows; a++) matrix.set(weights.data.subarray(a * weights.cols, (a + 1) * weights.cols), a * dim);
  const [size, features] = [embeddedScattering.size, scatteringDimension(embeddedScattering)];
  return {
    ...scattering,
    name: 'demo-pair-vision',
    inputs: [{ name: pixels, type: 'float32', shape: ['N', 3, size, size] }],
    outputs: [{ name: 'image_embeds', type: 'float32', shape: ['N', dim] }],
    nodes: [
      ...scattering.nodes.map((node) => ({ ...node, inputs: node.inputs.map((name) => (name === scatteringInput ? pixels : name)) })),
      { op: 'MatMul', inputs: [scatteringOutput, 'image_map'], outputs: ['mapped'] },
      { op: 'Add', inputs: ['mapped', 'image_bias'], outputs: ['image_embeds'] },
    ],
    initializers: [
      ...scattering.initializers,
      { name: 'image_map', shape: [features, dim], data: matrix },
      { name: 'image_bias', shape: [dim], data: Float32Array.from([...bias, 1]) },
    ],
  };
}

/** Mean of the rows of the tokens that the mask keeps: `input_ids` and `attention_mask` (N, L), int64, to `text_embeds` (N, d). */
function textTower({ tokens }: FittedPair): OnnxModel {
  const graph = new GraphBuilder();
  const table = graph.floats([tokens.rows, tokens.cols], Float32Array.from(tokens.data));
  const kept = graph.node('Unsqueeze', [graph.node('Cast', ['attention_mask'], { to: { int: 1 } }), graph.integers([2])]);
  const rows = graph.node('Mul', [graph.node('Gather', [table, 'input_ids'], { axis: { int: 0 } }), kept]);
  const sum = (value: string) => graph.node('ReduceSum', [value, graph.integers([1])], { keepdims: { int: 0 } });
  graph.node('Div', [sum(rows), sum(kept)], {}, 'text_embeds');
  const ids = { type: 'int64', shape: ['N', 'L'] } as const;
  return {
    name: 'demo-pair-text',
    opset: 17,
    inputs: [{ name: 'input_ids', ...ids }, { name: 'attention_mask', ...ids }],
    outputs: [{ name: 'text_embeds', type: 'float32', shape: ['N', tokens.cols] }],
    nodes: graph.nodes,
    initializers: graph.initializers,
  };
}

function modelConfig({ tokens, vocabulary }: FittedPair): object {
  return {
    architectures: ['CLIPModel'],
    model_type: 'clip',
    projection_dim: tokens.cols,
    logit_scale_init_value: logitScale,
    text_config: { model_type: 'clip_text_model', vocab_size: vocabulary.length, max_position_embeddings: longestText, projection_dim: tokens.cols, pad_token_id: 0, bos_token_id: 2, eos_token_id: 3 },
    vision_config: { model_type: 'clip_vision_model', image_size: embeddedScattering.size, projection_dim: tokens.cols },
  };
}

/** The preprocessing of the embedded extractor: stretched to its side, bilinear, RGB in [0, 1]. */
function preprocessorConfig(): object {
  const side = embeddedScattering.size;
  return {
    image_processor_type: 'CLIPImageProcessor',
    do_convert_rgb: true,
    do_resize: true,
    size: { height: side, width: side },
    resample: 2,
    do_center_crop: false,
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: false,
  };
}

const jsonBytes = (value: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);

/** The files of the pair by their path in its folder, in the layout of Hugging Face. The same pair gives the same bytes. */
export function pairFiles(pair: FittedPair): Record<string, Uint8Array> {
  const { tokenizer, config } = tokenizerFiles(pair.vocabulary);
  return {
    'README.md': new TextEncoder().encode(readme(pair)),
    'config.json': jsonBytes(modelConfig(pair)),
    'preprocessor_config.json': jsonBytes(preprocessorConfig()),
    'tokenizer.json': jsonBytes(tokenizer),
    'tokenizer_config.json': jsonBytes(config),
    'onnx/text_model.onnx': writeOnnxModel(textTower(pair)),
    'onnx/vision_model.onnx': writeOnnxModel(visionTower(pair)),
  };
}
