import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeOnnxModel } from '@/lib/inference/onnx/write-model';

/** Files of a network that doubles an image of 8 x 8 pixels, and of a manifest for it. */
export async function toyModel(folder: string, { side = 8, name = 'Toy', factor = 2 } = {}): Promise<{ model: string; manifest: string }> {
  const model = path.join(folder, `toy-${side}-${factor}.onnx`);
  const manifest = path.join(folder, `${name}.json`);
  const image = { name: 'x', type: 'float32' as const, shape: ['N', 3, side, side] };
  await writeFile(
    model,
    writeOnnxModel({
      name: 'toy',
      opset: 17,
      inputs: [image],
      outputs: [{ ...image, name: 'y' }],
      nodes: [{ op: 'Mul', inputs: ['x', 'factor'], outputs: ['y'] }],
      initializers: [{ name: 'factor', shape: [1], data: Float32Array.of(factor) }],
    }),
  );
  const input = { name: 'x', width: 8, height: 8, mean: [0, 0, 0], std: [1, 1, 1] };
  const output = { name: 'y', pooling: 'mean-spatial' };
  await writeFile(manifest, JSON.stringify({ id: 'toy', name, input, resize: { mode: 'stretch' }, output, licence: 'Apache-2.0', source: 'made by a test' }));
  return { model, manifest };
}
