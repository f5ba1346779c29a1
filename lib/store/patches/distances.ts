/** Distances of the patches of a sample as they are stored: Uint16 little endian in units of `unit`, a 65,535th of the largest. */
export type StoredDistances = { readonly distances: Uint8Array<ArrayBuffer>; readonly unit: number };

const STEPS = 65_535;

/** @param values from 0 on */
export function encodeDistances(values: ArrayLike<number>): StoredDistances {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, values[i]!);
  const unit = largest / STEPS;
  const distances = new Uint8Array(2 * values.length);
  const view = new DataView(distances.buffer);
  for (let i = 0; i < values.length; i += 1) view.setUint16(2 * i, unit === 0 ? 0 : Math.round(values[i]! / unit), true);
  return { distances, unit };
}

/** What `encodeDistances` wrote. */
export function decodeDistances({ distances, unit }: { readonly distances: Uint8Array; readonly unit: number }): Float64Array {
  const view = new DataView(distances.buffer, distances.byteOffset, distances.byteLength);
  return Float64Array.from({ length: distances.byteLength / 2 }, (_, i) => view.getUint16(2 * i, true) * unit);
}
