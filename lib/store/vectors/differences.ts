/** A feature in which a vector differs from its nearest training normals. */
export type FeatureDifference = {
  /** Column of the feature, from 0. */
  readonly feature: number;
  /** As given. */
  readonly value: number;
  /** Mean of the nearest training normals, in the units of the value. */
  readonly normal: number;
  /** value - normal in standard deviations of the training rows. */
  readonly difference: number;
};

const RECORD = 16;

/** Little-endian records: u32 feature, f32 value, f32 normal, f32 difference. Three digits of them are shown. */
export function encodeDifferences(differences: readonly FeatureDifference[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(differences.length * RECORD);
  const view = new DataView(bytes.buffer);
  for (const [i, { feature, value, normal, difference }] of differences.entries()) {
    view.setUint32(i * RECORD, feature, true);
    view.setFloat32(i * RECORD + 4, value, true);
    view.setFloat32(i * RECORD + 8, normal, true);
    view.setFloat32(i * RECORD + 12, difference, true);
  }
  return bytes;
}

/** What `encodeDifferences` wrote. */
export function decodeDifferences(bytes: Uint8Array): FeatureDifference[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / RECORD) }, (_, i) => ({
    feature: view.getUint32(i * RECORD, true),
    value: view.getFloat32(i * RECORD + 4, true),
    normal: view.getFloat32(i * RECORD + 8, true),
    difference: view.getFloat32(i * RECORD + 12, true),
  }));
}
