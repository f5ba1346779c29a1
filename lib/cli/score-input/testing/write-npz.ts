import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** An array as NumPy would hold it. */
export type Given = { readonly shape: readonly number[]; readonly data: Float64Array | BigInt64Array };

/** Rows of equal length as a float64 array of two dimensions. */
export function matrixOf(rows: readonly (readonly number[])[]): Given {
  return { shape: [rows.length, rows[0]?.length ?? 0], data: Float64Array.from(rows.flat()) };
}

/** Numbers as a float64 array of one dimension. */
export function vectorOf(values: readonly number[]): Given {
  return { shape: [values.length], data: Float64Array.from(values) };
}

/** Whole numbers as numpy makes them of a list of Python integers: int64. */
export function integersOf(values: readonly number[]): Given {
  return { shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}

/** Bytes of a .npz file, as `numpy.savez_compressed` writes it: .npy files of version 1.0 in a zip. */
export async function npzOf(arrays: Readonly<Record<string, Given>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, array] of Object.entries(arrays)) zip.addBuffer(npyOf(array), `${name}.npy`);
  zip.end();
  return buffer(zip.outputStream);
}

function npyOf({ shape, data }: Given): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${data instanceof Float64Array ? '<f8' : '<i8'}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const head = Buffer.alloc(length, ' ');
  head.write('\x93NUMPY\x01\x00', 0, 'latin1');
  head.writeUInt16LE(length - 10, 8);
  head.write(dictionary, 10, 'latin1');
  head[length - 1] = 0x0a;
  return Buffer.concat([head, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}
