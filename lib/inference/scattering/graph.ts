import { GraphBuilder } from '../onnx/graph-builder';
import type { OnnxModel } from '../onnx/model';
import type { ScatteringConfig } from './config';
import { blockLengths, blockNames, covarianceGrid, energyChannels, featureScales, opponentColours, scatteringDimension, upperHalf, type BlockName } from './config';
import { lowPassKernel, lowPassRadius, morletKernels } from './filters';

export const scatteringInput = 'image';
export const scatteringOutput = 'features';

/** Parts of the graph that are used again and again, with their constants. */
export class ScatteringGraph extends GraphBuilder {
  readonly #config: Pick<ScatteringConfig, 'filter' | 'grid'>;
  readonly #wavelets: string;
  readonly #lowPass: string;
  readonly #floor: string;
  readonly #paddings = new Map<number, string>();

  constructor(config: Pick<ScatteringConfig, 'filter' | 'floor' | 'grid'>) {
    super();
    const { radius, orientations } = config.filter;
    const side = 2 * radius + 1;
    this.#config = config;
    this.#wavelets = this.floats([2 * orientations, 1, side, side], morletKernels(config.filter));
    this.#lowPass = this.floats([1, 1, 5, 5], lowPassKernel());
    this.#floor = this.floats([1], Float32Array.of(config.floor * config.floor));
  }

