import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { announcedFilesSchema, uploadSchema, type Upload } from '@/lib/api/contracts/uploads';
import { closeUpload, openUpload } from '@/lib/services/uploads';
import type { Instance } from './instance';

/** A file to be sent; its bytes are asked for when they are needed. */
export type Source = { readonly path: string; read(): Promise<Buffer> };

/** What an upload took, in seconds from its first byte, and how often a connection was cut. */
export type Sent = { readonly sendSeconds: number; readonly seconds: number; readonly resets: number; readonly upload: Upload };

const announceBatch = 500;
const parallelPuts = 4;
const lookEveryMs = 250;

/**
 * Sends files as the browser does (hash, announce 500 at a time, PUT four at a time, send again what broke off), then
 * waits until the import job has made samples of them.
 * @param resetEvery cuts the connection half-way through every so many-th PUT
 */
export async function upload(instance: Instance, projectId: string, sources: readonly Source[], resetEvery = Infinity): Promise<Sent> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const { id: uploadId } = await openUpload(instance.context, { projectId });
  const route = `/projects/${projectId}/uploads/${uploadId}`;
  const breaks = { puts: 0, resets: 0, every: resetEvery };
  for (let from = 0; from < sources.length; from += announceBatch) await sendBatch(instance, route, sources.slice(from, from + announceBatch), breaks);
  const sendSeconds = seconds();
  await closeUpload(instance.context, { projectId, uploadId });
  for (;;) {
    const now = uploadSchema.parse(await json(instance.request('GET', route)));
    if ((now.counts.expected ?? 0) + (now.counts.received ?? 0) === 0) return { sendSeconds, seconds: seconds(), resets: breaks.resets, upload: now };
    await delay(lookEveryMs);
  }
}

type Breaks = { puts: number; resets: number; readonly every: number };

async function sendBatch(instance: Instance, route: string, sources: readonly Source[], breaks: Breaks): Promise<void> {
  const files = [];
  for (const source of sources) {
    const content = await source.read();
    files.push({ path: source.path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  }
  const announced = announcedFilesSchema.parse(await json(instance.request('POST', `${route}/files`, Buffer.from(JSON.stringify({ files })))));
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const queue = announced.files.filter(({ wanted }) => wanted).values();
  const lane = async () => {
    for (const { id, path } of queue) await put(instance, `${route}/files/${id}`, await byPath.get(path)!.read(), breaks);
  };
  await Promise.all(Array.from({ length: parallelPuts }, lane));
}

async function put(instance: Instance, route: string, content: Buffer, breaks: Breaks): Promise<void> {
  breaks.puts += 1;
  if (breaks.puts % breaks.every === 0) {
    breaks.resets += 1;
    const outcome = await instance.request('PUT', route, content, true).catch(() => 'broken off' as const);
    if (outcome !== 'broken off') throw new Error(`a connection that was cut answered ${outcome.status}`);
  }
  await json(instance.request('PUT', route, content));
}

/** The JSON of an answer. @throws Error unless it was a success */
async function json(answering: ReturnType<Instance['request']>): Promise<unknown> {
  const { status, body } = await answering;
  if (status >= 300) throw new Error(`HTTP ${status}: ${body.toString()}`);
  return JSON.parse(body.toString());
}
