import { AssayError } from '@/lib/errors';

/** Files and folders of the Origin Private File System, with the errors of this product. */

/** Whether there is such a file system here, and if not, why in one sentence. */
export async function available(): Promise<{ available: true } | { available: false; why: string }> {
  if (!globalThis.isSecureContext) return { available: false, why: 'This page is reached by plain HTTP, and browsers keep files only for https or localhost.' };
  const canWrite = typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
  if (typeof navigator.storage?.getDirectory !== 'function' || !canWrite) return { available: false, why: 'This browser is too old to keep files for a page.' };
  if (typeof document !== 'undefined' && navigator.serviceWorker === undefined) return { available: false, why: 'This browser window allows no service worker, which shows the kept images; private windows often do not.' };
  try {
    await navigator.storage.getDirectory();
    return { available: true };
  } catch {
    return { available: false, why: 'This browser window gives no access to storage; private windows and blocked site data often do not.' };
  }
}

/** Walks down from the root. @returns null where a folder is missing and `create` is false */
export function folderOf(path: readonly string[], create: true): Promise<FileSystemDirectoryHandle>;
export function folderOf(path: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle | null>;
export async function folderOf(path: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle | null> {
  try {
    let folder = await root();
    for (const name of path) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  } catch (error) {
    if (!create && isNotFound(error)) return null;
    throw error instanceof AssayError ? error : await explained(error, 0);
  }
}

async function root(): Promise<FileSystemDirectoryHandle> {
  const answer = await available();
  if (!answer.available) throw new AssayError('private.no_storage', answer.why, { hint: 'Open Assay with https or on this machine, in an ordinary browser window.' });
  return navigator.storage.getDirectory();
}

/**
 * What is written at once. Chromium reads and writes a large piece side by side and reports whichever ends first: where
 * the store is full, the reader may then say that it cannot be read. So much fits between the two, and the store answers.
 */
const pieceBytes = 256 * 1024;

/** Writes a whole file: the browser puts it in place when the stream is closed, and never a part of it. */
export async function writeFileTo(folder: FileSystemDirectoryHandle, name: string, content: Blob): Promise<void> {
  let stream: FileSystemWritableFileStream | undefined;
  try {
    stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
    for (let at = 0; at < content.size; at += pieceBytes) await stream.write(await content.slice(at, at + pieceBytes).arrayBuffer());
    await stream.close();
  } catch (error) {
    // What was written so far lies in a swap file that only an open stream keeps; a failed stream is closed already.
    await stream?.abort().catch(() => undefined);
    await dropEmpty(folder, name);
    throw await explained(error, content.size);
  }
}

/** getFileHandle makes an empty file before the stream is closed; one that never got its content must not count. */
async function dropEmpty(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  const left = await readFileOf(folder, name).catch(() => null);
  if (left === null) await removeEntry(folder, name).catch(() => undefined);
}

/** @returns null where there is no such file, or where its writing was cut off before it had any content */
export async function readFileOf(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    return file.size === 0 ? null : file;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

export async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

/** Removes a file or a folder with all that is in it; nothing happens where there is none. @throws AssayError `request.conflict` while one of them is written */
export async function removeEntry(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name, { recursive: true });
  } catch (error) {
    if (isNotFound(error)) return;
    if (!(error instanceof DOMException && error.name === 'NoModificationAllowedError')) throw error;
    throw new AssayError('request.conflict', 'A file of this project is being written in this browser just now.', { hint: 'Wait until the upload or the export ends, or cancel it.', cause: error });
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

async function explained(error: unknown, wanted: number): Promise<AssayError> {
  if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) {
    const detail = error instanceof Error ? error.message : String(error);
    return new AssayError('private.no_storage', `The browser did not keep the file: ${detail}`, { cause: error });
  }
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return new AssayError('private.no_storage', `The browser has no room for ${megabytes(wanted)} more: ${megabytes(usage)} of ${megabytes(quota)} are used.`, {
    hint: 'Free space on this disk, or remove images of another private project from this browser in its settings.',
    cause: error,
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
