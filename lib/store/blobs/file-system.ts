import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { blobNotFound, isAbsent, storageFailure } from './failures';
import { checkKey, HashingStream, sha256Of } from './hashing';
import type { BlobStore } from './port';
import { writeNewFile } from './write-new-file';

const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Blobs as files: `<root>/ab/cd/abcd…`. A blob appears under its name only when it is complete and on disk (written to
 * `<root>/tmp`, fsync, rename), so that a killed process leaves nothing that looks like content.
 */
export class FileSystemBlobStore implements BlobStore {
  private prepared: Promise<void> | undefined;

  constructor(private readonly root: string) {}

  async put(content: Uint8Array): Promise<string> {
    const sha256 = sha256Of(content);
    if ((await this.size(sha256)) === content.length) return sha256;
    await this.throughTemporary(async (file) => {
      const handle = await open(file, 'wx');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return sha256;
    });
    return sha256;
  }

  async putStream(content: Readable, options: { expected?: string; maxBytes?: number } = {}): Promise<{ sha256: string; bytes: number }> {
    const hashing = new HashingStream(options);
    await this.throughTemporary(async (file) => {
      await writeNewFile(file, content, hashing);
      return hashing.sha256;
    });
    return { sha256: hashing.sha256, bytes: hashing.bytes };
  }

  async read(sha256: string): Promise<Buffer> {
    try {
      return await readFile(this.fileOf(sha256));
    } catch (error) {
      throw storageFailure(error, sha256);
    }
  }

  async stream(sha256: string, range?: { start: number; end: number }): Promise<Readable> {
    if ((await this.size(sha256)) === null) throw blobNotFound(sha256);
    return createReadStream(this.fileOf(sha256), range);
  }

  async size(sha256: string): Promise<number | null> {
    try {
      return (await stat(this.fileOf(sha256))).size;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw storageFailure(error);
    }
  }

  async remove(sha256: string): Promise<void> {
    try {
      await rm(this.fileOf(sha256), { force: true });
    } catch (error) {
      throw storageFailure(error);
    }
  }

  private fileOf(sha256: string): string {
    checkKey(sha256);
    return path.join(this.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** `write` fills the temporary file and answers the key under which it then appears. */
  private async throughTemporary(write: (file: string) => Promise<string>): Promise<void> {
    const temporary = path.join(this.root, 'tmp', randomBytes(12).toString('hex'));
    try {
      await (this.prepared ??= this.prepare());
      const target = this.fileOf(await write(temporary));
      await mkdir(path.dirname(target), { recursive: true });
      await rename(temporary, target);
      await syncFolder(path.dirname(target));
    } catch (error) {
      await rm(temporary, { force: true });
      throw storageFailure(error);
    }
  }

  /** Makes the temporary folder and clears what processes killed long ago left in it. */
  private async prepare(): Promise<void> {
    const folder = path.join(this.root, 'tmp');
    try {
      await mkdir(folder, { recursive: true });
      for (const name of await readdir(folder)) await removeIfAbandoned(path.join(folder, name));
    } catch (error) {
      this.prepared = undefined;
      throw error;
    }
  }
}

async function removeIfAbandoned(file: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(file, { force: true });
  } catch (error) {
    if (!isAbsent(error)) throw error; // absent: its owner has just finished it
  }
}

/** Makes the rename itself durable. Not every system lets a folder be opened; there the file system decides. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
