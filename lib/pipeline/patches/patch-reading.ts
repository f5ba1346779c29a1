import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AssayError } from '@/lib/errors';
import { fingerprintSettings } from '@/lib/inference/fingerprint';
import type { ModelManifest, PatchSpec } from '@/lib/inference/manifest';
import { findPatches } from '@/lib/inference/node/find-patches';
import { withOutputs, type PatchProjection } from '@/lib/inference/node/patch-network';
import { runtimeVersion, type ModelSource } from '@/lib/inference/node/session';
import { readOnnxModel } from '@/lib/inference/onnx/read-model';
import { PREPROCESSING_VERSION } from '@/lib/inference/preprocess/preprocess';
import type { Model } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import { modelSource } from '../models/model-source';
import { heatMapParameters } from './parameters';

/** A network opened for its patches. */
export type PatchReading = {
  /** The file, with all outputs that `spec` names. */
  readonly source: ModelSource;
  readonly spec: PatchSpec;
  readonly projection: PatchProjection;
  /** Hash of everything that decides the numbers of the patches. */
  readonly fingerprint: string;
};

type Stores = Pick<PipelineContext, 'store' | 'blobs'>;

/**
 * Where a network's patches are read from: what its manifest says, else what its graph shows, which is then written to the manifest.
 * @throws AssayError `patches.none` when the network gives none
 */
export async function patchReading(model: Pick<Model, 'id' | 'sha256'>, manifest: ModelManifest, seed: number, { store, blobs }: Stores): Promise<PatchReading> {
  const source = await modelSource(blobs, model.sha256, manifest);
  const summary = readOnnxModel(typeof source === 'string' ? await readFile(source) : source);
  const spec = manifest.patches === undefined ? await findPatches(source, summary, manifest) : manifest.patches;
  if (manifest.patches === undefined) await store.model.update({ where: { id: model.id }, data: { manifest: { ...manifest, patches: spec } } });
  if (spec === null) throw noPatches(manifest.name);
  const outputs = new Set(summary.outputs.map(({ name }) => name));
  const inner = spec.outputs.map(({ name }) => name).filter((name) => !outputs.has(name));
  return { source: await withOutputs(source, inner), spec, projection: { seed, columns: heatMapParameters.columns }, fingerprint: fingerprintOf(model.sha256, manifest, spec, seed) };
}

export function noPatches(name: string): AssayError {
  return new AssayError('patches.none', `${name} gives one vector for a whole image and none for its parts.`, { hint: 'Make a feature set with another network; the embedded one, ResNets and vision transformers have patches.' });
}

function fingerprintOf(modelSha256: string, manifest: ModelManifest, spec: PatchSpec, seed: number): string {
  const { input, resize, interpolation, weights } = fingerprintSettings(manifest);
  const { version, columns } = heatMapParameters;
  const parts = [modelSha256, PREPROCESSING_VERSION, runtimeVersion(), input, resize, interpolation, weights ?? null, spec, version, seed, columns];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
