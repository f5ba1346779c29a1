import { packUuids, unpackUuids } from './columns';

/** A training sample and how far it lies from an auxiliary one, in feature distance. */
export type NearSample = { readonly sampleId: string; readonly distance: number };

/** The nearest training normals and real anomalies of an auxiliary sample after the first of each, nearest first. */
export type FurtherNeighbours = { readonly normals: readonly NearSample[]; readonly anomalies: readonly NearSample[] };

/** Most further neighbours of either kind. */
export const FURTHER_MOST = 15;
const ID_BYTES = 16;
const ENTRY_BYTES = ID_BYTES + 4;

/**
 * Packs them into 1 + 20 bytes each: the number of normals, then of each its id (16 bytes) and its distance (little-endian
 * float32), then the same of the anomalies. STORED DATA (Score.furtherNeighbours).
 */
export function packNeighbours({ normals, anomalies }: FurtherNeighbours): Uint8Array<ArrayBuffer> {
  const all = [...normals, ...anomalies];
  const bytes = new Uint8Array(1 + all.length * ENTRY_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = normals.length;
  all.forEach(({ sampleId, distance }, i) => {
    bytes.set(packUuids([sampleId]), 1 + i * ENTRY_BYTES);
    view.setFloat32(1 + i * ENTRY_BYTES + ID_BYTES, distance, true);
  });
  return bytes;
}

/** Null for bytes that packNeighbours does not make: another length, too many, or distances that are none. */
export function unpackNeighbours(bytes: Uint8Array): FurtherNeighbours | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = (bytes.length - 1) / ENTRY_BYTES;
  const normals = bytes[0];
  if (normals === undefined || !Number.isInteger(count) || normals > count || normals > FURTHER_MOST || count - normals > FURTHER_MOST) return null;
  const all = Array.from({ length: count }, (_, i) => {
    const at = 1 + i * ENTRY_BYTES;
    return { sampleId: unpackUuids(bytes.subarray(at, at + ID_BYTES))[0]!, distance: view.getFloat32(at + ID_BYTES, true) };
  });
  if (!all.every(({ distance }) => Number.isFinite(distance) && distance >= 0)) return null;
  return { normals: all.slice(0, normals), anomalies: all.slice(normals) };
}

/** As text, for JSON. */
export function neighboursToText(neighbours: FurtherNeighbours): string {
  return btoa(String.fromCharCode(...packNeighbours(neighbours)));
}

export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** As unpackNeighbours. */
export function neighboursOfText(text: string): FurtherNeighbours | null {
  return unpackNeighbours(bytesOfText(text));
}
