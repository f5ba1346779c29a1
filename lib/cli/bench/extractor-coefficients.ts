import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { OnnxModel } from '@/lib/inference/onnx/model';
import { writeOnnxModel } from '@/lib/inference/onnx/write-model';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { createPreprocessor } from '@/lib/inference/preprocess/preprocess';
import { covarianceGrid, opponentColours } from '@/lib/inference/scattering/config';
import { ScatteringGraph, scatteringInput } from '@/lib/inference/scattering/graph';
import { axes, type Candidate } from './extractor-candidates';
import { orientations } from './extractor-blocks';

/** The part of a candidate that decides what the network computes; the rest only picks and weighs. */
export type CoefficientSetting = Pick<Candidate, 'size' | 'sigma' | 'frequency' | 'slant' | 'floor'>;

/** Coefficients by name of the output, (images, length of one image's part). */
export type Coefficients = ReadonlyMap<string, { readonly data: Float32Array; readonly length: number }>;

const batchSize = 8;
/** Extremes are those of the picture reduced once, so that one noisy pixel does not decide. */
const extremesLevel = 1;
const kernelRadius = 4;
/** Added to chroma moduli before the logarithm: the level of noise that JPEG leaves in chroma. */
const chromaNoise = 4e-3;

/** Builds a network with every output that some candidate takes: all poolings, both grids, all scales. */
class CoefficientGraph {
  readonly outputs: string[] = [];
  readonly #graph: ScatteringGraph;
  readonly #scales: number;
  readonly #size: number;
  readonly #centred: string[] = [];

  constructor({ size, sigma, frequency, slant, floor }: CoefficientSetting) {
    this.#size = size;
    this.#scales = Math.log2(size) - 3;
    this.#graph = new ScatteringGraph({ filter: { orientations, radius: kernelRadius, sigma, frequency: frequency * Math.PI, slant }, floor, grid: 1 });
  }

