import { createReadStream } from 'node:fs';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import type { ModelManifest } from '@/lib/inference/manifest';
import type { PipelineContext } from '../context';
import { MAX_MODEL_BYTES, type ModelFiles } from './model-files';
import type { PreparedModel } from './prepare-model';

type Stores = Pick<PipelineContext, 'store' | 'blobs'>;

/**
 * Saves a network that `prepareModel` has proven: its files as blobs, its manifest as a row.
 * @throws AssayError `request.conflict` when another network has its name; `storage.full`
 */
export async function saveModel(files: ModelFiles, prepared: PreparedModel, { store, blobs }: Stores): Promise<JobResult> {
  const { manifest, report, proposals } = prepared;
  await requireName(manifest.name, report.fingerprint.modelSha256, store);
  for (const { path, sha256 } of files.weights) {
    if ((await blobs.size(sha256)) === null) await blobs.putStream(createReadStream(path), { expected: sha256, maxBytes: MAX_MODEL_BYTES });
  }
  const { sha256, bytes } = await blobs.putStream(createReadStream(prepared.onnx), { expected: report.fingerprint.modelSha256, maxBytes: MAX_MODEL_BYTES });
  const modelId = await saveRow({ sha256, bytes, manifest, dim: report.dim }, { store });
  return { modelId, name: manifest.name, dim: report.dim, output: manifest.output, proposals };
}

/**
 * Adds the row of a network whose files are stored and checked; the same network under the same name is one row.
 * @returns its id
 * @throws AssayError `request.conflict` when another network has its name
 */
export async function saveRow({ sha256, bytes, manifest, dim }: { sha256: string; bytes: number; manifest: ModelManifest; dim: number }, { store }: Pick<Stores, 'store'>): Promise<string> {
  const present = await requireName(manifest.name, sha256, store);
  if (present !== null) return present;
  const total = (manifest.weights ?? []).reduce((sum, file) => sum + file.bytes, bytes);
  const { id } = await store.model.create({ data: { name: manifest.name, sha256, bytes: total, manifest, dim } });
  return id;
}

async function requireName(name: string, sha256: string, store: Stores['store']): Promise<string | null> {
  const taken = await store.model.findUnique({ where: { name } });
  if (taken !== null && taken.sha256 !== sha256) {
    throw new AssayError('request.conflict', `There is another model named ${name}.`, { hint: 'Give this one another name, in the manifest or beside it.' });
  }
  return taken?.id ?? null;
}
