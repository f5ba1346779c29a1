import { expect, test } from 'vitest';
import { modelManifestSchema } from './manifest';
import { parseManifest } from './registry';

const manifest = {
  id: 'resnet18-layer3',
  name: 'ResNet-18',
  input: { name: 'data', width: 224, height: 224, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  resize: { mode: 'shortest', edge: 256 },
  output: { name: 'layer3', pooling: 'mean-spatial' },
  licence: 'BSD-3-Clause',
  source: 'torchvision',
};

test('defaults: NCHW, RGB, unit range, bilinear', () => {
  const parsed = modelManifestSchema.parse(manifest);
  expect(parsed.input).toMatchObject({ layout: 'nchw', channels: 'rgb', pixelRange: 'unit' });
  expect(parsed.interpolation).toBe('bilinear');
});

test.each([
  ['a misspelt key', { ...manifest, licens: 'MIT' }, 'licens'],
  ['an edge smaller than the crop', { ...manifest, resize: { mode: 'shortest', edge: 200 } }, 'resize.edge: must be at least the larger side of the input, 224'],
  ['three means for grey', { ...manifest, input: { ...manifest.input, channels: 'grey' } }, 'input.mean: grey input wants 1 value(s), got 3'],
  ['a standard deviation of zero', { ...manifest, input: { ...manifest.input, std: [0, 1, 1] } }, 'input.std.0'],
  ['an unknown pooling', { ...manifest, output: { name: 'y', pooling: 'max' } }, 'output.pooling'],
])('refuses %s and says where', (_, value, words) => {
  expect(() => parseManifest(JSON.stringify(value), 'manifest.json')).toThrow(words);
});

test('text that is not JSON is named as such', () => {
  expect(() => parseManifest('{', 'model/manifest.json')).toThrow('model/manifest.json is not JSON.');
});
