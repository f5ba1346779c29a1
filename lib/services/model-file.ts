import type { Readable } from 'node:stream';
import { AssayError } from '@/lib/errors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { networksOnly } from '@/lib/store/vectors/given-values';
import type { ServiceContext } from './context';

/** The ONNX file of an extractor. Nothing is read before `open`. @throws AssayError `model.missing` */
export async function modelFile({ store }: ServiceContext, { modelId }: { modelId: string }): Promise<{ sha256: string; bytes: number; open: () => Promise<Readable> }> {
  const model = await store.model.findFirst({ where: { id: modelId, ...networksOnly } });
  if (model === null) throw new AssayError('model.missing', 'There is no such extractor.');
  return { sha256: model.sha256, bytes: Number(model.bytes), open: () => blobStore().stream(model.sha256) };
}
