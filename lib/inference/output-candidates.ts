import type { Pooling } from './manifest';
import type { OnnxSummary, ReadNode } from './onnx/read-model';

/** A tensor of the graph whose values could be features. */
export type CandidateTensor = {
  readonly name: string;
  /** Not an output of the file yet. */
  readonly inner: boolean;
  /** What it is, as far as the graph shows: read by the last linear layer, or what is averaged or cut before it. */
  readonly role: 'output' | 'penultimate' | 'before-pooling';
};

/** How one tensor becomes a vector, and how good a choice that usually is (small is good). */
export type Reading = { readonly pooling: Pooling; readonly rank: number; readonly reason: string };

const linear = new Set(['Gemm', 'MatMul', 'MatMulInteger', 'QLinearMatMul', 'QGemm', 'FusedMatMul', 'MatMulNBits', 'MatMulIntegerToFloat', 'DynamicQuantizeMatMul', 'Conv']);
const quantising = new Set(['DynamicQuantizeLinear', 'QuantizeLinear', 'DequantizeLinear', 'Cast']);
const pooling = new Set(['GlobalAveragePool', 'ReduceMean', 'Gather', 'Slice', 'AveragePool']);

/** Steps back from an output in which the last linear layer, or the pooling before it, must come. */
const REACH = 16;
/** More outputs than this mean a file that was made for looking inside; only the last ones are tried. */
const MOST_OUTPUTS = 12;

class Graph {
  private readonly producers: ReadonlyMap<string, ReadNode>;
  private readonly constant = new Map<string, boolean>();

  constructor(private readonly summary: OnnxSummary) {
    this.producers = new Map(summary.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  }

  producer(tensor: string): ReadNode | undefined {
    return this.producers.get(tensor);
  }

  /** Whether a tensor is the same for all images. */
  isConstant(tensor: string): boolean {
    const known = this.constant.get(tensor);
    if (known !== undefined) return known;
    const node = this.producers.get(tensor);
    const isInput = this.summary.inputs.some(({ name }) => name === tensor);
    this.constant.set(tensor, false);
    const constant = this.summary.constants.has(tensor) || tensor === '' || (!isInput && node !== undefined && node.inputs.every((input) => this.isConstant(input)));
    this.constant.set(tensor, constant);
    return constant;
  }

  /** The nearest node behind `tensor` that `wanted` accepts, breadth first. */
  nearest(tensor: string, wanted: (node: ReadNode) => boolean): ReadNode | undefined {
    let front = [tensor];
    for (let step = 0; step < REACH && front.length > 0; step++) {
      const nodes = front.flatMap((name) => this.producers.get(name) ?? []);
      const found = nodes.find(wanted);
      if (found !== undefined) return found;
      front = nodes.flatMap(({ inputs }) => inputs.filter((input) => !this.isConstant(input)));
    }
    return undefined;
  }

  /** The floating-point tensor behind what was made of it for integer arithmetic. */
  unquantised(tensor: string): string {
    const node = this.producers.get(tensor);
    const [input] = node?.inputs ?? [];
    return node !== undefined && input !== undefined && quantising.has(node.op) ? this.unquantised(input) : tensor;
  }
}

/** What the last linear layer behind an output reads. */
function penultimate(graph: Graph, output: string): string | undefined {
  // A product of two tensors that both depend on the image is attention, not a layer.
  const layer = graph.nearest(output, ({ op, inputs }) => linear.has(op) && inputs.length > 1 && !graph.isConstant(inputs[0]!));
  return layer === undefined ? undefined : graph.unquantised(layer.inputs[0]!);
}

/**
 * The tensors of a graph that are worth trying as features: its outputs, what its last linear layers read, and what is
 * averaged or cut out just before.
 */
export function candidateTensors(summary: OnnxSummary): CandidateTensor[] {
  const graph = new Graph(summary);
  const outputs = summary.outputs.slice(-MOST_OUTPUTS).map(({ name }) => name);
  const found = new Map<string, CandidateTensor>(outputs.map((name) => [name, { name, inner: false, role: 'output' }]));
  const inputs = new Set(summary.inputs.map(({ name }) => name));
  const add = (name: string | undefined, role: CandidateTensor['role']): void => {
    if (name === undefined || found.has(name) || inputs.has(name) || graph.isConstant(name)) return;
    found.set(name, { name, inner: true, role });
  };
  for (const { name: output, shape } of summary.outputs) {
    // Vectors that are named as such, maps and tokens are no class scores: nothing better lies before them.
    if (/embed|feature|pool|hidden/i.test(output) || (shape !== null && shape.length > 2)) continue;
    const features = penultimate(graph, output);
    if (features === undefined) continue;
    add(features, 'penultimate');
    add(graph.nearest(features, ({ op }) => pooling.has(op))?.inputs[0], 'before-pooling');
  }
  return [...found.values()];
}

const classCounts = new Set([10, 100, 1000, 1001, 11_221, 18_291, 21_841, 21_843]);
const isSquare = (value: number): boolean => value > 1 && Number.isInteger(Math.sqrt(value));
/** Encoders whose pooled output was trained as the image's vector. */
const trainedPooler = /clip|siglip|dinov2|convnext|resnet|regnet|swin/;

function matrixReading({ name, role }: CandidateTensor, dim: number, modelType: string | null): Reading {
  if (role === 'penultimate') return { pooling: 'none', rank: 3, reason: 'what the last layer reads (penultimate)' };
  if (/logit|prob|softmax|class/i.test(name) || (classCounts.has(dim) && !/embed|feature|pool/i.test(name))) return { pooling: 'none', rank: 9, reason: 'class scores' };
  if (/pooler/i.test(name)) {
    const trained = modelType !== null && trainedPooler.test(modelType);
    return { pooling: 'none', rank: trained ? 1 : 4, reason: 'the pooled output' };
  }
  if (/embed|features?$/i.test(name)) return { pooling: 'none', rank: 0, reason: "the network's own vector of an image" };
  return { pooling: 'none', rank: 2.5, reason: 'a vector for each image' };
}

/** Tokens with a class token in front are one more than a square; without one they are a square. */
function tokenReadings({ role }: CandidateTensor, tokens: number): Reading[] {
  const later = role === 'before-pooling' ? 0.5 : 0;
  const all: Reading = { pooling: 'mean-tokens', rank: (isSquare(tokens) ? 5 : 7) + later, reason: 'the mean of all tokens' };
  if (!isSquare(tokens - 1)) return [all];
  return [
    { pooling: 'cls', rank: 2 + later, reason: 'the class token' },
    { pooling: 'mean-patches', rank: 5 + later, reason: 'the mean of the patches' },
    all,
  ];
}

/**
 * The ways in which a tensor of that shape can be read as one vector an image.
 * @param dims with the batch first
 * @param modelType of config.json
 */
export function readingsOf(tensor: CandidateTensor, dims: readonly number[], modelType: string | null): Reading[] {
  const [, second = 1, third = 1, fourth = 1] = dims;
  if (dims.length === 2 || (dims.length === 4 && third === 1 && fourth === 1)) return [matrixReading(tensor, second, modelType)];
  if (dims.length === 3) return tokenReadings(tensor, second);
  if (dims.length === 4) return [{ pooling: 'mean-spatial', rank: tensor.role === 'before-pooling' ? 6.5 : 6, reason: 'the mean over the feature map' }];
  return [];
}
