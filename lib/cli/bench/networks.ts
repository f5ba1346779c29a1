import { existsSync } from 'node:fs';
import path from 'node:path';
import { modelManifestSchema, type ModelManifest } from '@/lib/inference/manifest';
import { builtInModels, defaultModelId } from '@/lib/inference/registry';

/** Maps of a network's outputs that its patch features are made of; the smallest comes last and sets the number of patches. */
export type PatchOutputs = { readonly kind: 'maps'; readonly names: readonly string[] } | { readonly kind: 'tokens'; readonly name: string } | { readonly kind: 'scattering' };

export type BenchNetwork = { readonly manifest: ModelManifest; readonly modelPath: string; readonly patches: PatchOutputs };

type Known = { readonly folder: string; readonly file: string; readonly name: string; readonly input: string; readonly edge: number; readonly half?: boolean; readonly patches: PatchOutputs };

/** Real networks, by their folder in the models folder. All see 224 x 224 px, cut out of the centre. */
const known: readonly Known[] = [
  { folder: 'squeezenet1.1-imagenet', file: 'model.onnx', name: 'SqueezeNet 1.1', input: 'data', edge: 256, patches: { kind: 'maps', names: ['fire9'] } },
  { folder: 'mobilenetv2-imagenet', file: 'model.onnx', name: 'MobileNetV2', input: 'data', edge: 256, patches: { kind: 'maps', names: ['stage4', 'stage5'] } },
  { folder: 'resnet18-imagenet-layer3', file: 'model.onnx', name: 'ResNet-18 to layer3', input: 'pixel_values', edge: 256, patches: { kind: 'maps', names: ['layer2', 'layer3'] } },
  { folder: 'vit-tiny-clip-shaped', file: 'onnx/vision_model.onnx', name: 'ViT-Tiny/16', input: 'pixel_values', edge: 248, half: true, patches: { kind: 'tokens', name: 'last_hidden_state' } },
];

function manifestOf({ folder, name, input, edge, half = false }: Known): ModelManifest {
  return modelManifestSchema.parse({
    id: folder,
    name,
    input: {
      name: input,
      width: 224,
      height: 224,
      mean: half ? [0.5, 0.5, 0.5] : [0.485, 0.456, 0.406],
      std: half ? [0.5, 0.5, 0.5] : [0.229, 0.224, 0.225],
    },
    resize: { mode: 'shortest', edge },
    interpolation: half ? 'bicubic' : 'bilinear',
    output: { name: 'features', pooling: 'none' },
    licence: 'see the folder',
    source: folder,
  });
}

/**
 * The embedded extractor and the real networks that lie in `modelsFolder`; those that do not are named on stderr.
 * @param builtInFolder public/models of the installation
 * @param wanted folders of the real networks; default all
 */
export async function benchNetworks(builtInFolder: string, modelsFolder: string, wanted?: readonly string[]): Promise<BenchNetwork[]> {
  const embedded = (await builtInModels(builtInFolder)).find(({ manifest }) => manifest.id === defaultModelId);
  if (embedded === undefined) throw new Error(`there is no model "${defaultModelId}" in ${builtInFolder}`);
  const chosen = known.filter(({ folder }) => wanted?.includes(folder) ?? true);
  const found = chosen.flatMap((network): BenchNetwork[] => {
    const modelPath = path.join(modelsFolder, network.folder, network.file);
    if (existsSync(modelPath)) return [{ manifest: manifestOf(network), modelPath, patches: network.patches }];
    process.stderr.write(`SKIPPED: there is no ${modelPath}\n`);
    return [];
  });
  return [{ ...embedded, patches: { kind: 'scattering' } }, ...found];
}
