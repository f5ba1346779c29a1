import { AssayError } from '@/lib/errors';

/** Float32 values of little-endian bytes. @throws AssayError `data.shape` when a value is cut off */
export function decodeFloats(bytes: Buffer): Float32Array {
  if (bytes.length % 4 !== 0) throw new AssayError('data.shape', 'The vectors end within a value.');
  // A Buffer may start at any offset of a shared pool; Float32Array needs a multiple of 4.
  return new Float32Array(new Uint8Array(bytes).buffer);
}
