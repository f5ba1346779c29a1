import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import { builtInModels, defaultModelId, parseManifest } from '@/lib/inference/registry';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import type { ModelManifest } from '@/lib/inference/manifest';
import { builtInFolder } from '@/lib/pipeline/built-in-models';
import type { PipelineContext } from '@/lib/pipeline/context';
import { extractImages } from '@/lib/pipeline/extraction/extract-images';
import { planNow, startEmbedding, type Embedding } from '@/lib/pipeline/extraction/threads';
import { imageFiles } from './image-files';
import type { ScoreInput } from './score-input';

export type Folders = {
  readonly normal: string;
  readonly anomaly: string | undefined;
  readonly auxiliary: string;
  readonly network: { readonly model: string; readonly manifest: string } | undefined;
};

type Context = Pick<PipelineContext, 'signal' | 'progress'>;
type Refusal = ScoreInput['refused'][number];
type Listed = { readonly folder: string; readonly what: string; readonly all: readonly string[] };
type Embedded = { readonly vectors: Matrix; readonly files: readonly string[] };

type Network = { readonly extractor: Extractor; readonly embedding: Embedding; readonly close: () => Promise<void> };

/** Starting threads costs more than it saves for fewer images. */
const FEWEST_FOR_THREADS = 48;

/** As in a feature set of a project. */
const BATCH_IMAGES = 4;

/** As many as a covering sphere needs: a centre and a neighbour. */
const FEWEST_NORMALS = 2;

/**
 * Extracts features of the images in each folder (subfolders included, in the order of their paths). Files that are no
 * images are named in `refused` and on stderr; the rest proceeds.
 */
export async function fromFolders(folders: Folders, context: Context): Promise<ScoreInput> {
  // All folders are looked at before the first image is: a misspelt one should not cost the work on the others.
  const normals = await list(folders.normal, 'normals');
  const anomalies = folders.anomaly === undefined ? undefined : await list(folders.anomaly, 'real anomalies');
  const candidates = await list(folders.auxiliary, 'auxiliary anomalies');
  const images = [normals, anomalies, candidates].reduce((sum, listed) => sum + (listed?.all.length ?? 0), 0);
  const network = await openNetwork(folders.network, images);
  const { extractor } = network;
  try {
    const refused: Refusal[] = [];
    const embed = (listed: Listed) => embedFolder(network, listed, refused, context);
    const normal = await embed(normals);
    if (normal.vectors.rows < FEWEST_NORMALS) {
      throw new AssayError('data.too_few_rows', `There is ${normal.vectors.rows} usable image of a normal in ${folders.normal}; at least ${FEWEST_NORMALS} are needed.`);
    }
    const anomaly = anomalies === undefined ? undefined : await embed(anomalies);
    const auxiliary = await embed(candidates);
    const rows = normal.vectors.rows + (anomaly?.vectors.rows ?? 0);
    const train = new Float64Array(rows * extractor.dim);
    train.set(normal.vectors.data);
    if (anomaly !== undefined) train.set(anomaly.vectors.data, normal.vectors.data.length);
    return {
      train: createMatrix(train, rows, extractor.dim),
      labels: new Uint8Array(rows).fill(1, normal.vectors.rows),
      auxiliary: auxiliary.vectors,
      auxiliaryFiles: auxiliary.files,
      fingerprint: extractor.fingerprint,
      refused,
    };
  } finally {
    await network.close();
  }
}

async function list(folder: string, what: string): Promise<Listed> {
  return { folder, what, all: await imageFiles(folder) };
}

/** Opens the network, in the threads that a worker would use where there are images enough for them. */
async function openNetwork(given: Folders['network'], images: number): Promise<Network> {
  const { model, manifest } = await chosenModel(given);
  const { size } = await stat(model).catch(() => ({ size: 0 }));
  const plan = images < FEWEST_FOR_THREADS ? null : planNow({ cores: availableParallelism(), modelBytes: size, provider: 'cpu' });
  const extractor = await openExtractor(model, manifest, plan === null ? {} : { threads: plan.networkThreads });
  const embedding = await startEmbedding(plan, model, manifest, extractor);
  const close = async () => {
    await embedding.close();
    await extractor.close();
  };
  return { extractor, embedding, close };
}

async function chosenModel(given: Folders['network']): Promise<{ model: string; manifest: ModelManifest }> {
  if (given !== undefined) {
    const text = await readFile(given.manifest, 'utf8').catch((cause: unknown) => {
      throw new AssayError('model.missing', `The manifest ${given.manifest} cannot be read.`, { cause });
    });
    return { model: given.model, manifest: parseManifest(text, given.manifest) };
  }
  const embedded = (await builtInModels(builtInFolder)).find(({ manifest }) => manifest.id === defaultModelId);
  if (embedded === undefined) throw new AssayError('model.missing', 'The embedded extractor is not in public/models.');
  return { model: embedded.modelPath, manifest: embedded.manifest };
}

async function embedFolder({ extractor, embedding }: Network, { folder, what, all }: Listed, refused: Refusal[], context: Context): Promise<Embedded> {
  const files: string[] = [];
  const parts: Float32Array[] = [];
  let done = 0;
  const advance = (count: number) => {
    done += count;
    context.progress({ step: `extracting features of ${what}`, done, total: all.length, unit: 'images' });
  };
  await extractImages(embedding, all, {
    dim: extractor.dim,
    read: (file) => readFile(path.join(folder, file)),
    batchSize: extractor.fixedBatch ?? BATCH_IMAGES,
    onBatch: ({ items, vectors }) => {
      files.push(...items);
      parts.push(vectors);
      advance(items.length);
    },
    onFailure: (file, error) => {
      const refusal = { file: path.join(folder, file), code: error.code, message: error.message };
      refused.push(refusal);
      process.stderr.write(`refused ${refusal.file}: ${refusal.message}\n`);
      advance(1);
    },
    signal: context.signal,
  });
  if (files.length === 0) throw new AssayError('data.too_few_rows', `There is no usable image in ${folder}.`);
  return { vectors: matrixOf(parts, files.length, extractor.dim), files };
}

function matrixOf(parts: readonly Float32Array[], rows: number, dim: number): Matrix {
  const data = new Float64Array(rows * dim);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return createMatrix(data, rows, dim);
}
