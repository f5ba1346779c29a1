import { AssayError } from '@/lib/errors';
import { checkModel } from '@/lib/inference/node/check-model';
import { checkManifest } from '@/lib/inference/registry';
import type { JobResult } from '@/lib/jobs/definition';
import type { PipelineContext } from './context';
import { cleaningUp, removeCopies } from './models/clean-up';
import { modelSource } from './models/model-source';
import { saveRow } from './models/save-model';

type Request = { sha256: string; bytes: number; manifest?: unknown };
type Context = Pick<PipelineContext, 'store' | 'blobs' | 'progress'> & { readonly jobId: string | null };

/**
 * Registers an ONNX file that lies in the blob store: reads its manifest, proves by a dry run that the two fit, and
 * adds the model. A file that is refused is removed.
 * @throws AssayError `model.invalid`, `model.shape` with what does not fit; `request.conflict` when the name is taken
 */
export function registerModel(request: Request, context: Context): Promise<JobResult> {
  return cleaningUp([request.sha256], context, () => tryModel(request, context));
}

async function tryModel({ sha256, bytes, manifest }: Request, { store, blobs, progress }: Context): Promise<JobResult> {
  const checked = checkManifest(manifest, 'The manifest');
  progress({ step: 'trying the network', done: 0, total: null });
  if ((await blobs.size(sha256)) === null) throw new AssayError('model.missing', 'The file is not there any more: what is refused is not kept.', { hint: 'Send it again.' });
  try {
    const { dim } = await checkModel(await modelSource(blobs, sha256, checked), checked);
    return { modelId: await saveRow({ sha256, bytes, manifest: checked, dim }, { store }), dim };
  } catch (thrown) {
    await removeCopies(sha256, checked, { store });
    throw thrown;
  }
}
