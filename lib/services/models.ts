import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Model as ModelDto, modelListSchema } from '@/lib/api/contracts/features';
import { recordEvent } from '@/lib/audit/record';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Model } from '@/lib/store/generated/client';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { deleteModel } from '@/lib/store/models';
import { removeUnusedBlobs } from '@/lib/store/unused-blobs';
import { networksOnly } from '@/lib/store/vectors/given-values';
import type { ServiceContext } from './context';
import { jobOutcome } from './job-outcome';

const MAX_MODEL_BYTES = 4 * 1024 ** 3;

/** Registered extractors: the built-in first (before the pair that shows how prompts are chosen), then by name. */
export async function listModels({ store }: ServiceContext): Promise<z.infer<typeof modelListSchema>> {
  const models = await store.model.findMany({ where: networksOnly, include: { textTower: { select: { isDemonstration: true } } }, orderBy: [{ builtIn: 'desc' }, { name: 'asc' }] });
  const isShown = (model: (typeof models)[number]): boolean => model.textTower?.isDemonstration === true;
  const [shown, used] = [models.filter(isShown), models.filter((model) => !isShown(model))];
  const own = used.filter(({ builtIn }) => builtIn);
  return { models: [...own, ...shown, ...used.filter(({ builtIn }) => !builtIn)].map(toModelDto) };
}

/**
 * Stores an ONNX file and lets a worker check it against its manifest by a dry run; answers the model, or why it does
 * not fit (`model.invalid`, `model.shape`).
 */
export async function registerModel(
  { store, actor, signal }: ServiceContext,
  { manifest, model }: { manifest: unknown; model: Readable },
): Promise<ModelDto> {
  const { sha256, bytes } = await blobStore().putStream(model, { maxBytes: MAX_MODEL_BYTES });
  const job = await store.$transaction((transaction) =>
    enqueueJob(transaction, { kind: 'model', projectId: null, createdById: actor.userId, input: { sha256, bytes, manifest } }),
  );
  const { modelId } = (await jobOutcome(store, job.id, signal)) as { modelId: string };
  const registered = await store.model.findUniqueOrThrow({ where: { id: modelId } });
  await recordEvent(store, { actor, projectId: null }, { type: 'model.registered', modelId, name: registered.name });
  return toModelDto(registered);
}

/** Removes an extractor that no feature set was made with. */
export async function removeModel({ store, actor }: ServiceContext, { modelId }: { modelId: string }): Promise<{ done: true }> {
  const files = await store.$transaction(async (transaction) => {
    const deleted = await deleteModel(transaction, { id: modelId });
    await recordEvent(transaction, { actor, projectId: null }, { type: 'model.removed', modelId, name: deleted.name });
    return deleted.files;
  });
  await removeUnusedBlobs(store, blobStore(), files);
  return { done: true };
}

function toModelDto(model: Model): ModelDto {
  const { id, name, sha256, bytes, dim, builtIn, manifest, createdAt } = model;
  return { id, name, sha256, bytes: Number(bytes), dim, builtIn, manifest, createdAt: createdAt.toISOString() };
}
