import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelManifestSchema } from '../manifest';
import { findPatches } from '../node/find-patches';
import { readOnnxModel } from '../onnx/read-model';
import { proposePatches } from './propose-patches';

const input = { layout: 'nchw', width: 224, height: 224 } as const;
const shapes = (given: Record<string, number[]>) => new Map(Object.entries(given).map(([name, shape]) => [name, [1, ...shape]]));
const proposed = (given: Record<string, number[]>, outputs: string[] = []) => proposePatches(Object.keys(given), shapes(given), outputs, input);
const names = (given: Record<string, number[]>, outputs: string[] = []) => proposed(given, outputs)?.outputs.map(({ name }) => name);

describe('where patches are looked for', () => {
  it('takes the ends of the two stages of a convolutional network that PatchCore takes', () => {
    const network = { stem: [64, 112, 112], a: [64, 56, 56], b: [128, 28, 28], b2: [128, 28, 28], c: [256, 14, 14], d: [512, 7, 7], pooled: [512, 1, 1], logits: [1000] };
    expect(names(network)).toEqual(['b2', 'c']);
  });

  it('prefers what the file gives out, and leaves class scores and attention out', () => {
    expect(names({ layer2: [128, 28, 28], later: [64, 28, 28], scores: [1000, 14, 14] }, ['layer2'])).toEqual(['layer2']);
    expect(names({ attention: [12, 197, 197], mask: [1, 14, 14] })).toBeUndefined();
  });

  it('takes the tokens of a transformer without those that stand for no patch', () => {
    const tokens = { early: [197, 768], last_hidden_state: [197, 768], head: [197, 1000], pooled: [768] };
    expect(proposed(tokens, ['last_hidden_state'])).toMatchObject({ layout: 'tokens', leading: 1, outputs: [{ name: 'last_hidden_state' }] });
    expect(proposed({ siglip: [196, 768] })).toMatchObject({ leading: 0 });
    expect(proposed({ registers: [261, 384] })).toMatchObject({ leading: 5 });
  });
});

const models = path.resolve(import.meta.dirname, '../../../../shared/models');
const known = [
  { file: 'resnet18-imagenet-layer3/model.onnx', name: 'pixel_values', edge: 224, layout: 'maps', outputs: ['layer2', 'layer3'] },
  { file: 'cifar10-resnets/resnet20.onnx', name: 'pixel_values', edge: 32, layout: 'maps', outputs: ['layer2', 'layer3'] },
  { file: 'vit-tiny-clip-shaped/onnx/vision_model.onnx', name: 'pixel_values', edge: 224, layout: 'tokens', outputs: ['last_hidden_state'] },
];

// These need ../shared/models; without it they are skipped.
describe.skipIf(!existsSync(models))('real networks of ../shared/models', () => {
  it.each(known)('$file', { timeout: 120_000 }, async ({ file, name, edge, layout, outputs }) => {
    const bytes = readFileSync(path.join(models, file));
    const manifest = modelManifestSchema.parse({ id: 'x', name: 'x', input: { name, width: edge, height: edge, mean: [0, 0, 0], std: [1, 1, 1] }, resize: { mode: 'stretch' }, output: { name: 'features' }, licence: 'x', source: 'x' });
    const found = await findPatches(bytes, readOnnxModel(bytes), manifest, { threads: 1 });
    expect([found?.layout, found?.outputs.map((output) => output.name)]).toEqual([layout, outputs]);
  });
});
