import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileSource, ModelWishes } from '@/lib/api/contracts/models';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import type { PipelineContext } from '../context';
import { addPair } from './add-pair';
import { checkImages } from './check-images';
import { cleaningUp } from './clean-up';
import { filesFromDisk } from './model-files';
import { pairFromDisk } from './pair-files';
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
  if (source.files.some(({ name }) => name === 'text_model.onnx') && source.files.length > 1) return takePair({ source, wishes }, context);
  const onnx = source.files.filter(({ name }) => name.endsWith('.onnx'));
  const [only, ...others] = onnx;
  if (only === undefined || others.length > 0) throw new AssayError('model.missing', `One ONNX file is needed, ${onnx.length} were sent.`, { hint: 'Choose the file, or a folder that holds one.' });
  return withFolders(source, context, async (sent, work) => {
    context.progress({ step: 'trying the network', done: 0, total: null });
    const files = { ...(await filesFromDisk(path.join(sent, only.name), work)), configurations: source.configurations, name: nameOf(only.name) };
    return saveModel(files, await prepareModel(files, wishes, await checkImages(context.projectId, context)), context);
  });
}

/** Files of an image-text pair: vision_model.onnx, text_model.onnx, tokenizer.json. */
async function takePair({ source, wishes }: Request, context: Context): Promise<JobResult> {
  return withFolders(source, context, async (sent, work) => {
    context.progress({ step: 'trying both towers', done: 0, total: null });
    const { preprocessor, config, openClip, tokenizer } = source.configurations;
    const told = { 'preprocessor_config.json': preprocessor, 'config.json': config, 'preprocess_cfg.json': openClip, 'tokenizer_config.json': tokenizer };
    for (const [name, value] of Object.entries(told)) if (value !== undefined) await writeFile(path.join(sent, name), JSON.stringify(value), { flag: 'wx' });
    const { image, text } = await pairFromDisk(sent, work);
    const images = await checkImages(context.projectId, context);
    const files = { image: { ...image, name: 'Image-text pair' }, text };
    const { id, modelId, name, dim } = await addPair(files, { wishes, head: { logitScale: null, logitBias: null }, isDemonstration: false, images }, context);
    return { modelId, textTowerId: id, name, dim };
  });
}

/** Calls `take` with a folder of the files that were sent and an empty one. */
async function withFolders(source: FileSource, { blobs }: Context, take: (sent: string, work: string) => Promise<JobResult>): Promise<JobResult> {
  const sent = await mkdtemp(path.join(tmpdir(), 'assay-model-'));
  const work = await mkdtemp(path.join(tmpdir(), 'assay-model-'));
  try {
    for (const { name, sha256 } of source.files) await pipeline(await blobs.stream(sha256), createWriteStream(path.join(sent, name), { flags: 'wx' }));
    return await take(sent, work);
  } finally {
    await rm(sent, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  }
}

const nameOf = (file: string): string => path.basename(file, '.onnx');
