import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AssayError } from '@/lib/errors';

/** Characters that are gathered before they are written, and bytes that are read at a time. */
const CHUNK = 1 << 16;

/**
 * A list that is too long for the memory: it lies as JSON lines in a temporary file and can be read again and again. The
 * file loses its name as soon as it is open, so that the system frees it even when the process is killed.
 */
export class TemporaryList<T> {
  private constructor(private readonly file: FileHandle) {}

  /**
   * Writes values down as they come. They must be such that JSON gives back what it was given.
   * @throws AssayError `storage.full`, and whatever `values` throws; nothing stays open then
   */
  static async of<T>(values: AsyncIterable<T>): Promise<TemporaryList<T>> {
    const name = path.join(tmpdir(), `assay-list-${randomBytes(12).toString('hex')}`);
    const file = await open(name, 'wx+', 0o600);
    try {
      await rm(name);
      let text = '';
      for await (const value of values) {
        text += `${JSON.stringify(value)}\n`;
        if (text.length < CHUNK) continue;
        await append(file, text);
        text = '';
      }
      await append(file, text);
      return new TemporaryList<T>(file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The values in their order, from the first; more than one may read at a time. */
  async *read(): AsyncGenerator<T> {
    // No stream: one that is left before its end closes the file.
    const [bytes, decoder] = [Buffer.allocUnsafe(CHUNK), new TextDecoder()];
    let begun = '';
    for (let at = 0; ; ) {
      const { bytesRead } = await this.file.read(bytes, 0, CHUNK, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      const lines = (begun + decoder.decode(bytes.subarray(0, bytesRead), { stream: true })).split('\n');
      begun = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as T;
    }
  }

  /** Frees the file; nothing can be read any more. */
  close(): Promise<void> {
    return this.file.close();
  }
}

async function append(file: FileHandle, text: string): Promise<void> {
  try {
    await file.appendFile(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new AssayError('storage.full', `The disk that holds ${tmpdir()} is full.`, { hint: 'Make room there (or name another folder with TMPDIR) and try again; nothing was lost.', cause: error });
  }
}
