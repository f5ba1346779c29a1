import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import { builtInModels, defaultModelId, parseManifest } from '@/lib/inference/registry';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import { extractFeatures } from '@/lib/inference/node/extract-features';
import { decodeImage } from '@/lib/ingest/decode';
import { builtInFolder } from '@/lib/pipeline/built-in-models';
import type { PipelineContext } from '@/lib/pipeline/context';
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
type Embedded = { readonly vectors: Matrix; readonly files: readonly string[] };

/**
 * Extracts features of the images in each folder (subfolders included, in the order of their paths). Files that are no
 * images are named in `refused` and on stderr; the rest proceeds.
 */
export async function fromFolders(folders: Folders, context: Context): Promise<ScoreInput> {
  const extractor = await openNetwork(folders.network);
  try {
    const refused: Refusal[] = [];
    const embed = (folder: string, what: string) => embedFolder(extractor, folder, what, refused, context);
    const normal = await embed(folders.normal, 'normals');
    const anomaly = folders.anomaly === undefined ? undefined : await embed(folders.anomaly, 'real anomalies');
    const auxiliary = await embed(folders.auxiliary, 'auxiliary anomalies');
    const anomalies = anomaly?.vectors.rows ?? 0;
    const train = new Float64Array((normal.vectors.rows + anomalies) * extractor.dim);
    train.set(normal.vectors.data);
    if (anomaly !== undefined) train.set(anomaly.vectors.data, normal.vectors.data.length);
    return {
      train: createMatrix(train, normal.vectors.rows + anomalies, extractor.dim),
      labels: new Uint8Array(normal.vectors.rows + anomalies).fill(1, normal.vectors.rows),
      auxiliary: auxiliary.vectors,
      auxiliaryFiles: auxiliary.files,
      fingerprint: extractor.fingerprint,
      refused,
    };
  } finally {
    await extractor.close();
  }
}

async function openNetwork(network: Folders['network']): Promise<Extractor> {
  if (network !== undefined) {
    const text = await readFile(network.manifest, 'utf8').catch((cause: unknown) => {
      throw new AssayError('model.missing', `The manifest ${network.manifest} cannot be read.`, { cause });
    });
    return openExtractor(network.model, parseManifest(text, network.manifest));
  }
  const embedded = (await builtInModels(builtInFolder)).find(({ manifest }) => manifest.id === defaultModelId);
  if (embedded === undefined) throw new AssayError('model.missing', 'The embedded extractor is not in public/models.');
  return openExtractor(embedded.modelPath, embedded.manifest);
}

async function embedFolder(extractor: Extractor, folder: string, what: string, refused: Refusal[], context: Context): Promise<Embedded> {
  const all = await imageFiles(folder);
  const files: string[] = [];
  const parts: Float32Array[] = [];
  let done = 0;
  const advance = (count: number) => {
    done += count;
    context.progress({ step: `extracting features of ${what}`, done, total: all.length, unit: 'images' });
  };
  await extractFeatures(extractor, all, {
    load: async (file) => decodeImage(await readFile(path.join(folder, file))),
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
