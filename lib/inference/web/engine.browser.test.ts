import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtInModels } from '../registry';
import type { ModelManifest } from '../manifest';
import { openExtractor } from '../node/extractor';
import { compareVectors, maxAbsLimit } from '../parity/compare';
import { parityImages } from '../parity/probe-images';
import type { ProviderWish } from './provider';
import { hasBrowser, openBrowser, type BrowserPage } from './testing/browser';
import type { InPage } from './testing/page';

const root = path.resolve(import.meta.dirname, '../../..');
const cifar = path.resolve(root, '../shared/models/cifar10-resnets');
const hasCifar = existsSync(path.join(cifar, 'resnet20.onnx'));
if (!hasBrowser) process.stderr.write('SKIPPED: networks in a browser need Chromium\n');
if (!hasCifar) process.stderr.write(`SKIPPED: the test against a real network in a browser needs ${cifar}\n`);

const resnet20: ModelManifest = {
  id: 'resnet20',
  name: 'ResNet-20',
  input: { name: 'pixel_values', width: 32, height: 32, layout: 'nchw', channels: 'rgb', pixelRange: 'unit', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  resize: { mode: 'stretch' },
  interpolation: 'bilinear',
  output: { name: 'features', pooling: 'none' },
  licence: 'BSD-2-Clause',
  source: 'github.com/akamaster/pytorch_resnet_cifar10',
};

type Model = { manifest: ModelManifest; file: string };

async function embedded(): Promise<Model> {
  const [model] = await builtInModels(path.join(root, 'public/models'));
  return { manifest: model!.manifest, file: model!.modelPath };
}

/** Every size of a batch is compiled anew, which takes a graphics card in software ten seconds and more: one size instead of a search for the best. */
const oneBatch = (manifest: ModelManifest, wish: ProviderWish): ModelManifest => (wish === 'webgpu' ? { ...manifest, input: { ...manifest.input, batch: 2 } } : manifest);

const cifarModel: Model = { manifest: resnet20, file: path.join(cifar, 'resnet20.onnx') };

let browser: BrowserPage;

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await openBrowser({
    '/models/embedded': readFileSync((await embedded()).file),
    ...(hasCifar ? { '/models/resnet20': readFileSync(cifarModel.file) } : {}),
  });
}, 60_000);
afterAll(() => browser?.close());

type Here = { provider: string; why: string; batch: number; dim: number; probe: number[]; embedded: number[] };

/** Opens a network in the page; `input`: a prepared input to embed as well, twice in one batch. */
function inBrowser(url: string, manifest: ModelManifest, wish: ProviderWish, input: Float32Array | null = null): Promise<Here> {
  return browser.page.evaluate(async ({ url, manifest, wish, input }) => {
    const { assay } = globalThis as unknown as { assay: InPage };
    const { engine } = await assay.openEngine({ modelUrl: url, weightsUrl: (name) => `/weights/${name}`, manifest, wish, accept: async () => null, signal: new AbortController().signal });
    const { vectors } = input === null ? { vectors: new Float32Array() } : await engine.embed([Float32Array.from(input), Float32Array.from(input)]);
    engine.close();
    return { provider: engine.plan.provider, why: engine.plan.why, batch: engine.batch, dim: engine.dim, probe: Array.from(engine.probe), embedded: Array.from(vectors) };
  }, { url, manifest, wish, input: input === null ? null : Array.from(input) });
}

/** How the probe in the browser agrees with the one on the server. */
async function parity({ manifest, file }: Model, here: Here): Promise<ReturnType<typeof compareVectors>> {
  const extractor = await openExtractor(file, manifest, { threads: 1 });
  const reference = await extractor.embed(parityImages());
  await extractor.close();
  expect(here.dim).toBe(extractor.dim);
  const result = compareVectors(reference, Float32Array.from(here.probe), here.dim, maxAbsLimit(reference));
  if (process.env.ASSAY_SHOW_DIFFERENCES === '1') {
    process.stderr.write(`${manifest.id} on ${here.provider}: cosine ${result.cosine.toFixed(10)}, largest difference ${result.maxAbs.toExponential(2)} (limit ${maxAbsLimit(reference).toExponential(2)}), batch ${here.batch}; ${here.why}\n`);
  }
  return result;
}

const goldenSchema = z.array(z.object({ file: z.string(), golden: z.object({ outputs: z.record(z.string(), z.object({ first8: z.array(z.number()), l2: z.number() })) }) }));

/** The input that golden.json describes. */
function goldenInput(): Float32Array {
  let state = 12345;
  return Float32Array.from({ length: 3 * 32 * 32 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 4 - 2;
  });
}

describe.skipIf(!hasBrowser)('networks in Chromium', () => {
  const gpu = { timeout: 300_000 };

  it.each(['webgpu', 'wasm-threads', 'wasm'] as const)('the embedded extractor agrees with the server on %s', gpu, async (wish) => {
    const before = await browser.dispatches();
    const model = await embedded();
    const here = await inBrowser('/models/embedded', oneBatch(model.manifest, wish), wish);
    expect(here.provider).toBe(wish);
    expect((await parity(model, here)).passed).toBe(true);
    expect((await browser.dispatches()) - before > 0, 'compute passes on the graphics card').toBe(wish === 'webgpu');
  });

  it.skipIf(!hasCifar).each(['webgpu', 'wasm-threads', 'wasm'] as const)('ResNet-20 gives its reference values on %s', gpu, async (wish) => {
    const before = await browser.dispatches();
    const here = await inBrowser('/models/resnet20', oneBatch(resnet20, wish), wish, goldenInput());
    expect(here.provider).toBe(wish);
    const golden = goldenSchema.parse(JSON.parse(readFileSync(path.join(cifar, 'golden.json'), 'utf8'))).find(({ file }) => file.endsWith('resnet20.onnx'))!.golden.outputs.features!;
    for (const start of [0, 64]) {
      const vector = here.embedded.slice(start, start + 64);
      golden.first8.forEach((value, i) => expect(Math.abs(vector[i]! - value)).toBeLessThan(1e-4));
      expect(Math.abs(Math.hypot(...vector) - golden.l2)).toBeLessThan(1e-4);
    }
    const agreement = await parity(cifarModel, here);
    expect(agreement.passed).toBe(true);
    expect(agreement.maxAbs).toBeLessThan(1e-4);
    expect((await browser.dispatches()) - before > 0, 'compute passes on the graphics card').toBe(wish === 'webgpu');
  });

  it('does not take a graphics card that is only imitated unless it was chosen', gpu, async () => {
    const { manifest } = await embedded();
    const here = await inBrowser('/models/embedded', manifest, 'auto');
    expect(here.provider).toBe('wasm-threads');
    expect(here.why).toMatch(/imitates a graphics card in software \(google swiftshader\)/);
  });

  it('asks nobody but its own server, and breaks no rule of the security policy', () => {
    const origin = new URL(browser.page.url()).origin;
    expect(browser.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:'))).toEqual([]);
    expect(browser.requests.some((url) => url.endsWith('ort-wasm-simd-threaded.asyncify.wasm'))).toBe(true);
    expect(browser.trouble).toEqual([]);
  });
});
