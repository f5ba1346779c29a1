import { createReadStream } from 'node:fs';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import { enqueueParityReference } from '@/lib/jobs/enqueue';
import { fingerprintSettings } from '@/lib/inference/fingerprint';
import { modelManifestSchema, type ModelManifest } from '@/lib/inference/manifest';
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
  await requireName(manifest, report.fingerprint.modelSha256, store);
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
  const present = await requireName(manifest, sha256, store);
  if (present !== null) return present;
  const total = (manifest.weights ?? []).reduce((sum, file) => sum + file.bytes, bytes);
  return store.$transaction(async (transaction) => {
    const { id } = await transaction.model.create({ data: { name: manifest.name, sha256, bytes: total, manifest, dim } });
    // So that the first extraction in a browser need not wait for it.
    await enqueueParityReference(transaction, id, 'background');
    return id;
  });
}

/** The id of the same network under that name: the same file, read in the same way. Null where the name is free. */
async function requireName(manifest: ModelManifest, sha256: string, store: Stores['store']): Promise<string | null> {
  const { name } = manifest;
  const taken = await store.model.findUnique({ where: { name } });
  if (taken === null) return null;
  if (taken.sha256 === sha256 && settingsOf(taken.manifest) === settingsOf(manifest)) return taken.id;
  const message = taken.sha256 === sha256 ? `${name} is in the library with other settings.` : `There is another model named ${name}.`;
  throw new AssayError('request.conflict', message, { hint: 'Give this one another name, in the manifest or beside it.' });
}

/** What decides numbers, with keys in the order of the schema: the database keeps them in its own. */
function settingsOf(manifest: unknown): string {
  return JSON.stringify(fingerprintSettings(modelManifestSchema.parse(manifest)));
}
