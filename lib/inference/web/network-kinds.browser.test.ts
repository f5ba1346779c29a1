import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifier, classifierWithWeightsBeside, quantisedClassifier } from '@/lib/pipeline/models/testing/networks';
import type { ModelManifest } from '../manifest';
import { openExtractor } from '../node/extractor';
import { writeOnnxModel } from '../onnx/write-model';
import { compareVectors, maxAbsLimit } from '../parity/compare';
import { parityImages } from '../parity/probe-images';
import { MAX_BROWSER_BYTES } from './network-files';
import type { ProviderWish } from './provider';
import { hasBrowser, openBrowser, type BrowserPage } from './testing/browser';
import type { InPage } from './testing/page';

if (!hasBrowser) process.stderr.write('SKIPPED: networks in a browser need Chromium\n');

/** Half precision from the first number to the last, as "fp16" exports without float32 ends have it. */
function halfClassifier(): Uint8Array {
  return writeOnnxModel({
    name: 'half',
    opset: 17,
    inputs: [{ name: 'x', type: 'float16', shape: ['N', 3, 16, 16] }],
    outputs: [{ name: 'logits', type: 'float16', shape: ['N', 10] }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
      { op: 'Cast', inputs: ['w'], outputs: ['half'], attributes: { to: { int: 10 } } },
      { op: 'MatMul', inputs: ['flat', 'half'], outputs: ['logits'] },
    ],
    initializers: [{ name: 'w', shape: [3, 10], data: Float32Array.from({ length: 30 }, (_, i) => Math.sin(i)) }],
  });
}

/** Takes four images at a time and no other number. */
function fourAtATime(): Uint8Array {
  return writeOnnxModel({
    name: 'four',
    opset: 17,
    inputs: [{ name: 'x', type: 'float32', shape: [4, 3, 16, 16] }],
    outputs: [{ name: 'logits', type: 'float32', shape: [4, 3, 1, 1] }],
    nodes: [{ op: 'GlobalAveragePool', inputs: ['x'], outputs: ['logits'] }],
    initializers: [],
  });
}

const beside = classifierWithWeightsBeside('model.onnx_data');

const manifest = (id: string, input: Partial<ModelManifest['input']> = {}): ModelManifest => ({
  id,
  name: id,
  input: { name: 'x', width: 16, height: 16, layout: 'nchw', channels: 'rgb', pixelRange: 'unit', mean: [0.1, 0.2, 0.3], std: [0.5, 0.5, 0.5], ...input },
  resize: { mode: 'stretch' },
  interpolation: 'bilinear',
  output: { name: 'logits', pooling: 'flatten' },
  licence: 'Apache-2.0',
  source: 'test',
});

const weights = [{ name: 'model.onnx_data', sha256: createHash('sha256').update(beside.weights).digest('hex'), bytes: beside.weights.length }];
const networks = {
  half: { bytes: halfClassifier(), manifest: manifest('half') },
  int8: { bytes: quantisedClassifier(), manifest: { ...manifest('int8', { batch: 1 }), output: { name: 'features', pooling: 'flatten' } } as ModelManifest },
  four: { bytes: fourAtATime(), manifest: manifest('four') },
  three: { bytes: classifier(), manifest: manifest('three', { batch: 3 }) },
  beside: { bytes: beside.onnx, manifest: { ...manifest('beside'), weights } as ModelManifest },
};
type Kind = keyof typeof networks;
const kinds = Object.keys(networks) as Kind[];

let browser: BrowserPage;
let folder: string;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = mkdtempSync(path.join(tmpdir(), 'assay-kinds-'));
  writeFileSync(path.join(folder, 'model.onnx_data'), beside.weights);
  for (const kind of kinds) writeFileSync(path.join(folder, `${kind}.onnx`), networks[kind].bytes);
  browser = await openBrowser({ ...Object.fromEntries(kinds.map((kind) => [`/models/${kind}`, networks[kind].bytes])), '/weights/model.onnx_data': beside.weights });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

