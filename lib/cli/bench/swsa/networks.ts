import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { modelManifestSchema, type ModelManifest } from '@/lib/inference/manifest';
import { benchNetworks } from '../networks';

export type Candidate = {
  readonly manifest: ModelManifest;
  readonly modelPath: string;
  /** Weights in float32 that fit into the file: what "largest model" goes by. */
  readonly parameters: number;
  /** Start of the SHA-256 of the file. */
  readonly sha256: string;
};

/** Folder of the CLIP-shaped image-text model. */
export const imageTextModel = 'vit-tiny-clip-shaped';

const smallDepths = [20, 32, 44, 56];

/** CIFAR-10 networks, which see 32 x 32 px. */
function smallManifest(depth: number): ModelManifest {
  return modelManifestSchema.parse({
    id: `cifar10-resnet${depth}`,
    name: `CIFAR-10 ResNet-${depth}`,
    input: { name: 'pixel_values', width: 32, height: 32, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    resize: { mode: 'stretch' },
    output: { name: 'features', pooling: 'none' },
    licence: 'BSD-2-Clause',
    source: 'cifar10-resnets',
  });
}

/** The embedded extractor and all networks of the folder that are there. */
export async function candidateNetworks(builtIn: string, models: string): Promise<Candidate[]> {
  const large = await benchNetworks(builtIn, models);
  const small = smallDepths.map((depth) => ({ manifest: smallManifest(depth), modelPath: path.join(models, 'cifar10-resnets', `resnet${depth}.onnx`) }));
  const present = [...large, ...small.filter(({ modelPath }) => existsSync(modelPath))];
  return Promise.all(present.map(candidateOf));
}

/** A network with what is known from its file. */
export async function candidateOf({ manifest, modelPath }: Pick<Candidate, 'manifest' | 'modelPath'>): Promise<Candidate> {
  const bytes = await readFile(modelPath);
  return { manifest, modelPath, parameters: Math.round(bytes.length / 4), sha256: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
}