  #pad(input: string, radius: number): string {
    const known = this.#paddings.get(radius);
    const pads = known ?? this.integers([0, 0, radius, radius, 0, 0, radius, radius]);
    this.#paddings.set(radius, pads);
    return this.node('Pad', [input, pads], { mode: { string: 'reflect' } });
  }

  #halvingConvolution(input: string, kernels: string, radius: number): string {
    return this.node('Conv', [this.#pad(input, radius), kernels], { strides: { ints: [2, 2] } });
  }

  /** (B, 1, H, H) to (B, 1, H / 2, H / 2). */
  reduce(input: string): string {
    return this.#halvingConvolution(input, this.#lowPass, lowPassRadius);
  }

  /** |x * psi| for all orientations: (B, 1, H, H) to (B, L, H / 2, H / 2). */
  modulus(input: string): string {
    const waves = this.#halvingConvolution(input, this.#wavelets, this.#config.filter.radius);
    const [real = '', imaginary = ''] = this.split(waves, 1, 2);
    const power = this.node('Add', [this.node('Mul', [real, real]), this.node('Mul', [imaginary, imaginary])]);
    return this.node('Sqrt', [this.node('Add', [power, this.#floor])]);
  }

  /** Pools maps of side `side` over the cells of a grid; the configured one when not given. */
  pool(kind: 'AveragePool' | 'MaxPool', input: string, side: number, grid = this.#config.grid): string {
    const cell = side / grid;
    if (cell === 1) return input;
    return this.node(kind, [input], { kernel_shape: { ints: [cell, cell] }, strides: { ints: [cell, cell] } });
  }

  log(input: string): string {
    return this.node('Log', [input]);
  }

  mean(input: string, axes: readonly number[], keep: boolean): string {
    return this.node('ReduceMean', [input], { axes: { ints: axes }, keepdims: { int: keep ? 1 : 0 } });
  }
}

type FirstOrder = {
  /** Luminance coefficients, (N, L, H, H). */
  luminance: string;
  /** Mean over orientations of the log mean per cell (N, 1, G, G) and over the whole image (N, 1). */
  level: string;
  globalLevel: string;
  /** Log mean per cell, (N, L, G, G). */
  energy: string;
  /** Log means on the covariance's grid less their mean over it, (N, L, cells). */
  centred: string;
};

/** Side of the maps that scale j leaves. */
const sideAfter = (config: ScatteringConfig, scale: number): number => config.size / 2 ** (scale + 1);

/** First-order coefficients of one scale from the (3 N, 1, H, H) opponent channels; only luminance has any. */
function firstOrder(graph: ScatteringGraph, config: ScatteringConfig, scale: number, channels: string): FirstOrder {
  const side = sideAfter(config, scale);
  const [brightness = ''] = graph.split(graph.reshape(channels, [-1, 3, 2 * side, 2 * side]), 1, 3);
  const luminance = graph.modulus(brightness);
  // Before the pooling over the cells: whoever looks for the cells' side in the graph finds that one last.
  const centred = centredLogs(graph, luminance, config.filter.orientations, side);
  const cellMeans = graph.pool('AveragePool', luminance, side);
  const energy = graph.log(cellMeans);
  return {
    luminance,
    level: graph.mean(energy, [1], true),
    globalLevel: graph.mean(graph.log(graph.mean(cellMeans, [2, 3], false)), [1], true),
    energy,
    centred,
  };
}

function centredLogs(graph: ScatteringGraph, luminance: string, orientations: number, side: number): string {
  const logs = graph.reshape(graph.log(graph.pool('AveragePool', luminance, side, covarianceGrid)), [-1, orientations, covarianceGrid ** 2]);
  return graph.node('Sub', [logs, graph.mean(logs, [2], true)]);
}

/** Second-order pooling: covariance over the positions of the log energies of all scales and orientations, the upper half of (J L, J L). */
function covariance(graph: ScatteringGraph, centred: readonly string[], channels: number): string {
  const all = graph.node('Concat', centred, { axis: { int: 1 } });
  const products = graph.node('MatMul', [all, graph.node('Transpose', [all], { perm: { ints: [0, 2, 1] } })]);
  const flat = graph.reshape(graph.node('Mul', [products, graph.floats([1], Float32Array.of(1 / covarianceGrid ** 2))]), [-1, channels * channels]);
  return graph.node('Gather', [flat, graph.integers(upperHalf(channels))], { axis: { int: 1 } });
}

/**
 * Second-order coefficients of scales j1 < j2, relative to the first order: logarithm of the peak in each cell,
 * averaged over the first orientation. `envelope` is the first-order luminance reduced to scale j2's input.
 */
function secondOrder(graph: ScatteringGraph, config: ScatteringConfig, scale: number, envelope: string, first: FirstOrder): { texture: string; textureGlobal: string } {
  const { orientations } = config.filter;
  const { grid } = config;
  const cells = grid * grid;
  const peaks = graph.pool('MaxPool', graph.modulus(envelope), sideAfter(config, scale));
  const perCell = graph.mean(graph.reshape(graph.log(peaks), [-1, orientations, orientations * cells]), [1], false);
  const globalPeaks = graph.node('ReduceMax', [peaks], { axes: { ints: [2, 3] }, keepdims: { int: 0 } });
  const global = graph.mean(graph.reshape(graph.log(globalPeaks), [-1, orientations, orientations]), [1], false);
  return {
    texture: graph.node('Sub', [graph.reshape(perCell, [-1, orientations, grid, grid]), first.level]),
    textureGlobal: graph.node('Sub', [global, first.globalLevel]),
  };
}

function lowFrequencies(graph: ScatteringGraph, config: ScatteringConfig, channels: string): { brightness: string; colour: string } {
  const cells = config.grid * config.grid;
  const pooled = graph.pool('AveragePool', channels, config.size / 2 ** (config.scales - 1));
  const [brightness = '', ...opponents] = graph.split(graph.reshape(pooled, [-1, 3, cells]), 1, 3);
  return { brightness, colour: graph.node('Concat', opponents, { axis: { int: 1 } }) };
}

/**
 * Builds the wavelet-scattering network (Bruna & Mallat 2013, two layers) as an ONNX graph: opponent colours,
 * a binomial pyramid, Morlet filters at each of its levels, modulus, the same again on the moduli of the
 * luminance, logarithm, pooling over a coarse grid, covariances of the first layer over a finer one. Every convolution moves by two pixels (critical sampling).
 * Input `image` (N, 3, size, size), RGB in [0, 1]; output `features` (N, scatteringDimension), both float32.
 */
export function scatteringModel(config: ScatteringConfig): OnnxModel {
  const graph = new ScatteringGraph(config);
  const { size, scales, grid } = config;
  const { orientations } = config.filter;
  const mixing = graph.floats([3, 3, 1, 1], Float32Array.from(opponentColours.flat()));
  const blocks: Record<BlockName, string[]> = { texture: [], textureGlobal: [], energy: [], brightness: [], colour: [], covariance: [] };
  const add = (name: BlockName, value: string, length: number): void => {
    blocks[name].push(graph.reshape(value, [-1, length]));
  };
  const centred: string[] = [];

  let channels = graph.reshape(graph.node('Conv', [scatteringInput, mixing]), [-1, 1, size, size]);
  for (let j1 = 0; j1 < scales; j1++) {
    if (j1 > 0) channels = graph.reduce(channels);
    const first = firstOrder(graph, config, j1, channels);
    add('energy', first.energy, orientations * grid * grid);
    centred.push(first.centred);
    const side = sideAfter(config, j1);
    let envelope = graph.reshape(first.luminance, [-1, 1, side, side]);
    for (let j2 = j1 + 1; j2 < scales; j2++) {
      if (j2 > j1 + 1) envelope = graph.reduce(envelope);
      const second = secondOrder(graph, config, j2, envelope, first);
      add('texture', second.texture, orientations * grid * grid);
      add('textureGlobal', second.textureGlobal, orientations);
    }
  }
  const low = lowFrequencies(graph, config, channels);
  add('brightness', low.brightness, grid * grid);
  add('colour', low.colour, 2 * grid * grid);

  add('covariance', covariance(graph, centred, energyChannels(config)), blockLengths(config).covariance);

  const dimension = scatteringDimension(config);
  const joined = graph.node('Concat', blockNames.flatMap((name) => blocks[name]), { axis: { int: 1 } });
  graph.node('Mul', [joined, graph.floats([dimension], featureScales(config))], {}, scatteringOutput);
  return {
    name: 'scattering',
    opset: 17,
    inputs: [{ name: scatteringInput, type: 'float32', shape: ['N', 3, size, size] }],
    outputs: [{ name: scatteringOutput, type: 'float32', shape: ['N', dimension] }],
    nodes: graph.nodes,
    initializers: graph.initializers,
    documentation: 'Wavelet scattering, two layers, untrained. Apache-2.0.',
  };
}
