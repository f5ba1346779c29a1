import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { AssayError } from '@/lib/errors';
import { readNpy, type NpyArray } from './npy';

/** Bytes that all arrays of one file may take when unpacked. */
const DEFAULT_LIMIT = 2 ** 31;

/**
 * Reads all arrays of a NumPy .npz file (a zip of .npy files, stored or deflated), keyed by name without ".npy". Other
 * entries are passed over. Values are not checked: NaN and infinity come back as they are.
 * @param limits.maxBytes most bytes that the arrays may unpack to; 2 GiB by default
 * @throws AssayError `archive.invalid` (no zip, damaged, encrypted, no array), `archive.too_large`, `metadata.invalid`
 */
export async function readNpz(bytes: Uint8Array, limits: { maxBytes?: number } = {}): Promise<Map<string, NpyArray>> {
  const limit = limits.maxBytes ?? DEFAULT_LIMIT;
  const arrays = new Map<string, NpyArray>();
  let unpacked = 0;
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('.npy')) continue;
      unpacked += entry.uncompressedSize;
      if (unpacked > limit) throw new AssayError('archive.too_large', `The arrays of the file unpack to more than ${limit} bytes.`);
      arrays.set(entry.fileName.slice(0, -4), readNpy(await unpack(zip, entry), `Array "${entry.fileName.slice(0, -4)}"`));
    }
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw new AssayError('archive.invalid', 'The .npz file is damaged or not a zip archive.', { cause: error, hint: 'Save it again with numpy.savez.' });
  }
  if (arrays.size === 0) throw new AssayError('archive.invalid', 'The .npz file holds no array.');
  return arrays;
}

/** Content of one entry. yauzl fails when it is longer or shorter than announced but leaves its checksum to us. */
async function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  if (entry.isEncrypted()) throw new AssayError('archive.invalid', 'The .npz file is encrypted.');
  const out = Buffer.allocUnsafe(entry.uncompressedSize);
  let at = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) at += (chunk as Buffer).copy(out, at);
  if (crc32(out) !== entry.crc32) throw new AssayError('archive.invalid', `"${entry.fileName}" in the .npz file is damaged: its checksum is wrong.`);
  return out;
}
