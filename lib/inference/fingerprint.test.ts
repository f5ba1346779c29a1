import { expect, test } from 'vitest';
import type { FeatureFingerprint } from './fingerprint';
import { canonicalFingerprint, fingerprintSettings } from './fingerprint';
import { embeddedManifest } from './scattering/embedded-model';

const fingerprint: FeatureFingerprint = {
  extractor: 'scattering',
  modelSha256: '00',
  preprocessingVersion: 1,
  settings: fingerprintSettings(embeddedManifest),
  runtime: 'onnxruntime-node',
  runtimeVersion: '1.30.0',
  provider: 'cpu',
  dtype: 'float32',
  dim: 8,
};

test('the order of keys does not matter', () => {
  const { input, ...rest } = fingerprint.settings;
  const { dim, settings: _settings, ...others } = fingerprint;
  const settings = { output: rest.output, interpolation: rest.interpolation, resize: rest.resize, input };
  const shuffled: FeatureFingerprint = { dim, settings, ...others };
  expect(canonicalFingerprint(shuffled)).toBe(canonicalFingerprint(fingerprint));
});

test.each([
  ['a runtime version', { ...fingerprint, runtimeVersion: '1.31.0' }],
  ['a mean', { ...fingerprint, settings: { ...fingerprint.settings, input: { ...fingerprint.settings.input, mean: [0, 0, 0.1] } } }],
  ['the provider', { ...fingerprint, provider: 'webgpu' }],
])('%s counts', (_, other) => {
  expect(canonicalFingerprint(other)).not.toBe(canonicalFingerprint(fingerprint));
});

test('the name of the model does not count', () => {
  expect(fingerprintSettings({ ...embeddedManifest, name: 'another' })).toEqual(fingerprint.settings);
});
