import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { readNpy } from './npy';
import { readNpz } from './npz';

/** A .npy file as numpy writes it: header padded with spaces to a multiple of 64 and ended by a newline. */
function npy(descr: string, shape: string, data: Uint8Array, { fortran = false, version = 1 } = {}): Uint8Array {
  const start = version === 1 ? 10 : 12;
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const length = Math.ceil((start + dictionary.length + 1) / 64) * 64 - start;
  const head = Buffer.alloc(start + length, ' ');
  head.write('\x93NUMPY', 0, 'latin1');
  head[6] = version;
  head[7] = 0;
  if (version === 1) head.writeUInt16LE(length, 8);
  else head.writeUInt32LE(length, 8);
  head.write(dictionary, start, 'latin1');
  head[head.length - 1] = 0x0a;
  return Buffer.concat([head, data]);
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

async function npz(entries: Record<string, Uint8Array>, compress = true): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name, { compress });
  zip.end();
  return buffer(zip.outputStream);
}

describe('a .npy array', () => {
  it.each([
    ['<f4', Float32Array.of(1.5, -2, 3e-8), [1.5, -2, Math.fround(3e-8)]],
    ['<f8', Float64Array.of(0.1, -2, 1e300), [0.1, -2, 1e300]],
    ['|i1', Int8Array.of(-128, 0, 127), [-128, 0, 127]],
    ['<i2', Int16Array.of(-32768, 1, 2), [-32768, 1, 2]],
    ['<i4', Int32Array.of(-(2 ** 31), 1, 2), [-(2 ** 31), 1, 2]],
    ['<i8', BigInt64Array.of(-(2n ** 53n) + 1n, 1n, 2n), [-(2 ** 53) + 1, 1, 2]],
    ['|u1', Uint8Array.of(0, 1, 255), [0, 1, 255]],
    ['<u2', Uint16Array.of(65535, 1, 2), [65535, 1, 2]],
    ['<u4', Uint32Array.of(2 ** 32 - 1, 1, 2), [2 ** 32 - 1, 1, 2]],
    ['<u8', BigUint64Array.of(2n ** 53n - 1n, 1n, 2n), [2 ** 53 - 1, 1, 2]],
    ['|b1', Uint8Array.of(0, 1, 1), [0, 1, 1]],
  ])('of type %s is read', (descr, data, expected) => {
    const array = readNpy(npy(descr, '(3,)', bytesOf(data)));
    expect(array.shape).toEqual([3]);
    expect(array.type).toBe(descr.slice(1));
    expect(Array.from(array.data)).toEqual(expected);
    expect(array.data).toBeInstanceOf(descr === '<f4' ? Float32Array : Float64Array);
  });

  it('is read with the highest byte first, from versions 2 and 3, and from an odd place in memory', () => {
    const big = Buffer.alloc(16);
    big.writeDoubleBE(1.25, 0);
    big.writeDoubleBE(-7, 8);
    expect(Array.from(readNpy(npy('>f8', '(2,)', big)).data)).toEqual([1.25, -7]);
    for (const version of [2, 3]) expect(Array.from(readNpy(npy('<f4', '(1,)', bytesOf(Float32Array.of(4)), { version })).data)).toEqual([4]);
    const shifted = Buffer.concat([Buffer.of(9), npy('<f4', '(1,)', bytesOf(Float32Array.of(4)))]).subarray(1);
    expect(Array.from(readNpy(shifted).data)).toEqual([4]);
  });

  it('in Fortran order comes out in C order', () => {
    const columns = bytesOf(Float64Array.of(1, 4, 2, 5, 3, 6));
    const array = readNpy(npy('<f8', '(2, 3)', columns, { fortran: true }));
    expect(array.shape).toEqual([2, 3]);
    expect(Array.from(array.data)).toEqual([1, 2, 3, 4, 5, 6]);
    const cube = readNpy(npy('|u1', '(2, 2, 2)', Uint8Array.of(0, 4, 2, 6, 1, 5, 3, 7), { fortran: true }));
    expect(Array.from(cube.data)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('may be a scalar, empty, or hold NaN', () => {
    expect(readNpy(npy('<f8', '()', bytesOf(Float64Array.of(3))))).toMatchObject({ shape: [], data: Float64Array.of(3) });
    expect(readNpy(npy('<f8', '(0, 5)', new Uint8Array(0)))).toMatchObject({ shape: [0, 5], data: new Float64Array(0) });
    expect(readNpy(npy('<f4', '(2,)', bytesOf(Float32Array.of(NaN, Infinity)))).data).toEqual(Float32Array.of(NaN, Infinity));
  });

  it.each([
    ['text', Buffer.from('hello, this is text'), 'metadata.invalid'],
    ['nothing', new Uint8Array(0), 'metadata.invalid'],
    ['a cut-off header', npy('<f8', '(2,)', new Uint8Array(16)).subarray(0, 40), 'metadata.invalid'],
    ['cut-off values', npy('<f8', '(2,)', new Uint8Array(9)), 'metadata.invalid'],
    ['values to spare', npy('<f8', '(2,)', new Uint8Array(24)), 'metadata.invalid'],
    ['Python objects', npy('|O', '(1,)', new Uint8Array(8)), 'metadata.invalid'],
    ['complex numbers', npy('<c8', '(1,)', new Uint8Array(8)), 'metadata.invalid'],
    ['an unknown version', npy('<f8', '(1,)', new Uint8Array(8), { version: 9 }), 'metadata.invalid'],
    ['an absurd shape', npy('<f8', '(99999999999, 99999999999)', new Uint8Array(8)), 'metadata.invalid'],
    ['a too large integer', npy('<i8', '(1,)', bytesOf(BigInt64Array.of(2n ** 60n))), 'data.not_finite'],
  ])('of %s is refused', (_name, bytes, code) => {
    expect(() => readNpy(bytes, 'X')).toThrow(expect.objectContaining({ name: 'AssayError', code, message: expect.stringMatching(/^X: /) }));
  });
});

describe('a .npz file', () => {
  const x = npy('<f4', '(2, 2)', bytesOf(Float32Array.of(1, 2, 3, 4)));
  const y = npy('<i8', '(2,)', bytesOf(BigInt64Array.of(0n, 1n)));

  it.each([true, false])('gives its arrays by name (compressed: %s)', async (compress) => {
    const arrays = await readNpz(await npz({ 'X.npy': x, 'y.npy': y, 'readme.txt': Buffer.from('-') }, compress));
    expect([...arrays.keys()]).toEqual(['X', 'y']);
    expect(arrays.get('X')).toEqual({ shape: [2, 2], type: 'f4', data: Float32Array.of(1, 2, 3, 4) });
    expect(arrays.get('y')!.data).toEqual(Float64Array.of(0, 1));
  });

  it('that is damaged, no zip, without arrays or too large is refused', async () => {
    const good = Buffer.from(await npz({ 'X.npy': x }, false));
    const flipped = Buffer.from(good);
    flipped[good.indexOf(Buffer.from(Float32Array.of(3).buffer))]! ^= 0x01;
    await expect(readNpz(good.subarray(0, good.length - 30))).rejects.toMatchObject({ code: 'archive.invalid' });
    await expect(readNpz(Buffer.from('no zip'))).rejects.toMatchObject({ code: 'archive.invalid' });
    await expect(readNpz(flipped)).rejects.toMatchObject({ code: 'archive.invalid', message: expect.stringContaining('checksum') });
    await expect(readNpz(await npz({ 'notes.txt': Buffer.from('-') }))).rejects.toMatchObject({ code: 'archive.invalid' });
    await expect(readNpz(good, { maxBytes: 50 })).rejects.toMatchObject({ code: 'archive.too_large' });
    const broken = await npz({ 'X.npy': x.subarray(0, x.length - 4) });
    await expect(readNpz(broken)).rejects.toMatchObject({ code: 'metadata.invalid', message: expect.stringContaining('Array "X"') });
  });
});

const shared = path.resolve(import.meta.dirname, '../../../shared/data/features_mvtec_vit/MVTec-AD_bottle.npz');
const present = existsSync(shared);

it.skipIf(!present)(present ? 'reads a set that numpy wrote' : `SKIPPED: ${shared} is absent`, async () => {
  const arrays = await readNpz(readFileSync(shared));
  expect(arrays.get('X')!.shape).toEqual([292, 1000]);
  expect(Array.from(arrays.get('y')!.data).filter((label) => label === 1).length).toBe(63);
});
