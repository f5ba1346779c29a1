import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelManifestSchema, type PatchSpec } from '../manifest';
import type { OnnxModel } from '../onnx/model';
import { readOnnxModel } from '../onnx/read-model';
import { writeOnnxModel } from '../onnx/write-model';
import { embeddedScattering } from '../scattering/config';
import { embeddedManifest } from '../scattering/embedded-model';
import { scatteringModel } from '../scattering/graph';
import { openEmbedder } from './extractor';
import { openPatchNetwork, withOutputs } from './patch-network';
import { probeImage } from './probe';

/** Means over 4 x 4 and 8 x 8 pixels inside; one vector an image outside. */
const pooling = (batch: number | string): OnnxModel => ({
  name: 'pooling',
  opset: 17,
  inputs: [{ name: 'x', type: 'float32', shape: [batch, 3, 16, 16] }],
  outputs: [{ name: 'features', type: 'float32', shape: [batch, 3, 1, 1] }],
  nodes: [
    { op: 'AveragePool', inputs: ['x'], outputs: ['fine'], attributes: { kernel_shape: { ints: [4, 4] }, strides: { ints: [4, 4] } } },
    { op: 'AveragePool', inputs: ['fine'], outputs: ['coarse'], attributes: { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } } },
    { op: 'GlobalAveragePool', inputs: ['coarse'], outputs: ['features'] },
  ],
  initializers: [],
});
const manifest = modelManifestSchema.parse({ id: 'pooling', name: 'Pooling', input: { name: 'x', width: 16, height: 16, mean: [0, 0, 0], std: [1, 1, 1] }, resize: { mode: 'stretch' }, output: { name: 'features' }, licence: 'own', source: 'test' });
const output = (name: string) => ({ name, scale: 'linear', weight: 1 }) as const;
const spec: PatchSpec = { layout: 'maps', leading: 0, balanced: false, outputs: [output('fine'), output('coarse')] };
const open = async (batch: number | string, columns: number, seed = 0) => openPatchNetwork(await withOutputs(writeOnnxModel(pooling(batch)), ['fine', 'coarse']), manifest, spec, { seed, columns }, { threads: 1 });

/** The mean of channel `c` over the pixels [y, y + height) x [x, x + width) of an input. */
function mean(pixels: Float32Array, c: number, y: number, x: number, height: number, width: number): number {
  let sum = 0;
  for (let v = y; v < y + height; v += 1) for (let u = x; u < x + width; u += 1) sum += pixels[c * 256 + v * 16 + u]!;
  return sum / (height * width);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-patches-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('patches of a network', () => {
  it('are what its inner maps hold', async () => {
    const network = await open('N', 128);
    expect([network.rows, network.columns, network.dim]).toEqual([4, 4, 6]);
    const pixels = network.prepare(probeImage(1));
    const values = await network.embedPrepared([pixels]);
    // Patch (0, 0) of the fine map has four neighbours inside: 8 x 8 pixels. Patch (1, 2) has nine: 12 x 12.
    expect(values[0]).toBeCloseTo(mean(pixels, 0, 0, 0, 8, 8), 5);
    expect(values[(4 + 2) * 6 + 1]).toBeCloseTo(mean(pixels, 1, 0, 4, 12, 12), 5);
    // All four coarse patches are neighbours of each other: the mean of the image everywhere.
    for (let patch = 0; patch < 16; patch += 1) expect(values[patch * 6 + 5]).toBeCloseTo(mean(pixels, 2, 0, 0, 16, 16), 5);
    await network.close();
  });

  it('are projected by seed, image by image as in a batch, also where the file fixes the batch', async () => {
    const [network, again, fixed, other] = [await open('N', 4), await open('N', 4), await open(2, 4), await open('N', 4, 1)];
    const inputs = [1, 2, 3].map((seed) => network.prepare(probeImage(seed)));
    const values = await network.embedPrepared(inputs);
    expect(network.dim).toBe(4);
    expect(values).toHaveLength(3 * 16 * 4);
    expect(await again.embedPrepared(inputs)).toEqual(values);
    expect(await fixed.embedPrepared(inputs)).toEqual(values);
    expect(await network.embedPrepared([inputs[1]!])).toEqual(values.subarray(64, 128));
    expect(await other.embedPrepared(inputs)).not.toEqual(values);
    for (const opened of [network, again, fixed, other]) await opened.close();
  });

  it('are read from a copy beside a file whose weights lie there too', async () => {
    const file = path.join(folder, 'model.onnx');
    const bytes = writeOnnxModel(pooling('N'));
    await writeFile(file, bytes);
    expect(await withOutputs(file, [])).toBe(file);
    const copy = (await withOutputs(file, ['fine'])) as string;
    expect(await withOutputs(file, ['fine'])).toBe(copy);
    expect(await readdir(folder)).toEqual(['model.onnx', path.basename(copy)]);
    expect(readOnnxModel(await readFile(copy)).outputs.map(({ name }) => name)).toEqual(['features', 'fine']);
    expect(await readFile(file)).toEqual(Buffer.from(bytes));
  });
});

describe('patches of the embedded extractor', () => {
  it('are maps inside its graph, and its vectors stay the same bits', async () => {
    const bytes = writeOnnxModel(scatteringModel(embeddedScattering));
    const { outputs } = embeddedManifest.patches!;
    const source = await withOutputs(bytes, outputs.map(({ name }) => name));
    const [plain, more] = [await openEmbedder(bytes, embeddedManifest, { threads: 1 }), await openEmbedder(source, embeddedManifest, { threads: 1 })];
    const inputs = [1, 2].map((seed) => plain.prepare(probeImage(seed)));
    expect(await more.embedPrepared(inputs)).toEqual(await plain.embedPrepared(inputs));
    const network = await openPatchNetwork(source, embeddedManifest, embeddedManifest.patches!, { seed: 0, columns: 128 }, { threads: 1 });
    expect(network.rows).toBe(network.columns);
    expect(network.rows).toBeGreaterThanOrEqual(8);
    expect((await network.embedPrepared(inputs)).every(Number.isFinite)).toBe(true);
    for (const opened of [plain, more, network]) await opened.close();
  });
});
