import { rm } from 'node:fs/promises';
import { toAssayError } from '@/lib/errors';
import { modelCopyFiles, modelCopyFolder } from '@/lib/store/model-copies';
import { removeUnusedBlobs } from '@/lib/store/unused-blobs';
import type { PipelineContext } from '../context';

type Context = Pick<PipelineContext, 'store' | 'blobs'> & { readonly jobId: string | null };

/** A network that was refused stays refused however often it is tried; a full disk or a stopped process may pass. */
const refused = /^(model|path|parameter|data)\.|^request\.(conflict|too_large)$/;

/**
 * Runs what takes a network out of files that were sent, and removes those of them that the library does not keep: all
 * of a refused network, and of one that was added the original, where the stored file is another. After a failure that
 * may pass they stay for the next attempt.
 * @throws whatever `take` throws
 */
export async function cleaningUp<T>(sent: readonly string[], { store, blobs, jobId }: Context, take: () => Promise<T>): Promise<T> {
  try {
    const taken = await take();
    await removeUnusedBlobs(store, blobs, sent, jobId);
    return taken;
  } catch (thrown) {
    if (refused.test(toAssayError(thrown).code)) await removeUnusedBlobs(store, blobs, sent, jobId);
    throw thrown;
  }
}

/** Removes the copies that a network with weights beside its file was tried from, where it was not added. */
export async function removeCopies(sha256: string, manifest: unknown, { store }: Pick<Context, 'store'>): Promise<void> {
  const files = modelCopyFiles(sha256, manifest);
  if (files === undefined || (await store.model.count({ where: { sha256 } })) > 0) return;
  await rm(modelCopyFolder(files), { recursive: true, force: true });
}
