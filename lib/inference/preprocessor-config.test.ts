import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { presetNames } from '@/lib/api/contracts/models';
import { modelTypeOf, presetProcessing, readImageProcessing } from './preprocessor-config';

const imagenet = { image_mean: [0.485, 0.456, 0.406], image_std: [0.229, 0.224, 0.225] };
const half = { image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] };
const read = (preprocessor: unknown) => readImageProcessing({ preprocessor });

test.each([
  [
    'CLIP',
    { feature_extractor_type: 'CLIPFeatureExtractor', do_resize: true, size: { shortest_edge: 224 }, do_center_crop: true, crop_size: { height: 224, width: 224 }, resample: 3, do_rescale: true, rescale_factor: 0.00392156862745098, do_normalize: true, image_mean: [0.48145466, 0.4578275, 0.40821073], image_std: [0.26862954, 0.26130258, 0.27577711] },
    { width: 224, height: 224, resize: { mode: 'shortest', edge: 224 }, interpolation: 'bicubic', pixelRange: 'unit', mean: [0.48145466, 0.4578275, 0.40821073] },
  ],
  ['CLIP of old, sizes as numbers', { feature_extractor_type: 'CLIPFeatureExtractor', size: 224, crop_size: 224, do_center_crop: true, resample: 3, ...half }, { width: 224, height: 224, resize: { mode: 'shortest', edge: 224 } }],
  ['ViT', { image_processor_type: 'ViTImageProcessor', do_resize: true, size: { height: 224, width: 224 }, resample: 2, do_rescale: true, rescale_factor: 1 / 255, do_normalize: true, ...half }, { width: 224, height: 224, resize: { mode: 'stretch' }, interpolation: 'bilinear', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }],
  ['ViT of old', { do_normalize: true, do_resize: true, ...half, resample: 2, size: 384 }, { width: 384, height: 384, resize: { mode: 'stretch' }, interpolation: 'bilinear', pixelRange: 'unit' }],
  ['SigLIP', { image_processor_type: 'SiglipImageProcessor', size: { height: 224, width: 224 }, resample: 3, do_rescale: true, rescale_factor: 1 / 255, do_normalize: true, ...half }, { width: 224, height: 224, resize: { mode: 'stretch' }, interpolation: 'bicubic' }],
  ['SigLIP without a filter', { image_processor_type: 'SiglipImageProcessor', size: { height: 224, width: 224 }, ...half }, { interpolation: 'bicubic' }],
  ['ResNet (ConvNeXt processor)', { feature_extractor_type: 'ConvNextFeatureExtractor', crop_pct: 0.875, size: { shortest_edge: 224 }, resample: 3, ...imagenet }, { width: 224, height: 224, resize: { mode: 'shortest', edge: 256 }, interpolation: 'bicubic', mean: imagenet.image_mean }],
  ['ConvNeXt of 384', { image_processor_type: 'ConvNextImageProcessor', crop_pct: 0.875, size: { shortest_edge: 384 }, resample: 2, ...imagenet }, { width: 384, height: 384, resize: { mode: 'stretch' } }],
  ['DINOv2 (BiT processor)', { image_processor_type: 'BitImageProcessor', size: { shortest_edge: 256 }, do_center_crop: true, crop_size: { height: 224, width: 224 }, resample: 3, do_convert_rgb: true, ...imagenet }, { width: 224, height: 224, resize: { mode: 'shortest', edge: 256 }, interpolation: 'bicubic' }],
  ['MobileCLIP, not normalised', { image_processor_type: 'CLIPFeatureExtractor', size: { shortest_edge: 256 }, do_center_crop: true, crop_size: { height: 256, width: 256 }, do_normalize: false, ...half, resample: 2 }, { width: 256, height: 256, mean: [0, 0, 0], std: [1, 1, 1], pixelRange: 'unit' }],
  ['no rescaling', { size: { height: 32, width: 64 }, do_rescale: false, image_mean: [127.5], image_std: [127.5] }, { width: 64, height: 32, pixelRange: 'byte', mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] }],
  ['a factor and an offset', { size: { height: 224, width: 224 }, rescale_factor: 1 / 127.5, rescale_offset: true, do_normalize: false }, { pixelRange: 'byte', mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] }],
])('%s', (_, config, expected) => {
  const seen = read(config)!;
  expect(seen).toMatchObject({ ...expected, ...('mean' in expected ? { mean: expected.mean.map((value) => expect.closeTo(value, 9) as number) } : {}), ...('std' in expected ? { std: expected.std.map((value) => expect.closeTo(value, 9) as number) } : {}) });
});

