import type { ModelManifest } from './manifest';

/**
 * What two feature vectors must have in common to be comparable. Any difference in it means another feature
 * set, unless a stored parity certificate says that the numbers agree.
 */
export type FeatureFingerprint = {
  /** Id of the model's manifest. */
  extractor: string;
  modelSha256: string;
  preprocessingVersion: number;
  /** The settings of the manifest that change numbers; name, licence and source do not. */
  settings: Pick<ModelManifest, 'input' | 'resize' | 'interpolation' | 'output' | 'weights'>;
  /** 'onnxruntime-node' or 'onnxruntime-web', and its version. */
  runtime: string;
  runtimeVersion: string;
  /** Execution provider: cpu, wasm, webgpu. */
  provider: string;
  /** Type in which the vectors are stored. */
  dtype: 'float32';
  dim: number;
};

/** Settings part of the fingerprint of a manifest. */
export function fingerprintSettings(manifest: ModelManifest): FeatureFingerprint['settings'] {
  const { input, resize, interpolation, output, weights } = manifest;
  return { input, resize, interpolation, output, ...(weights === undefined ? {} : { weights }) };
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]));
}

/** JSON with sorted keys: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonical(value));
}

/** Canonical JSON of a fingerprint. Its SHA-256 is the fingerprint's hash. */
export function canonicalFingerprint(fingerprint: FeatureFingerprint): string {
  return canonicalJson(fingerprint);
}
