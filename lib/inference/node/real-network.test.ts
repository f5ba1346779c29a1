import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ModelManifest } from '../manifest';
import { openExtractor } from './extractor';

const folder = path.resolve(import.meta.dirname, '../../../../shared/models/squeezenet1.1-imagenet');
const present = existsSync(path.join(folder, 'model.onnx'));
if (!present) process.stderr.write(`SKIPPED: the test against a real network needs ${folder}\n`);

const manifest: ModelManifest = {
  id: 'squeezenet1.1',
  name: 'SqueezeNet 1.1',
  input: {
    name: 'data', width: 224, height: 224, layout: 'nchw', channels: 'rgb', pixelRange: 'unit',
    mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225],
  },
  resize: { mode: 'shortest', edge: 256 },
  interpolation: 'bilinear',
  output: { name: 'features', pooling: 'none' },
  licence: 'Apache-2.0',
  source: 'ONNX model zoo',
};

const goldenSchema = z.array(z.object({
  sha256: z.string(),
  golden: z.object({ outputs: z.record(z.string(), z.object({ first8: z.array(z.number()), l2: z.number() })) }),
}));

/** The input that golden.json describes. */
function goldenInput(length: number): Float32Array {
  let state = 12345;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 4 - 2;
  });
}

test.skipIf(!present)('SqueezeNet passes the dry run and gives its published reference values', async () => {
  const [entry] = goldenSchema.parse(JSON.parse(readFileSync(path.join(folder, 'golden.json'), 'utf8')));
  const golden = entry!.golden.outputs.features!;
  const extractor = await openExtractor(path.join(folder, 'model.onnx'), manifest, { threads: 1 });
  expect(extractor.dim).toBe(512);
  expect(extractor.fingerprint.modelSha256).toBe(entry!.sha256);
  const features = await extractor.embedPrepared([goldenInput(3 * 224 * 224)]);
  golden.first8.forEach((value, i) => expect(features[i]).toBeCloseTo(value, 4));
  expect(Math.hypot(...features)).toBeCloseTo(golden.l2, 3);
  await extractor.close();
});

test.skipIf(!present)('the mean over a feature map equals the output that the network averages itself', async () => {
  const modelPath = path.join(folder, 'model.onnx');
  const own = await openExtractor(modelPath, { ...manifest, output: { name: 'fire9', pooling: 'mean-spatial' } }, { threads: 1 });
  const input = [goldenInput(3 * 224 * 224)];
  const pooled = await own.embedPrepared(input);
  await own.close();
  const theirs = await openExtractor(modelPath, manifest, { threads: 1 });
  const features = await theirs.embedPrepared(input);
  await theirs.close();
  pooled.forEach((value, i) => expect(value).toBeCloseTo(features[i]!, 4));
});
