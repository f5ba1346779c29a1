import { AssayError } from '@/lib/errors';

/** Element types that are read. */
export const npyTypes = ['f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'b1'] as const;
export type NpyType = (typeof npyTypes)[number];

/** An array of numbers from a .npy file, in C order (last axis fastest) whatever the order in the file. */
export type NpyArray = {
  readonly shape: readonly number[];
  readonly type: NpyType;
  /** f4 stays single precision; all else becomes double. Booleans are 0 and 1. */
  readonly data: Float32Array | Float64Array;
};

type Header = { readonly type: NpyType; readonly littleEndian: boolean; readonly fortranOrder: boolean; readonly shape: readonly number[] };

const MAGIC = '\x93NUMPY';
/** A header dictionary of plain arrays takes about a hundred bytes. */
const LONGEST_HEADER = 65_536;

function invalid(name: string, reason: string, hint?: string): AssayError {
  return new AssayError('metadata.invalid', `${name}: ${reason}`, { hint });
}

/**
 * Reads the NumPy array format, versions 1 to 3 (numpy.lib.format). Pickled objects and other element types are refused.
 * @param name what to call the array in messages
 * @throws AssayError `metadata.invalid` (no .npy, truncated, unknown type), `data.not_finite` (a 64-bit integer beyond 2^53)
 */
export function readNpy(bytes: Uint8Array, name = 'The array'): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { text, end } = headerText(bytes, view, name);
  const header = parseHeader(text, name);
  const size = Number(header.type.slice(1));
  const count = header.shape.reduce((product, extent) => product * extent, 1);
  if (!Number.isSafeInteger(count) || bytes.length - end !== count * size) {
    throw invalid(name, `the header announces ${header.shape.join(' x ') || '1'} values of ${size} bytes, but ${bytes.length - end} bytes follow.`, 'The file may be truncated; save it again.');
  }
  const values = readValues(view, end, count, header, name);
  return { shape: header.shape, type: header.type, data: header.fortranOrder ? toCOrder(values, header.shape) : values };
}

function headerText(bytes: Uint8Array, view: DataView, name: string): { text: string; end: number } {
  if (bytes.length < 10 || String.fromCharCode(...bytes.subarray(0, 6)) !== MAGIC) throw invalid(name, 'this is not a NumPy array (.npy).');
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw invalid(name, `version ${version} of the .npy format is not known.`);
  if (version > 1 && bytes.length < 12) throw invalid(name, 'the header is cut off.');
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER || start + length > bytes.length) throw invalid(name, 'the header is cut off.');
  return { text: new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, start + length)), end: start + length };
}

function parseHeader(text: string, name: string): Header {
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (order === undefined || shape === undefined) throw invalid(name, 'the header is not readable.');
  const type = npyTypes.find((known) => known === descr?.slice(1));
  if (descr === undefined || type === undefined || !/^[<>|=]/.test(descr)) {
    const found = descr === undefined ? 'a structured type' : `type "${descr}"`;
    throw invalid(name, `the array holds ${found}, not plain numbers.`, 'Save it as float32 or float64.');
  }
  const extents = shape.split(',').map((part) => part.replace('L', '').trim()).filter((part) => part !== '').map(Number);
  return { type, littleEndian: !descr.startsWith('>'), fortranOrder: order === 'True', shape: extents };
}

type Reader = (view: DataView, at: number, littleEndian: boolean) => number;

const readers: Readonly<Record<Exclude<NpyType, 'i8' | 'u8'>, Reader>> = {
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
};

function readValues(view: DataView, start: number, count: number, header: Header, name: string): Float32Array | Float64Array {
  const { type, littleEndian } = header;
  const size = Number(type.slice(1));
  const values = type === 'f4' ? new Float32Array(count) : new Float64Array(count);
  if (type !== 'i8' && type !== 'u8') {
    const read = readers[type];
    for (let i = 0; i < count; i += 1) values[i] = read(view, start + i * size, littleEndian);
    return values;
  }
  for (let i = 0; i < count; i += 1) {
    const at = start + i * size;
    const value = Number(type === 'i8' ? view.getBigInt64(at, littleEndian) : view.getBigUint64(at, littleEndian));
    if (!Number.isSafeInteger(value)) {
      throw new AssayError('data.not_finite', `${name}: the 64-bit integer at position ${i} is beyond 2^53 and cannot be kept exactly.`, { hint: 'Save the array as float64.' });
    }
    values[i] = value;
  }
  return values;
}

/** From first axis fastest to last axis fastest. */
function toCOrder(values: Float32Array | Float64Array, shape: readonly number[]): Float32Array | Float64Array {
  const out = values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
  const position = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
  for (const value of values) {
    out[position.reduce((sum, p, axis) => sum + p * strides[axis]!, 0)] = value;
    for (let axis = 0; axis < shape.length; axis += 1) {
      position[axis]! += 1;
      if (position[axis]! < shape[axis]!) break;
      position[axis] = 0;
    }
  }
  return out;
}
