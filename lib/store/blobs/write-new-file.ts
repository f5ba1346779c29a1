import { open } from 'node:fs/promises';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a stream to a new file, through a transform that may refuse it, and puts it on the disk. The file is there before anything can fail and
 * closed when this ends, so that the caller may remove it then: one that is opened while the stream fails would appear after its removal.
 * @throws what the stream or the transform fails with; EEXIST where the file is there already
 */
export async function writeNewFile(file: string, content: Readable, through: Transform): Promise<void> {
  // It may fail before it is read, and says so again when it is.
  content.on('error', () => undefined);
  const handle = await open(file, 'wx');
  try {
    await pipeline(content, through, handle.createWriteStream({ flush: true }));
  } finally {
    await handle.close();
  }
}
