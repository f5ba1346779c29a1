import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { copyFile, constants, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';
import { readOnnxModel, type OnnxSummary } from '@/lib/inference/onnx/read-model';
import type { ModelConfigurations } from '@/lib/inference/preprocessor-config';

/** Largest network that is taken, its weights together. */
export const MAX_MODEL_BYTES = 4 * 1024 ** 3;

/** A file of weights beside an ONNX file. */
export type WeightsFile = { readonly name: string; readonly path: string; readonly sha256: string; readonly bytes: number };

/** A network on disk, in a folder that may be written to. */
export type ModelFiles = {
  readonly onnx: string;
  readonly summary: OnnxSummary;
  readonly weights: readonly WeightsFile[];
  readonly configurations: ModelConfigurations;
  /** Where it came from, for the manifest. */
  readonly source: string;
  /** What it is called when nobody names it. */
  readonly name: string;
};

const configurationNames = { preprocessor: 'preprocessor_config.json', config: 'config.json', openClip: 'preprocess_cfg.json' } as const;
/** Names of image towers in the order in which they are looked for. */
const usualNames = ['vision_model.onnx', 'model.onnx'];

/** Reads a file's structure. @throws AssayError `model.missing`, `model.invalid`, `request.too_large` */
export async function readSummary(file: string): Promise<OnnxSummary> {
  const { size } = await statOf(file);
  if (size > 2 ** 31) throw new AssayError('request.too_large', `${path.basename(file)} has ${size} bytes; an ONNX file has at most 2 GB, larger networks keep their weights beside it.`);
  return readOnnxModel(await readFile(file));
}

/**
 * Files of weights that the graph names, in the folder of the ONNX file.
 * @throws AssayError `model.missing` when one is not there; `path.unsafe` when the graph points elsewhere
 */
export async function findWeights(onnx: string, { externalFiles }: OnnxSummary): Promise<WeightsFile[]> {
  return Promise.all(
    externalFiles.map(async (name) => {
      if (path.basename(name) !== name || name.startsWith('.')) throw new AssayError('path.unsafe', `${path.basename(onnx)} keeps weights in "${name}", which is not a file beside it.`);
      const file = path.join(path.dirname(onnx), name);
      const { size } = await statOf(file).catch((cause: unknown) => {
        throw new AssayError('model.missing', `${path.basename(onnx)} keeps weights in ${name}, which is not beside it.`, { hint: 'Give the whole folder.', cause });
      });
      return { name, path: file, sha256: await sha256OfFile(file), bytes: size };
    }),
  );
}

/** Configurations in the folder of the ONNX file, else in the folder above. @throws AssayError `model.invalid` when one is not JSON */
export async function readConfigurations(onnx: string): Promise<ModelConfigurations> {
  const folders = [path.dirname(onnx), path.dirname(path.dirname(onnx))];
  const entries = await Promise.all(
    Object.entries(configurationNames).map(async ([key, name]) => {
      for (const folder of folders) {
        const text = await readFile(path.join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined;
          throw error;
        });
        if (text !== undefined) return [key, parseJson(text, name)] as const;
      }
      return undefined;
    }),
  );
  return Object.fromEntries(entries.filter((entry) => entry !== undefined));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AssayError('model.invalid', `${name} is not JSON.`, { cause });
  }
}

/** The ONNX file that a person means by a file or a folder. @throws AssayError `model.missing` */
export async function findOnnx(given: string): Promise<string> {
  if (!(await statOf(given)).isDirectory()) return given;
  const names = await readdir(given, { recursive: true });
  const files = names.filter((name) => name.endsWith('.onnx')).sort();
  for (const usual of usualNames) {
    const match = files.find((name) => path.basename(name) === usual);
    if (match !== undefined) return path.join(given, match);
  }
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return path.join(given, only);
  const found = files.length === 0 ? 'no ONNX file' : `several ONNX files (${files.slice(0, 8).join(', ')})`;
  throw new AssayError('model.missing', `The folder ${given} holds ${found}.`, { hint: 'Name the file.' });
}

/**
 * Takes a network from a file or folder on this machine, copied into `work` so that nothing of the person's is changed.
 * @throws AssayError `model.missing`, `model.invalid`
 */
export async function filesFromDisk(given: string, work: string): Promise<ModelFiles> {
  const original = await findOnnx(given);
  const summary = await readSummary(original);
  const weights = await findWeights(original, summary);
  requireTotal((await statOf(original)).size, weights);
  const onnx = path.join(work, 'model.onnx');
  await copyFile(original, onnx, constants.COPYFILE_FICLONE);
  for (const { name, path: from } of weights) await copyFile(from, path.join(work, name), constants.COPYFILE_FICLONE);
  return {
    onnx,
    summary,
    weights: weights.map((file) => ({ ...file, path: path.join(work, file.name) })),
    configurations: await readConfigurations(original),
    source: `file ${path.basename(original)}`,
    name: nameOf(original),
  };
}

/** "model.onnx" says nothing; its folder does. */
function nameOf(onnx: string): string {
  const stem = path.basename(onnx, '.onnx');
  if (!/^(vision_)?model(_\w+)?$/.test(stem)) return stem;
  const parents = path.resolve(onnx).split(path.sep).slice(0, -1).filter((part) => part !== 'onnx' && part !== 'visual');
  return parents.at(-1) ?? stem;
}

/** @throws AssayError `request.too_large` */
export function requireTotal(onnxBytes: number, weights: readonly { readonly bytes: number }[]): void {
  const total = weights.reduce((sum, { bytes }) => sum + bytes, onnxBytes);
  if (total > MAX_MODEL_BYTES) throw new AssayError('request.too_large', `The network has ${total} bytes with its weights; at most ${MAX_MODEL_BYTES} are taken.`, { hint: 'Choose a smaller network or a smaller precision.' });
}

async function statOf(file: string): Promise<Stats> {
  try {
    return await stat(file);
  } catch (thrown) {
    throw new AssayError('model.missing', `The file ${file} cannot be read (${(thrown as NodeJS.ErrnoException).code}).`, { cause: thrown });
  }
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 ** 2 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
