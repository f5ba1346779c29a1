/** Patches of some images: `values` is (images, patches, dim). */
export type PatchChunkValues = { readonly images: number; readonly patches: number; readonly dim: number; readonly values: Float32Array };

const HEADER = 12;

/**
 * One byte a value, linear between the smallest and the largest of its column in the chunk. Little endian: u32 images, patches, dim; then f32
 * smallest and f32 step of each column; then the bytes.
 */
export function encodePatches({ images, patches, dim, values }: PatchChunkValues): Uint8Array {
  const bytes = new Uint8Array(HEADER + 8 * dim + values.length);
  const view = new DataView(bytes.buffer);
  [images, patches, dim].forEach((extent, i) => view.setUint32(4 * i, extent, true));
  const { low, step } = columnRanges(values, dim);
  for (let c = 0; c < dim; c += 1) {
    view.setFloat32(HEADER + 8 * c, low[c]!, true);
    view.setFloat32(HEADER + 8 * c + 4, step[c]!, true);
  }
  const start = HEADER + 8 * dim;
  for (let i = 0; i < values.length; i += 1) {
    const c = i % dim;
    bytes[start + i] = step[c] === 0 ? 0 : Math.round((values[i]! - low[c]!) / step[c]!);
  }
  return bytes;
}

function columnRanges(values: Float32Array, dim: number): { low: Float32Array; step: Float32Array } {
  const low = new Float32Array(dim).fill(Infinity);
  const high = new Float32Array(dim).fill(-Infinity);
  for (let i = 0; i < values.length; i += 1) {
    const c = i % dim;
    low[c] = Math.min(low[c]!, values[i]!);
    high[c] = Math.max(high[c]!, values[i]!);
  }
  return { low, step: high.map((value, c) => (value - low[c]!) / 255) };
}

/** Patches of a stored chunk, read where they are needed. */
export type StoredPatches = {
  readonly images: number;
  readonly patches: number;
  readonly dim: number;
  /** Writes patch `row` (image * patches + patch) to `target` from `offset` on. */
  read(row: number, target: Float64Array, offset: number): void;
};

/** What `encodePatches` wrote. */
export function decodePatches(bytes: Uint8Array): StoredPatches {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [images, patches, dim] = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
  const low = Float32Array.from({ length: dim }, (_, c) => view.getFloat32(HEADER + 8 * c, true));
  const step = Float32Array.from({ length: dim }, (_, c) => view.getFloat32(HEADER + 8 * c + 4, true));
  const start = HEADER + 8 * dim;
  return {
    images,
    patches,
    dim,
    read(row, target, offset) {
      for (let c = 0, at = start + row * dim; c < dim; c += 1, at += 1) target[offset + c] = low[c]! + step[c]! * bytes[at]!;
    },
  };
}
