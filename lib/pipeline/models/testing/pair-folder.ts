import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeOnnxModel } from '@/lib/inference/onnx/write-model';
import { TOY_DIM, toyTextTower, toyTokenizer } from '@/lib/inference/text/testing/toy-text';

/** An image tower that averages the plane of 16 x 16 pixels and maps three channels to the embedding; its other output is no embedding. */
function toyImageTower(): Uint8Array {
  return writeOnnxModel({
    name: 'toy image tower',
    opset: 17,
    inputs: [{ name: 'pixel_values', type: 'float32', shape: ['N', 3, 16, 16] }],
    outputs: [
      { name: 'features', type: 'float32', shape: ['N', 3] },
      { name: 'image_embeds', type: 'float32', shape: ['N', TOY_DIM] },
    ],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['pixel_values'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['features'] },
      { op: 'MatMul', inputs: ['features', 'projection'], outputs: ['image_embeds'] },
    ],
    initializers: [{ name: 'projection', shape: [3, TOY_DIM], data: Float32Array.from({ length: 3 * TOY_DIM }, (_, i) => Math.cos(i)) }],
  });
}

/** Files of a small image-text pair in Hugging Face's layout, by path. */
export function pairFiles({ textDim = TOY_DIM, blind = false }: { textDim?: number; blind?: boolean } = {}): Record<string, string | Buffer> {
  return {
    'config.json': JSON.stringify({ model_type: 'clip', logit_scale_init_value: 3, text_config: { max_position_embeddings: 12 } }),
    'preprocessor_config.json': JSON.stringify({ size: { height: 16, width: 16 }, resample: 2, do_normalize: false }),
    'tokenizer.json': JSON.stringify(toyTokenizer),
    'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'BertTokenizer', pad_token: '[PAD]', unk_token: '[UNK]', model_max_length: 12 }),
    'onnx/vision_model.onnx': Buffer.from(toyImageTower()),
    'onnx/text_model.onnx': Buffer.from(toyTextTower({ dim: textDim, blind })),
  };
}

/** Writes such a pair into a folder. @returns the folder */
export async function pairFolder(folder: string, files = pairFiles()): Promise<string> {
  await mkdir(path.join(folder, 'onnx'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  return folder;
}
