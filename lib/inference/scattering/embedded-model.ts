import type { ModelManifest } from '../manifest';
import { writeOnnxModel } from '../onnx/write-model';
import { embeddedScattering } from './config';
import { scatteringPatches } from './patch-outputs';
import { scatteringInput, scatteringModel, scatteringOutput } from './graph';

/** Manifest of the embedded extractor. */
export const embeddedManifest: ModelManifest = {
  id: 'scattering',
  name: 'Wavelet scattering',
  description: 'Two layers of Morlet wavelets in four scales and eight orientations, pooled over 4 x 4 cells, with the covariances of the first layer, brightness and colour. Untrained.',
  input: {
    name: scatteringInput,
    width: embeddedScattering.size,
    height: embeddedScattering.size,
    layout: 'nchw',
    channels: 'rgb',
    pixelRange: 'unit',
    mean: [0, 0, 0],
    std: [1, 1, 1],
  },
  resize: { mode: 'stretch' },
  interpolation: 'bilinear',
  output: { name: scatteringOutput, pooling: 'none' },
  patches: scatteringPatches(scatteringModel(embeddedScattering), embeddedScattering.grid),
  licence: 'Apache-2.0',
  source: 'lib/inference/scattering',
};

/** The files of public/models/scattering by name. The same bytes at every call. */
export function embeddedModelFiles(): Record<'model.onnx' | 'manifest.json', Uint8Array> {
  return {
    'model.onnx': writeOnnxModel(scatteringModel(embeddedScattering)),
    'manifest.json': new TextEncoder().encode(`${JSON.stringify(embeddedManifest, null, 2)}\n`),
  };
}
