import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelManifest } from '@/lib/inference/manifest';
import type { ModelSource } from '@/lib/inference/node/session';
import type { BlobStore } from '@/lib/store/blobs/port';
import { modelCopyFiles, modelCopyFolder } from '@/lib/store/model-copies';

/**
 * What a session is opened from: the bytes of the ONNX file, or, where its weights lie in files beside it, the path of
 * a copy in the data folder with these files around it. The copy is kept for the next time.
 * @throws AssayError `request.not_found` when a blob is gone; `storage.full`
 */
export async function modelSource(blobs: BlobStore, sha256: string, manifest: Pick<ModelManifest, 'weights'>): Promise<ModelSource> {
  const files = modelCopyFiles(sha256, manifest);
  if (files === undefined) return blobs.read(sha256);
  const folder = modelCopyFolder(files);
  await mkdir(folder, { recursive: true });
  for (const file of files) await materialise(blobs, file.sha256, path.join(folder, file.name));
  return path.join(folder, 'model.onnx');
}

/** Two jobs may do this at once: each writes its own file, and the last one's name wins. */
async function materialise(blobs: BlobStore, sha256: string, target: string): Promise<void> {
  const present = await stat(target).catch(() => null);
  if (present !== null && present.size === (await blobs.size(sha256))) return;
  const temporary = `${target}.${randomBytes(6).toString('hex')}`;
  await pipeline(await blobs.stream(sha256), createWriteStream(temporary, { flags: 'wx' }));
  await rename(temporary, target);
}
