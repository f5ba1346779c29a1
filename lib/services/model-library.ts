import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Job as JobDto } from '@/lib/api/contracts/jobs';
import type { addModelSchema, downloadModelSchema, ModelCatalogue, StoredModelFile } from '@/lib/api/contracts/models';
import { recordEvent } from '@/lib/audit/record';
import { projectNotFound } from '@/lib/auth/guard';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { catalogue } from '@/lib/inference/catalogue';
import { parseHubId } from '@/lib/inference/hub/address';
import { enqueueJob, type EnqueueRequest } from '@/lib/jobs/enqueue';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { ServiceContext } from './context';
import { toJobDto } from './jobs';

const MAX_FILE_BYTES = 4 * 1024 ** 3;

/** Public networks that are known to serve. Looking at them asks nobody anything. */
export function modelCatalogue(): ModelCatalogue {
  return { hub: new URL(env().hub.baseUrl).host, entries: [...catalogue] };
}

/** Stores a file of a network until `addModel` names it. */
export async function storeModelFile(_: ServiceContext, { name, content }: { name: string; content: Readable }): Promise<StoredModelFile> {
  return { name, ...(await blobStore().putStream(content, { maxBytes: MAX_FILE_BYTES })) };
}

/**
 * Queues the download of a network from the hub; the job shows in the tray of the project.
 * @throws AssayError `parameter.invalid` for a name that no repository can have; `request.not_found` without that project
 */
export async function downloadModel(context: ServiceContext, { projectId, hub, wishes }: z.output<typeof downloadModelSchema>): Promise<JobDto> {
  const { repo, revision } = parseHubId(`${hub.repo}@${hub.revision}`);
  const origin = `hf:${repo}${revision === 'main' ? '' : `@${revision}`}`;
  return enqueue(context, origin, { kind: 'model_download', projectId, createdById: context.actor.userId, input: { hub: { ...hub, repo, revision }, wishes } });
}

/**
 * Queues the check of a network whose files were stored before.
 * @throws AssayError `model.missing` when one of them is not; `request.not_found` without that project
 */
export async function addModel(context: ServiceContext, { projectId, source, wishes }: z.output<typeof addModelSchema>): Promise<JobDto> {
  for (const { name, sha256 } of source.files) {
    if ((await blobStore().size(sha256)) === null) throw new AssayError('model.missing', `The file ${name} was not received.`, { hint: 'Send it again.' });
  }
  const origin = source.files.find(({ name }) => name.endsWith('.onnx'))?.name ?? 'without an ONNX file';
  return enqueue(context, origin, { kind: 'model_files', projectId, createdById: context.actor.userId, input: { source, wishes } });
}

async function enqueue<K extends 'model_download' | 'model_files'>({ store, actor }: ServiceContext, origin: string, request: EnqueueRequest<K>): Promise<JobDto> {
  return store.$transaction(async (transaction) => {
    // An administrator passes the guard for every project, also for one that does not exist.
    if (request.projectId === null || (await transaction.project.count({ where: { id: request.projectId } })) === 0) throw projectNotFound();
    const job = await enqueueJob(transaction, request);
    await recordEvent(transaction, { actor, projectId: null }, { type: 'model.requested', jobId: job.id, origin });
    return toJobDto(job);
  });
}
