import { principalComponents } from '@/lib/anomaly/linalg/principal-components';
import { matrixFromRows } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import { GraphBuilder } from '../onnx/graph-builder';
import { writeOnnxModel } from '../onnx/write-model';
import { DIFFUSION_STEPS, diffusionInputs as inputs, diffusionOutputs as outputs } from './contract';

/** Images as a normal distribution: independent along `directions`, with one variance in all other directions. */
export type LinearModel = {
  readonly width: number;
  readonly height: number;
  /** 3 x height x width, -1 to 1. */
  readonly mean: Float64Array;
  /** Unit vectors, one after another. */
  readonly directions: Float64Array;
  /** Variance along each direction. */
  readonly variances: Float64Array;
  readonly restVariance: number;
};

/**
 * Fits the model to images of one size in closed form (probabilistic principal components, Tipping and Bishop 1999): the
 * directions of largest variance, and the mean variance of what is left.
 * @param tensors channel by channel, -1 to 1
 * @throws AssayError `data.too_few_rows` when the images do not vary in so many directions
 */
export function fitLinearModel(tensors: readonly Float32Array[], { width, height, rank }: { width: number; height: number; rank: number }): LinearModel {
  const { mean, variances, directions } = principalComponents(matrixFromRows(tensors));
  if (variances.length <= rank) throw new AssayError('data.too_few_rows', `${tensors.length} images vary in ${variances.length} directions; more than ${rank} are needed.`);
  const rest = variances.slice(rank).reduce((sum, value) => sum + value, 0);
  return { width, height, mean, directions: directions.data.slice(0, rank * mean.length), variances: variances.slice(0, rank), restVariance: rest / (mean.length - rank) };
}

/**
 * The best linear predictor of the noise for a model, as a network with the contract of docs/diffstyle.md: its bottleneck is the
 * code h = U'(x - sqrt(kept) mean) of the directions, beside a skip connection for all others. In a direction of variance v
 * the noise that is expected is sqrt(1 - kept) / (kept v + 1 - kept) times the deviation from the mean.
 * A TEST MODEL: it knows colours and coarse shapes of the images it was fitted to, nothing else.
 * @param kept share of the image's variance that is left after each step (keptShares)
 */
export function linearDenoiser(model: LinearModel, kept: Float64Array): Uint8Array {
  const { width, height } = model;
  const size = 3 * width * height;
  const rank = model.variances.length;
  const graph = new GraphBuilder();
  const column = (values: Float64Array) => graph.node('Gather', [graph.floats([kept.length, 1], Float32Array.from(values)), inputs.step], { axis: { int: 0 } });
  const share = column(kept);
  const noiseShare = column(kept.map((value) => 1 - value));
  const mean = graph.floats([1, size], Float32Array.from(model.mean));
  const flat = graph.reshape(inputs.image, [-1, size]);
  const centred = graph.node('Sub', [flat, graph.node('Mul', [graph.node('Sqrt', [share]), mean])]);
  const directions = graph.floats([rank, size], Float32Array.from(model.directions));
  const code = graph.node('MatMul', [centred, graph.node('Transpose', [directions], { perm: { ints: [1, 0] } })]);
  graph.node('Reshape', [code, graph.integers([-1, rank, 1, 1])], {}, outputs.activation);
  const used = graph.node('Where', [graph.reshape(inputs.replace, [-1, 1]), graph.reshape(inputs.activation, [-1, rank]), code]);
  const gain = (variances: Float32Array) => {
    const spread = graph.node('Add', [graph.node('Mul', [share, graph.floats([1, variances.length], variances)]), noiseShare]);
    return graph.node('Div', [graph.node('Sqrt', [noiseShare]), spread]);
  };
  const skipGain = gain(Float32Array.of(model.restVariance));
  const skip = graph.node('Mul', [centred, skipGain]);
  const decoded = graph.node('MatMul', [graph.node('Mul', [used, graph.node('Sub', [gain(Float32Array.from(model.variances)), skipGain])]), directions]);
  graph.node('Reshape', [graph.node('Add', [skip, decoded]), graph.integers([-1, 3, height, width])], {}, outputs.noise);
  return writeOnnxModel({
    name: 'linear-denoiser',
    opset: 17,
    inputs: [
      { name: inputs.image, type: 'float32', shape: ['N', 3, height, width] },
      { name: inputs.step, type: 'int64', shape: ['N'] },
      { name: inputs.activation, type: 'float32', shape: ['N', rank, 1, 1] },
      { name: inputs.replace, type: 'bool', shape: ['N'] },
    ],
    outputs: [
      { name: outputs.noise, type: 'float32', shape: ['N', 3, height, width] },
      { name: outputs.activation, type: 'float32', shape: ['N', rank, 1, 1] },
    ],
    nodes: graph.nodes,
    initializers: graph.initializers,
    documentation: `Best linear noise predictor of a normal distribution with ${rank} free directions, for tests of DiffStyle; ${DIFFUSION_STEPS} steps.`,
  });
}
