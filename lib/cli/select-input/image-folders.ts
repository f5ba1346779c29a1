import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { splitSupport } from '@/lib/anomaly/selection/support-split';
import { AssayError } from '@/lib/errors';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { builtInModels, type BuiltInModel } from '@/lib/inference/registry';
import { decodeImage } from '@/lib/ingest/decode';
import { builtInFolder } from '@/lib/pipeline/built-in-models';
import type { PipelineContext } from '@/lib/pipeline/context';
import { planImage } from '@/lib/synthesis/plan';
import { synthesise } from '@/lib/synthesis/synthesise';
import { imageFiles } from '../score-input/image-files';
import type { SelectionData } from './selection-data';

export type SelectionFolders = {
  readonly normal: string;
  /** Synthetic anomalies that are there already; else the generator makes them. */
  readonly synthetic: string | undefined;
  readonly generator: string;
  readonly perSeed: number;
  readonly realNormal: string | undefined;
  /** Its subfolders are the defect types. */
  readonly realAnomaly: string | undefined;
  /** A folder of model folders, each with model.onnx and manifest.json. */
  readonly models: string | undefined;
  readonly seed: number;
  readonly seedCount: number | undefined;
};

type Context = Pick<PipelineContext, 'signal' | 'progress'>;
export type Refusal = { readonly file: string; readonly code: string; readonly message: string };

/** Images in a fixed order; each is made when it is asked for. */
type Images = { readonly what: string; readonly names: readonly string[]; load(index: number): Promise<RgbImage> };

export type FolderSelection = { readonly extractors: readonly SelectionData[]; readonly supportFiles: readonly string[]; readonly refused: readonly Refusal[] };

/**
 * Vectors of all images by every extractor: the embedded one and those of the models folder. Files that are no images are named in `refused`
 * and on stderr; the rest proceeds.
 */
export async function selectionFromFolders(folders: SelectionFolders, context: Context): Promise<FolderSelection> {
  const refused: Refusal[] = [];
  const usable = async (what: string, folder: string | undefined) => (folder === undefined ? undefined : usableImages(what, folder, refused, context));
  const support = (await usable('normals', folders.normal))!;
  const given = await usable('synthetic anomalies', folders.synthetic);
  const normals = await usable('real normals', folders.realNormal);
  const anomalies = await usable('real anomalies', folders.realAnomaly);
  const synthetic = given ?? made(support, folders);
  const defectTypes = anomalies === undefined ? null : typesOf(anomalies.names);
  const extractors: SelectionData[] = [];
  for (const model of [...(await builtInModels(builtInFolder)), ...(await modelsOf(folders.models))]) {
    const extractor = await openExtractor(model.modelPath, model.manifest);
    try {
      const embed = (images: Images) => embedAll(extractor, images, context);
      const real = normals === undefined || anomalies === undefined ? null : { anomalies: await embed(anomalies), normals: await embed(normals), defectTypes };
      extractors.push({ name: model.manifest.name, parameters: await parametersOf(model), support: await embed(support), synthetic: await embed(synthetic), real });
    } finally {
      await extractor.close();
    }
  }
  return { extractors, supportFiles: support.names, refused };
}

async function modelsOf(folder: string | undefined): Promise<BuiltInModel[]> {
  if (folder === undefined) return [];
  return builtInModels(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause instanceof AssayError) throw cause;
    throw new AssayError('model.missing', `${folder} cannot be read as a folder of models (${cause.code}).`, { hint: 'Each model is a folder with model.onnx and manifest.json.', cause });
  });
}

/** What the manifest says, else as many weights in float32 as fit into the file. */
async function parametersOf({ manifest, modelPath }: BuiltInModel): Promise<number> {
  return manifest.parameters ?? Math.round((await stat(modelPath)).size / 4);
}

/** Lists the images of a folder and leaves out those that cannot be decoded. */
async function usableImages(what: string, folder: string, refused: Refusal[], { signal }: Context): Promise<Images> {
  const names: string[] = [];
  for (const name of await imageFiles(folder)) {
    if (signal.aborted) throw new AssayError('job.cancelled', 'The selection was cancelled.');
    try {
      await decodeImage(await readFile(path.join(folder, name)));
      names.push(name);
    } catch (thrown) {
      if (!(thrown instanceof AssayError)) throw thrown;
      const refusal = { file: path.join(folder, name), code: thrown.code, message: thrown.message };
      refused.push(refusal);
      process.stderr.write(`refused ${refusal.file}: ${refusal.message}\n`);
    }
  }
  if (names.length === 0) throw new AssayError('data.too_few_rows', `There is no usable image in ${folder}.`);
  return { what, names, load: async (index) => decodeImage(await readFile(path.join(folder, names[index]!))) };
}

/** Synthetic anomalies of the seed images; the held-out normals take no part. */
function made(support: Images, { generator, perSeed, seed, seedCount }: SelectionFolders): Images {
  const { seeds } = splitSupport(support.names.length, { seed, seedCount });
  const count = perSeed * seeds.length;
  return {
    what: 'synthetic anomalies',
    names: Array.from({ length: count }, (_, i) => `${generator}-${i}`),
    async load(index) {
      const { parent, other } = planImage(seed, index, seeds.length);
      const material = { image: await support.load(seeds[parent]!), other: other === null ? undefined : await support.load(seeds[other]!) };
      return synthesise({ generator, parameters: {}, seed }, index, material).image;
    },
  };
}

/** Names of the folders that hold the files; null where none lies in a folder. */
function typesOf(names: readonly string[]): readonly (string | null)[] | null {
  const types = names.map((name) => (path.dirname(name) === '.' ? null : path.dirname(name)));
  return types.every((type) => type === null) ? null : types;
}

/** Images that are decoded and go through the network together. */
const BATCH = 8;

async function embedAll(extractor: Extractor, { what, names, load }: Images, { signal, progress }: Context): Promise<Matrix> {
  const { dim } = extractor;
  const data = new Float64Array(names.length * dim);
  for (let start = 0; start < names.length; start += BATCH) {
    if (signal.aborted) throw new AssayError('job.cancelled', 'The selection was cancelled.');
    const images = await Promise.all(names.slice(start, start + BATCH).map((_, i) => load(start + i)));
    const vectors = await extractor.embed(images);
    const bad = vectors.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new AssayError('data.not_finite', `${extractor.manifest.name} gave NaN or infinite values for ${names[start + Math.floor(bad / dim)]}.`);
    data.set(vectors, start * dim);
    progress({ step: `${extractor.manifest.name}: ${what}`, done: start + images.length, total: names.length, unit: 'images' });
  }
  return createMatrix(data, names.length, dim);
}