  #output(name: string, value: string, length: number): void {
    this.#graph.node('Reshape', [value, this.#graph.integers([-1, length])], {}, name);
    this.outputs.push(name);
  }

  /** Mean over the first of two orientation axes. */
  #overFirst(logs: string, cells: number): string {
    return this.#graph.mean(this.#graph.reshape(logs, [-1, orientations, orientations * cells]), [1], false);
  }

  #second(j1: number, j2: number, envelope: string, side: number): void {
    const graph = this.#graph;
    const moduli = graph.modulus(envelope);
    for (const grid of [1, ...axes.grid]) {
      const cells = grid * grid;
      this.#output(`texture_peak_${j1}_${j2}_${grid}`, this.#overFirst(graph.log(graph.pool('MaxPool', moduli, side, grid)), cells), orientations * cells);
      this.#output(`texture_mean_${j1}_${j2}_${grid}`, this.#overFirst(graph.log(graph.pool('AveragePool', moduli, side, grid)), cells), orientations * cells);
    }
  }

  #chroma(j: number, chroma: readonly string[], side: number, chromaFloor: string): void {
    const graph = this.#graph;
    const opponents = graph.reshape(graph.node('Concat', chroma, { axis: { int: 1 } }), [-1, 2 * orientations, side, side]);
    for (const grid of axes.grid) {
      const peaks = graph.reshape(graph.pool('MaxPool', opponents, side, grid), [-1, 2, orientations, grid * grid]);
      this.#output(`chroma_${j}_${grid}`, graph.log(graph.node('Add', [graph.mean(peaks, [2], false), chromaFloor])), 2 * grid * grid);
    }
  }

  #first(j: number, channels: string, side: number, chromaFloor: string): string {
    const graph = this.#graph;
    const all = graph.reshape(graph.modulus(channels), [-1, 3, orientations * side * side]);
    const [flat = '', ...chroma] = graph.split(all, 1, 3);
    const luminance = graph.reshape(flat, [-1, orientations, side, side]);
    for (const grid of [1, ...axes.grid]) {
      const cells = grid * grid;
      const means = graph.log(graph.pool('AveragePool', luminance, side, grid));
      this.#output(`level_${j}_${grid}`, graph.mean(means, [1], false), cells);
      if (grid === 1) continue;
      this.#output(`energy_mean_${j}_${grid}`, means, orientations * cells);
      this.#output(`energy_peak_${j}_${grid}`, graph.log(graph.pool('MaxPool', luminance, side, grid)), orientations * cells);
    }
    this.#chroma(j, chroma, side, chromaFloor);
    const logs = graph.reshape(graph.log(graph.pool('AveragePool', luminance, side, covarianceGrid)), [-1, orientations, covarianceGrid ** 2]);
    this.#centred.push(graph.node('Sub', [logs, graph.mean(logs, [2], true)]));
    return luminance;
  }

  #extremes(luminance: string, side: number): void {
    const graph = this.#graph;
    const minusOne = graph.floats([1], Float32Array.of(-1));
    const negative = graph.node('Mul', [luminance, minusOne]);
    for (const grid of axes.grid) {
      const [bright, dark] = [luminance, negative].map((map) => graph.reshape(graph.pool('MaxPool', map, side, grid), [-1, grid * grid]));
      this.#output(`extremes_${grid}`, graph.node('Concat', [bright!, dark!], { axis: { int: 1 } }), 2 * grid * grid);
    }
  }

  #covariance(scales: number): void {
    const graph = this.#graph;
    const channels = scales * orientations;
    const stacked = scales === 1 ? this.#centred[0]! : graph.node('Concat', this.#centred.slice(0, scales), { axis: { int: 1 } });
    const product = graph.node('MatMul', [stacked, graph.node('Transpose', [stacked], { perm: { ints: [0, 2, 1] } })]);
    this.#output(`covariance_${scales}`, graph.node('Mul', [product, graph.floats([1], Float32Array.of(1 / covarianceGrid ** 2))]), channels * channels);
  }

  #lowFrequencies(channels: string, side: number): void {
    const graph = this.#graph;
    for (const grid of axes.grid) {
      const pooled = graph.reshape(graph.pool('AveragePool', channels, side, grid), [-1, 3, grid * grid]);
      const [brightness = '', ...opponents] = graph.split(pooled, 1, 3);
      this.#output(`brightness_${grid}`, brightness, grid * grid);
      this.#output(`colour_${grid}`, graph.node('Concat', opponents, { axis: { int: 1 } }), 2 * grid * grid);
    }
  }

  build(): OnnxModel {
    const graph = this.#graph;
    const chromaFloor = graph.floats([1], Float32Array.of(chromaNoise));
    const mixing = graph.floats([3, 3, 1, 1], Float32Array.from(opponentColours.flat()));
    let channels = graph.reshape(graph.node('Conv', [scatteringInput, mixing]), [-1, 1, this.#size, this.#size]);
    for (let j1 = 0; j1 < this.#scales; j1 += 1) {
      if (j1 > 0) channels = graph.reduce(channels);
      if (j1 === extremesLevel) this.#extremes(graph.split(graph.reshape(channels, [-1, 3, this.#size / 2, this.#size / 2]), 1, 3)[0]!, this.#size / 2);
      const side = this.#size / 2 ** (j1 + 1);
      let envelope = graph.reshape(this.#first(j1, channels, side, chromaFloor), [-1, 1, side, side]);
      for (let j2 = j1 + 1; j2 < this.#scales; j2 += 1) {
        if (j2 > j1 + 1) envelope = graph.reduce(envelope);
        this.#second(j1, j2, envelope, this.#size / 2 ** (j2 + 1));
      }
    }
    for (const fewer of axes.fewerScales) this.#covariance(this.#scales - fewer);
    this.#lowFrequencies(channels, this.#size / 2 ** (this.#scales - 1));
    return {
      name: 'coefficients',
      opset: 17,
      inputs: [{ name: scatteringInput, type: 'float32', shape: ['N', 3, this.#size, this.#size] }],
      outputs: this.outputs.map((name) => ({ name, type: 'float32', shape: ['N', 'L'] })),
      nodes: graph.nodes,
      initializers: graph.initializers,
    };
  }
}

/** All coefficients of all images under one setting, for any candidate that shares it. */
export async function coefficientsOf(setting: CoefficientSetting, images: readonly RgbImage[]): Promise<Coefficients> {
  const session = await InferenceSession.create(writeOnnxModel(new CoefficientGraph(setting).build()));
  const { size } = setting;
  const preprocessor = createPreprocessor({ width: size, height: size, resize: { mode: 'stretch' }, interpolation: 'bilinear', layout: 'nchw', channels: 'rgb', pixelRange: 'unit', mean: [0, 0, 0], std: [1, 1, 1] });
  const collected = new Map<string, { data: Float32Array; length: number }>();
  for (let start = 0; start < images.length; start += batchSize) {
    const batch = images.slice(start, start + batchSize);
    const pixels = new Float32Array(batch.length * preprocessor.length);
    batch.forEach((image, i) => preprocessor.run(image, pixels, i * preprocessor.length));
    const results = await session.run({ [scatteringInput]: new Tensor('float32', pixels, [batch.length, ...preprocessor.shape]) });
    for (const [name, { data, dims }] of Object.entries(results)) {
      const length = dims[1]!;
      const all = collected.get(name) ?? { data: new Float32Array(images.length * length), length };
      all.data.set(data as Float32Array, start * length);
      collected.set(name, all);
    }
  }
  await session.release();
  return collected;
}
