import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';
import type { OnnxSummary } from '@/lib/inference/onnx/read-model';
import type { TextTowerFiles } from '@/lib/inference/text/text-config';
import { filesFromDisk, findWeights, readSummary, type ModelFiles, type WeightsFile } from './model-files';

/** A text tower on disk. */
export type TextFiles = {
  readonly onnx: string;
  readonly summary: OnnxSummary;
  readonly weights: readonly WeightsFile[];
  /** tokenizer.json as bytes, and what it and its neighbours say. */
  readonly tokenizer: Uint8Array;
  readonly told: TextTowerFiles;
};

/** Both towers of an image-text pair; that of images in a folder that may be written to. */
export type PairFiles = { readonly image: ModelFiles; readonly text: TextFiles };

/** SentencePiece vocabularies of 256,000 tokens are the largest known to us, 33 MB. */
const MAX_TOKENIZER_BYTES = 128 * 1024 ** 2;

/** Names of towers as transformers.js and open_clip's exporters give them. */
const textTowerNames = ['text_model.onnx', 'textual/model.onnx'];
const imageTowerNames = ['vision_model.onnx', 'visual/model.onnx'];

/**
 * Takes both towers from a folder of this machine in Hugging Face's layout (config.json, preprocessor_config.json, tokenizer.json,
 * tokenizer_config.json, onnx/vision_model.onnx, onnx/text_model.onnx); the image tower is copied into `work`.
 * @throws AssayError `model.missing` when a file is not there, `model.invalid` when one is not JSON
 */
export async function pairFromDisk(folder: string, work: string): Promise<PairFiles> {
  const names = await readdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('model.missing', `The folder ${folder} cannot be read (${cause.code}).`, { cause });
  });
  const image = path.join(folder, towerFile(names, imageTowerNames, folder, 'image tower'));
  const text = path.join(folder, towerFile(names, textTowerNames, folder, 'text tower'));
  return { text: await textFilesFromDisk(text), image: await filesFromDisk(image, work) };
}

function towerFile(names: readonly string[], wanted: readonly string[], folder: string, what: string): string {
  const slashed = names.map((name) => ({ name, path: `/${name.split(path.sep).join('/')}` }));
  for (const ending of wanted) {
    const match = slashed.find((file) => file.path.endsWith(`/${ending}`));
    if (match !== undefined) return match.name;
  }
  throw new AssayError('model.missing', `The folder ${folder} holds no ${what} (${wanted.join(' or ')}).`, { hint: 'An image-text pair is a folder as Hugging Face has it: onnx/vision_model.onnx, onnx/text_model.onnx, tokenizer.json, config.json.' });
}

/** A text tower with what lies in its folder or the one above. @throws AssayError `model.missing`, `model.invalid` */
export async function textFilesFromDisk(onnx: string): Promise<TextFiles> {
  const summary = await readSummary(onnx);
  const read = (name: string) => readBeside(onnx, name);
  const tokenizer = await read('tokenizer.json');
  if (tokenizer === undefined) throw new AssayError('model.missing', `There is no tokenizer.json beside ${path.basename(onnx)}.`, { hint: 'It is written by the tokenizers library; save the tokenizer again with its fast version (AutoTokenizer, use_fast).' });
  const [config, tokenizerConfig] = [await read('config.json'), await read('tokenizer_config.json')];
  return {
    onnx,
    summary,
    weights: await findWeights(onnx, summary),
    tokenizer,
    told: { config: parsed(config, 'config.json'), tokenizerConfig: parsed(tokenizerConfig, 'tokenizer_config.json'), tokenizer: parsed(tokenizer, 'tokenizer.json') },
  };
}

/** The file in the folder of the ONNX file, else in the folder above. */
async function readBeside(onnx: string, name: string): Promise<Uint8Array | undefined> {
  for (const folder of [path.dirname(onnx), path.dirname(path.dirname(onnx))]) {
    const file = path.join(folder, name);
    const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) continue;
    if (found.size > MAX_TOKENIZER_BYTES) throw new AssayError('model.invalid', `${name} has ${found.size} bytes; at most ${MAX_TOKENIZER_BYTES} are read.`);
    return readFile(file);
  }
  return undefined;
}

function parsed(bytes: Uint8Array | undefined, name: string): unknown {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new AssayError('model.invalid', `${name} is not JSON.`, { cause });
  }
}
