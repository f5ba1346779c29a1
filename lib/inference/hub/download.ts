import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { AssayError, toAssayError } from '@/lib/errors';
import type { HubRevision, HubSettings } from './address';
import { resolveUrl } from './address';
import { toldOf, verify, type Expectation } from './expectation';
import type { HubFile } from './repository';
import { askHub, reason, unreachable } from './request';

/** Bytes stop coming: the connection is taken for dead. */
const STALLED_AFTER_MS = 60_000;
/** Attempts in a row that brought nothing. */
const FRUITLESS_ATTEMPTS = 5;

export type DownloadOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this file that are on disk. */
  readonly onProgress?: (bytes: number) => void;
  /** Largest size that is accepted. */
  readonly maxBytes: number;
  /** Waits before the attempt after `fruitless` ones that brought nothing, milliseconds. */
  readonly pause?: (fruitless: number) => number;
};

/**
 * Downloads one file. What has arrived stays beside the target (`.part`) when the connection is cut, the job is
 * cancelled or the process dies; the next attempt, here or in another call, asks for the rest by Range. The file
 * appears under its name only when size and checksum are what the hub says.
 * @throws AssayError `hub.unreachable`, `hub.not_found`, `hub.gated`, `hub.checksum`, `request.too_large`, `storage.full`, `job.cancelled`
 */
export async function downloadFile(settings: HubSettings, revision: HubRevision, file: HubFile, target: string, options: DownloadOptions): Promise<void> {
  if ((await sizeOf(target)) !== null) return options.onProgress?.(file.bytes);
  await mkdir(path.dirname(target), { recursive: true });
  const part = `${target}.part`;
  let expected: Expectation = { bytes: file.bytes, sha256: file.sha256, gitHash: file.gitHash };
  requireSize(expected.bytes, file.path, options.maxBytes);
  await requireSpace(path.dirname(target), expected.bytes - ((await sizeOf(part)) ?? 0));
  const pause = options.pause ?? ((fruitless) => 1000 * 2 ** fruitless);
  for (let fruitless = 0; ; ) {
    const before = (await sizeOf(part)) ?? 0;
    try {
      expected = await fetchRest(settings, revision, file, part, expected, options);
      break;
    } catch (thrown) {
      const error = toAssayError(thrown);
      fruitless = ((await sizeOf(part)) ?? 0) > before ? 0 : fruitless + 1;
      if (error.code !== 'hub.unreachable' || fruitless >= FRUITLESS_ATTEMPTS) throw error;
      await wait(pause(fruitless), options.signal);
    }
  }
  await verify(part, file.path, expected);
  await rename(part, target);
}

/** One attempt: asks for what is missing and appends it. Ends only when the file is complete. */
async function fetchRest(settings: HubSettings, revision: HubRevision, file: HubFile, part: string, expected: Expectation, options: DownloadOptions): Promise<Expectation> {
  let from = (await sizeOf(part)) ?? 0;
  if (from > expected.bytes) {
    await rm(part, { force: true });
    from = 0;
  }
  if (from === expected.bytes && from > 0) return expected;
  const { response, told } = await askHub(settings, resolveUrl(settings, revision, file.path), {
    method: 'GET',
    signal: options.signal,
    headers: from > 0 ? { range: `bytes=${from}-` } : {},
  });
  if (response.status === 416) {
    await response.body?.cancel();
    await rm(part, { force: true });
    throw unreachable(`it no longer has the rest of ${file.path}; the download begins anew.`);
  }
  const start = response.status === 206 ? rangeStart(response) : 0;
  const known = toldOf(told, response, start, expected);
  requireSize(known.bytes, file.path, options.maxBytes);
  if (start !== 0 && start !== from) throw unreachable(`it answers with other bytes of ${file.path} than were asked for.`);
  await append(response, part, start, known.bytes, file.path, options);
  return known;
}

function rangeStart(response: Response): number {
  const match = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return match === null ? Number.NaN : Number(match[1]);
}

/** Writes the body behind the first `start` bytes of the file; a server that ignores ranges makes it begin anew. */
async function append(response: Response, part: string, start: number, total: number, name: string, options: DownloadOptions): Promise<void> {
  const handle = await open(part, start === 0 ? 'w' : 'a');
  let at = start;
  try {
    for await (const chunk of chunksOf(response, name, options.signal)) {
      at += chunk.length;
      if (at > total) throw new AssayError('hub.checksum', `${name} is longer than the ${total} bytes that the hub announced.`);
      await handle.writeFile(chunk);
      options.onProgress?.(at);
    }
  } catch (thrown) {
    throw diskFailure(thrown);
  } finally {
    await handle.close();
  }
  if (at < total) throw unreachable(`the connection ended after ${at} of ${total} bytes of ${name}.`);
}

async function* chunksOf(response: Response, name: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  let stalled = false;
  const stop = (): void => {
    stalled = true;
    void reader.cancel().catch(() => undefined);
  };
  try {
    for (;;) {
      const timer = setTimeout(stop, STALLED_AFTER_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (stalled) throw unreachable(`no byte of ${name} came for ${STALLED_AFTER_MS / 1000} seconds.`);
      if (done) return;
      yield value;
    }
  } catch (thrown) {
    if (thrown instanceof AssayError) throw thrown;
    if (signal?.aborted === true) throw new AssayError('job.cancelled', 'The download was cancelled.', { cause: thrown });
    throw unreachable(`the connection broke in the middle of ${name} (${reason(thrown)}).`, thrown);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function requireSize(bytes: number, name: string, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new AssayError('request.too_large', `${name} has ${bytes} bytes; at most ${maxBytes} are taken.`, { hint: 'Choose a smaller network or a smaller precision.' });
}

/** Tells before hours of waiting that the disk will not do. */
async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw diskFull(`The disk has ${bavail * bsize} bytes free, the download needs ${bytes}.`);
}

function diskFull(message: string, cause?: unknown): AssayError {
  return new AssayError('storage.full', message, { hint: 'Make room (or move ASSAY_DATA_DIR to a larger disk) and try again; what has arrived is kept.', cause });
}

/** Names a full disk; everything else passes. */
export function diskFailure(thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' ? diskFull('The disk became full during the download.', thrown) : thrown;
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

/** @throws AssayError `job.cancelled` as soon as the signal is aborted */
async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const cancelled = (): void => {
      clearTimeout(timer);
      reject(new AssayError('job.cancelled', 'The download was cancelled.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancelled);
      resolve();
    }, ms);
    if (signal?.aborted === true) cancelled();
    else signal?.addEventListener('abort', cancelled, { once: true });
  });
}
