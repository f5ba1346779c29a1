import { readFile } from 'node:fs/promises';
import type { PatchSet } from '@/lib/anomaly/detectors/patch-memory';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { preprocessSpec, type ModelManifest, type PatchSpec } from '@/lib/inference/manifest';
import { openPatchNetwork, withOutputs, type PatchProjection } from '@/lib/inference/node/patch-network';
import { seenArea, type Area } from '@/lib/inference/preprocess/seen-area';
import { decodeImage } from '@/lib/ingest/decode';

/** Patches of images, and of each image its size and the part of it that they cover. */
export type PatchFeatures = {
  readonly patches: PatchSet;
  readonly rows: number;
  readonly columns: number;
  readonly images: readonly { readonly width: number; readonly height: number; readonly area: Area }[];
  /** Decoding, resizing, network and projection together. */
  readonly seconds: number;
};

const batchSize = 4;

/** @param inner outputs of the spec that the file does not have yet */
export async function patchFeatures({ manifest, modelPath, spec, inner }: { manifest: ModelManifest; modelPath: string; spec: PatchSpec; inner: readonly string[] }, files: readonly string[], projection: PatchProjection): Promise<PatchFeatures> {
  const network = await openPatchNetwork(await withOutputs(await readFile(modelPath), inner), manifest, spec, projection);
  const { rows, columns, dim } = network;
  const perImage = rows * columns;
  const data = new Float64Array(files.length * perImage * dim);
  const images: PatchFeatures['images'][number][] = [];
  const started = performance.now();
  for (let start = 0; start < files.length; start += batchSize) {
    const decoded = await Promise.all(files.slice(start, start + batchSize).map(async (file) => decodeImage(await readFile(file))));
    data.set(await network.embedPrepared(decoded.map((image) => network.prepare(image))), start * perImage * dim);
    images.push(...decoded.map(({ width, height }) => ({ width, height, area: seenArea(preprocessSpec(manifest), width, height) })));
  }
  const seconds = (performance.now() - started) / 1000;
  await network.close();
  const points: Matrix = { data, rows: data.length / dim, cols: dim };
  return { patches: { points, perImage }, rows, columns, images, seconds };
}
