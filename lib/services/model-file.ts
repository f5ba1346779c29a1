import type { Readable } from 'node:stream';
import { AssayError } from '@/lib/errors';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Model } from '@/lib/store/generated/client';
import { networksOnly } from '@/lib/store/vectors/given-values';
import type { ServiceContext } from './context';

/** A file of a network. Nothing is read before `open`. */
export type ModelFile = { sha256: string; bytes: number; open: () => Promise<Readable> };

/** The ONNX file of an extractor. @throws AssayError `model.missing` */
export async function modelFile(context: ServiceContext, { modelId }: { modelId: string }): Promise<ModelFile> {
  const { sha256 } = await requireNetwork(context, modelId);
  return stored(sha256);
}

/** A file of weights that an extractor's ONNX file names beside itself. @throws AssayError `model.missing` */
export async function modelWeights(context: ServiceContext, { modelId, name }: { modelId: string; name: string }): Promise<ModelFile> {
  const { weights = [] } = modelManifestSchema.parse((await requireNetwork(context, modelId)).manifest);
  const file = weights.find((candidate) => candidate.name === name);
  if (file === undefined) throw new AssayError('model.missing', 'This extractor has no such file of weights.');
  return stored(file.sha256);
}

async function requireNetwork({ store }: ServiceContext, modelId: string): Promise<Model> {
  const model = await store.model.findFirst({ where: { id: modelId, ...networksOnly } });
  if (model === null) throw new AssayError('model.missing', 'There is no such extractor.');
  return model;
}

/** The row of a network counts its weights in; the length of an answer is that of one file. */
async function stored(sha256: string): Promise<ModelFile> {
  const bytes = await blobStore().size(sha256);
  if (bytes === null) throw new AssayError('model.missing', 'The file of this extractor is gone from the store.', { hint: 'Add the network again.' });
  return { sha256, bytes, open: () => blobStore().stream(sha256) };
}
