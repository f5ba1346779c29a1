import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { fromBuffer, type Entry, type Options, type ZipFile } from 'yauzl';

/** One entry as another program reads it. */
export type ReadEntry = { readonly content: Buffer; readonly method: number; readonly modified: Date; readonly crcHolds: boolean };

/** Every entry of a zip in the order of its directory; the reader also checks the sizes. */
export async function readZip(bytes: Buffer): Promise<ReadonlyMap<string, ReadEntry>> {
  const zip = await promisify<Buffer, Options, ZipFile>(fromBuffer as (bytes: Buffer, options: Options, done: (error: Error | null, zip: ZipFile) => void) => void)(bytes, { lazyEntries: true, autoClose: false });
  const entries = new Map<string, ReadEntry>();
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip.once('entry', resolve).once('end', () => resolve(null)).once('error', reject);
      zip.readEntry();
    });
    zip.removeAllListeners();
    if (entry === null) return entries;
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => zip.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error))));
    const content = await buffer(stream);
    entries.set(entry.fileName, { content, method: entry.compressionMethod, modified: entry.getLastModDate({ timezone: 'UTC' }), crcHolds: crc32(content) === entry.crc32 });
  }
}
