import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileSource, ModelWishes } from '@/lib/api/contracts/models';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import type { PipelineContext } from '../context';
import { checkImages } from './check-images';
import { cleaningUp } from './clean-up';
import { filesFromDisk } from './model-files';
import { prepareModel } from './prepare-model';
import { saveModel } from './save-model';

type Context = Omit<PipelineContext, 'logger'> & { readonly projectId: string | null; readonly jobId: string | null };

type Request = { source: FileSource; wishes: ModelWishes };

/**
 * Adds a network whose files were sent from a browser and lie in the blob store. What the library does not keep of them
 * is removed.
 * @throws AssayError `model.missing` without an ONNX file, and as `prepareModel` and `saveModel`
 */
export function addFiles(request: Request, context: Context): Promise<JobResult> {
  return cleaningUp(request.source.files.map(({ sha256 }) => sha256), context, () => takeFiles(request, context));
}

async function takeFiles({ source, wishes }: Request, context: Context): Promise<JobResult> {
  for (const { name, sha256 } of source.files) {
    if ((await context.blobs.size(sha256)) === null) throw new AssayError('model.missing', `The file ${name} is not there any more: what is refused is not kept.`, { hint: 'Add the network again.' });
  }
  const onnx = source.files.filter(({ name }) => name.endsWith('.onnx'));
  const [only, ...others] = onnx;
  if (only === undefined || others.length > 0) throw new AssayError('model.missing', `One ONNX file is needed, ${onnx.length} were sent.`, { hint: 'Choose the file, or a folder that holds one.' });
  const sent = await mkdtemp(path.join(tmpdir(), 'assay-model-'));
  const work = await mkdtemp(path.join(tmpdir(), 'assay-model-'));
  try {
    context.progress({ step: 'trying the network', done: 0, total: null });
    for (const { name, sha256 } of source.files) await pipeline(await context.blobs.stream(sha256), createWriteStream(path.join(sent, name), { flags: 'wx' }));
    const files = { ...(await filesFromDisk(path.join(sent, only.name), work)), configurations: source.configurations, name: nameOf(only.name) };
    return await saveModel(files, await prepareModel(files, wishes, await checkImages(context.projectId, context)), context);
  } finally {
    await rm(sent, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  }
}

const nameOf = (file: string): string => path.basename(file, '.onnx');
