import { createHash } from 'node:crypto';
import pino from 'pino';
import sharp from 'sharp';
import type { AnnouncedFile, Upload } from '@/lib/api/contracts/uploads';
import type { ServiceContext } from '@/lib/services/context';
import { announceFiles, receiveFile } from '@/lib/services/upload-files';
import { closeUpload, openUpload } from '@/lib/services/uploads';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { PipelineContext } from '../context';
import { importUpload, type ImportResult } from '../import';

/** A real PNG of 24 x 16 pixels; another seed, another image. */
export function png(seed: number): Promise<Buffer> {
  const background = { r: seed & 255, g: (seed >> 8) & 255, b: (seed >> 16) & 255 };
  return sharp({ create: { width: 24, height: 16, channels: 3, background } }).png().toBuffer();
}

/** What a worker would hand to a pipeline verb. */
export function pipelineContext(context: Pick<ServiceContext, 'store'>, changes: Partial<PipelineContext> = {}): PipelineContext {
  return { store: context.store, blobs: blobStore(), logger: pino({ level: 'silent' }), signal: new AbortController().signal, progress: () => undefined, ...changes };
}

/** Body of a PUT request. */
export function bodyOf(content: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(content)]).stream();
}

/** Announces files as a browser does. */
export async function announceAll(context: ServiceContext, where: { projectId: string; uploadId: string }, files: Readonly<Record<string, Buffer>>): Promise<AnnouncedFile[]> {
  const described = Object.entries(files).map(([path, content]) => ({ path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }));
  const answers: AnnouncedFile[] = [];
  for (let from = 0; from < described.length; from += 500) answers.push(...(await announceFiles(context, { ...where, files: described.slice(from, from + 500) })).files);
  return answers;
}

/** Sends what is wanted. */
export async function sendWanted(context: ServiceContext, where: { projectId: string; uploadId: string }, files: Readonly<Record<string, Buffer>>): Promise<AnnouncedFile[]> {
  const announced = await announceAll(context, where, files);
  for (const { id, path, wanted } of announced) {
    if (wanted) await receiveFile(context, { ...where, fileId: id }, bodyOf(files[path] ?? Buffer.alloc(0)));
  }
  return announced;
}

/** The whole way: open, announce, send, close, import. */
export async function uploadAll(context: ServiceContext, projectId: string, files: Readonly<Record<string, Buffer>>): Promise<{ upload: Upload; result: ImportResult }> {
  const { id: uploadId } = await openUpload(context, { projectId });
  await sendWanted(context, { projectId, uploadId }, files);
  const upload = await closeUpload(context, { projectId, uploadId });
  return { upload, result: await importUpload({ uploadId }, pipelineContext(context)) };
}
