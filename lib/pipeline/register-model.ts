import { checkModel } from '@/lib/inference/node/check-model';
import { checkManifest } from '@/lib/inference/registry';
import type { JobResult } from '@/lib/jobs/definition';
import type { PipelineContext } from './context';
import { modelSource } from './models/model-source';
import { saveRow } from './models/save-model';

/**
 * Registers an ONNX file that lies in the blob store: reads its manifest, proves by a dry run that the two fit, and
 * adds the model.
 * @throws AssayError `model.invalid`, `model.shape` with what does not fit; `request.conflict` when the name is taken
 */
export async function registerModel(
  { sha256, bytes, manifest }: { sha256: string; bytes: number; manifest?: unknown },
  { store, blobs, progress }: Pick<PipelineContext, 'store' | 'blobs' | 'progress'>,
): Promise<JobResult> {
  const checked = checkManifest(manifest, 'The manifest');
  progress({ step: 'trying the network', done: 0, total: null });
  const { dim } = await checkModel(await modelSource(blobs, sha256, checked), checked);
  return { modelId: await saveRow({ sha256, bytes, manifest: checked, dim }, { store }), dim };
}