test('rescaling by any factor gives the numbers of transformers', () => {
  const factor = 1 / 200;
  const seen = read({ size: { height: 8, width: 8 }, rescale_factor: factor, rescale_offset: true, image_mean: [0.1, 0.2, 0.3], image_std: [0.4, 0.5, 0.6] })!;
  for (const pixel of [0, 17, 255]) {
    for (const c of [0, 1, 2]) {
      const theirs = (pixel * factor - 1 - [0.1, 0.2, 0.3][c]!) / [0.4, 0.5, 0.6][c]!;
      expect((pixel - seen.mean[c]!) / seen.std[c]!).toBeCloseTo(theirs, 10);
    }
  }
});

test.each([
  ['Lanczos', { size: { height: 224, width: 224 }, resample: 1 }, 'the resampling filter 1 is not one of'],
  ['stretch, then crop', { size: { height: 256, width: 256 }, crop_size: { height: 224, width: 224 }, do_center_crop: true }, 'stretched to one size and then cropped'],
  ['a crop larger than the image', { size: { shortest_edge: 224 }, crop_size: 256, do_center_crop: true }, 'smaller than the crop'],
  ['no size', { do_normalize: true }, 'does not say to which size'],
  ['a size without a crop', { size: { shortest_edge: 224 } }, 'does not say to which size'],
  ['no resizing', { do_resize: false, size: 224 }, 'not resized'],
  ['a word for a size', { size: 'large' }, 'size'],
])('%s is refused in words', (_, config, words) => {
  expect(() => read(config)).toThrow(words);
});

test('timm and open_clip', () => {
  const timm = { model_type: 'x', pretrained_cfg: { input_size: [3, 224, 224], interpolation: 'bicubic', crop_pct: 0.9, crop_mode: 'center', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } };
  expect(readImageProcessing({ config: timm })).toMatchObject({ width: 224, resize: { mode: 'shortest', edge: 248 }, interpolation: 'bicubic', pixelRange: 'unit' });
  const openClip = { size: [240, 240], mode: 'RGB', mean: [0.48, 0.45, 0.4], std: [0.26, 0.26, 0.27], interpolation: 'bicubic', resize_mode: 'shortest', fill_color: 0 };
  expect(readImageProcessing({ openClip })).toMatchObject({ width: 240, height: 240, resize: { mode: 'shortest', edge: 240 }, interpolation: 'bicubic' });
  expect(readImageProcessing({ config: { model_type: 'vit' } })).toBeUndefined();
  expect([modelTypeOf({ config: timm }), modelTypeOf({})]).toEqual(['x', null]);
});

test('presets have the side that is asked for', () => {
  for (const name of presetNames) expect(presetProcessing(name, 224)).toMatchObject({ width: 224, height: 224 });
  expect(presetProcessing('imagenet', 224).resize).toEqual({ mode: 'shortest', edge: 256 });
});

const folder = path.resolve(import.meta.dirname, '../../../shared/models/vit-tiny-clip-shaped');
const present = existsSync(folder);
if (!present) process.stderr.write(`SKIPPED: reading a real configuration needs ${folder}\n`);

test.skipIf(!present)('the configuration of a real network', () => {
  const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
  expect(readImageProcessing({ preprocessor: json('preprocessor_config.json'), config: json('config.json') })).toEqual({
    width: 224, height: 224, resize: { mode: 'shortest', edge: 248 }, interpolation: 'bicubic', pixelRange: 'unit', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5],
  });
});
