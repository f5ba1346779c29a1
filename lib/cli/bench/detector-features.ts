import { readFile } from 'node:fs/promises';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { PatchSet } from '@/lib/anomaly/detectors/patch-memory';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { preprocessSpec } from '@/lib/inference/manifest';
import { openSession } from '@/lib/inference/node/session';
import { createPreprocessor } from '@/lib/inference/preprocess/preprocess';
import { blockLengths, blockNames, embeddedScattering } from '@/lib/inference/scattering/config';
import { decodeImage } from '@/lib/ingest/decode';
import type { BenchNetwork } from './networks';

/** Vectors of images and, from the same pass, vectors of their patches. */
export type ImageFeatures = { readonly vectors: Matrix; readonly patches: PatchSet };

const batchSize = 8;
type Output = { readonly data: Float32Array; readonly dims: readonly number[] };
type Outputs = Readonly<Record<string, Output>>;

/** Mean over 3 x 3 neighbours of a map's channel at (y, x), without what lies outside; PatchCore's local aggregation. */
function localMean(data: Float32Array, plane: number, side: number, y: number, x: number): number {
  let sum = 0;
  let count = 0;
  for (let v = Math.max(0, y - 1); v <= Math.min(side - 1, y + 1); v += 1) {
    for (let u = Math.max(0, x - 1); u <= Math.min(side - 1, x + 1); u += 1) {
      sum += data[plane + v * side + u]!;
      count += 1;
    }
  }
  return sum / count;
}

/** Patches of one image out of maps (N, channels, side, side): local means, larger maps averaged to the side of the last one. */
function mapPatches(maps: readonly Output[], image: number): { values: Float64Array; dim: number } {
  const side = maps[maps.length - 1]!.dims[2]!;
  const dim = maps.reduce((sum, { dims }) => sum + dims[1]!, 0);
  const values = new Float64Array(side * side * dim);
  let column = 0;
  for (const { data, dims } of maps) {
    const [, channels, wide] = dims as [number, number, number, number];
    const step = wide / side;
    for (let c = 0; c < channels; c += 1, column += 1) {
      const plane = (image * channels + c) * wide * wide;
      for (let p = 0; p < side * side; p += 1) {
        let sum = 0;
        for (let q = 0; q < step * step; q += 1) {
          sum += localMean(data, plane, wide, Math.floor(p / side) * step + Math.floor(q / step), (p % side) * step + (q % step));
        }
        values[p * dim + column] = sum / (step * step);
      }
    }
  }
  return { values, dim };
}

/** The patch tokens of a transformer (N, 1 + patches, dim), without the class token. */
function tokenPatches({ data, dims }: Output, image: number): { values: Float64Array; dim: number } {
  const [, tokens, dim] = dims as [number, number, number];
  return { values: Float64Array.from(data.subarray((image * tokens + 1) * dim, (image + 1) * tokens * dim)), dim };
}

/** The cells that the scattering vector is pooled over: value i of a block belongs to cell i mod cells; blocks of the whole image are left out. */
function cellPatches({ data, dims }: Output, image: number): { values: Float64Array; dim: number } {
  const vector = data.subarray(image * dims[1]!, (image + 1) * dims[1]!);
  const lengths = blockLengths(embeddedScattering);
  const cells = embeddedScattering.grid ** 2;
  const rows: number[][] = Array.from({ length: cells }, () => []);
  let start = 0;
  for (const name of blockNames) {
    if (name !== 'textureGlobal' && name !== 'covariance') for (let i = 0; i < lengths[name]; i += 1) rows[i % cells]!.push(vector[start + i]!);
    start += lengths[name];
  }
  return { values: Float64Array.from(rows.flat()), dim: rows[0]!.length };
}

function patchesOf({ patches, manifest }: BenchNetwork, outputs: Outputs, image: number): { values: Float64Array; dim: number } {
  if (patches.kind === 'maps') return mapPatches(patches.names.map((name) => outputs[name]!), image);
  return patches.kind === 'tokens' ? tokenPatches(outputs[patches.name]!, image) : cellPatches(outputs[manifest.output.name]!, image);
}

function outputNames({ manifest, patches }: BenchNetwork): string[] {
  const more = patches.kind === 'maps' ? patches.names : patches.kind === 'tokens' ? [patches.name] : [];
  return [manifest.output.name, ...more];
}

async function run(session: InferenceSession, network: BenchNetwork, pixels: Float32Array, dims: readonly number[]): Promise<Outputs> {
  const results = await session.run({ [network.manifest.input.name]: new Tensor('float32', pixels, dims) }, outputNames(network));
  return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, { data: tensor.data as Float32Array, dims: tensor.dims }]));
}

/** Vectors and patch vectors of all files from one pass each through the network. */
export async function imageFeatures(network: BenchNetwork, files: readonly string[]): Promise<ImageFeatures> {
  const session = await openSession(network.modelPath);
  const preprocessor = createPreprocessor(preprocessSpec(network.manifest));
  const vectors: Float64Array[] = [];
  const patches: Float64Array[] = [];
  let patchDim = 0;
  for (let start = 0; start < files.length; start += batchSize) {
    const batch = files.slice(start, start + batchSize);
    const pixels = new Float32Array(batch.length * preprocessor.length);
    const images = await Promise.all(batch.map(async (file) => decodeImage(await readFile(file))));
    images.forEach((image, i) => preprocessor.run(image, pixels, i * preprocessor.length));
    const outputs = await run(session, network, pixels, [batch.length, ...preprocessor.shape]);
    const features = outputs[network.manifest.output.name]!;
    const dim = features.data.length / batch.length;
    for (let i = 0; i < batch.length; i += 1) {
      vectors.push(Float64Array.from(features.data.subarray(i * dim, (i + 1) * dim)));
      const { values, dim: width } = patchesOf(network, outputs, i);
      patches.push(values);
      patchDim = width;
    }
  }
  await session.release();
  return { vectors: stacked(vectors, vectors[0]!.length), patches: { points: stacked(patches, patchDim), perImage: patches[0]!.length / patchDim } };
}

function stacked(parts: readonly Float64Array[], cols: number): Matrix {
  const data = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return { data, rows: data.length / cols, cols };
}