type Here = { provider: string; why: string; batch: number; dim: number; probe: number[]; together: number[]; alone: number[] };

/** Opens a network in the page and embeds five made-up inputs, all in one call and each in a call of its own. */
function inBrowser(url: string, wanted: ModelManifest, wish: ProviderWish): Promise<Here> {
  return browser.page.evaluate(async ({ url, wanted, wish }) => {
    const { assay } = globalThis as unknown as { assay: InPage };
    const { engine } = await assay.openEngine({ modelUrl: url, weightsUrl: (name) => `/weights/${name}`, manifest: wanted, wish, accept: async () => null, signal: new AbortController().signal });
    const inputs = Array.from({ length: 5 }, (_, image) => Float32Array.from({ length: 3 * 256 }, (__, i) => Math.sin(i * (image + 1)) * (image + 1)));
    const { vectors } = await engine.embed(inputs);
    const alone: number[] = [];
    for (const input of inputs) alone.push(...(await engine.embed([input])).vectors);
    engine.close();
    return { provider: engine.plan.provider, why: engine.plan.why, batch: engine.batch, dim: engine.dim, probe: Array.from(engine.probe), together: Array.from(vectors), alone };
  }, { url, wanted, wish });
}

async function agreement(kind: Kind, here: Here): Promise<ReturnType<typeof compareVectors>> {
  const extractor = await openExtractor(path.join(folder, `${kind}.onnx`), networks[kind].manifest, { threads: 1 });
  const reference = await extractor.embed(parityImages());
  await extractor.close();
  return compareVectors(reference, Float32Array.from(here.probe), extractor.dim, maxAbsLimit(reference));
}

describe.skipIf(!hasBrowser)('kinds of networks in Chromium', () => {
  const time = { timeout: 120_000 };

  it.each(kinds)('%s gives the vectors of the server', time, async (kind) => {
    const here = await inBrowser(`/models/${kind}`, networks[kind].manifest, 'wasm');
    expect(await agreement(kind, here)).toMatchObject({ passed: true });
  });

  it.each([['int8', 1], ['four', 4], ['three', 3]] as const)('%s gets %i images at a time, the last ones filled up and cut off', time, async (kind, batch) => {
    const here = await inBrowser(`/models/${kind}`, networks[kind].manifest, 'wasm');
    expect(here.batch).toBe(batch);
    expect(here.together).toHaveLength(5 * here.dim);
    expect(here.together).toEqual(here.alone);
  });

  it('the batch matters: without the manifest the quantised one gives other vectors together than alone', time, async () => {
    const { batch: _batch, ...input } = networks.int8.manifest.input;
    const here = await inBrowser('/models/int8', { ...networks.int8.manifest, input }, 'wasm');
    expect(here.together).not.toEqual(here.alone);
  });

  it('half precision on a graphics card that lacks it ends on WebAssembly, and says so', time, async () => {
    const here = await inBrowser('/models/half', networks.half.manifest, 'webgpu');
    expect(here.why).toMatch(/^WebAssembly with \d+ threads?: WebGPU failed here \(The graphics card lacks half precision, which this network needs\)\.$/);
    expect(await agreement('half', here)).toMatchObject({ passed: true });
  });

  it('says so when the weights are not there, and when they are too large for a browser', time, async () => {
    const missing = { ...networks.beside.manifest, weights: [{ ...weights[0]!, name: 'other_data' }] };
    await expect(inBrowser('/models/beside', missing, 'wasm')).rejects.toThrow(/answered 404/);
    const large = { ...networks.beside.manifest, weights: [{ ...weights[0]!, bytes: MAX_BROWSER_BYTES }] };
    await expect(inBrowser('/models/beside', large, 'wasm')).rejects.toThrow(/This network has 1,343 MB; a browser takes at most 1,343 MB/);
  });
});
