import { createHash } from 'node:crypto';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { writeOnnxModel } from '@/lib/inference/onnx/write-model';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Model, PrismaClient } from '@/lib/store/generated/client';

const PARAMETERS = 24;

/** A network that sees colours alone: the mean of each channel, mixed into eight values. */
function meanColours(): Uint8Array {
  return writeOnnxModel({
    name: 'mean-colours',
    opset: 17,
    inputs: [{ name: 'x', type: 'float32', shape: ['N', 3, 16, 16] }],
    outputs: [{ name: 'features', type: 'float32', shape: ['N', 8] }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'w'], outputs: ['features'] },
    ],
    initializers: [{ name: 'w', shape: [3, 8], data: Float32Array.from({ length: PARAMETERS }, (_, i) => Math.sin(i + 1)) }],
  });
}

/** Registers the network. */
export async function addMeanColours(store: PrismaClient): Promise<Model> {
  const onnx = Buffer.from(meanColours());
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  await blobStore().put(onnx);
  const manifest = modelManifestSchema.parse({
    id: 'mean-colours',
    name: 'Mean colours',
    input: { name: 'x', width: 16, height: 16, mean: [0, 0, 0], std: [1, 1, 1] },
    resize: { mode: 'stretch' },
    output: { name: 'features' },
    patches: null,
    licence: 'Apache-2.0',
    source: 'made for this test',
    parameters: PARAMETERS,
  });
  return store.model.create({ data: { name: manifest.name, sha256, bytes: onnx.length, manifest, dim: 8 } });
}
