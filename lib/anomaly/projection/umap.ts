import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';
import { nearestNeighbours } from '../linalg/nearest';
import { createRandom, type RandomGenerator } from '../random/generator';
import { fuzzyGraph, type FuzzyGraph } from './fuzzy-graph';
import { principalComponents } from './pca';
import { power, umapCurve, type UmapCurve } from './umap-curve';

export type UmapParameters = {
  readonly seed: number;
  /** Neighbours of a row, the row itself counted; cut to n. Few show detail, many the whole. */
  readonly neighbours: number;
  /** How close points of the map may lie, 0 to 2. */
  readonly minimalDistance: number;
  /** undefined: 500 up to 10,000 rows, else 200. */
  readonly epochs: number | undefined;
  readonly learningRate: number;
  /** Points that each attracted one is pushed away from. */
  readonly negativeSamples: number;
};

export const umapDefaults: UmapParameters = { seed: 0, neighbours: 15, minimalDistance: 0.1, epochs: undefined, learningRate: 1, negativeSamples: 5 };

const MANY_ROWS = 10_000;
/** The largest coordinate at the start, and the deviation of a jitter that parts copies. */
const START_EXTENT = 10;
const START_JITTER = 1e-4;
const START_ITERATIONS = 5;
/** No step changes a coordinate's difference by more, before the learning rate. */
const LARGEST_STEP = 4;
/** Keeps two points on one place apart from an infinite push. */
const LEAST_SQUARE = 1e-3;
const EDGES_BETWEEN_PAUSES = 2 ** 17;

/**
 * Map of the rows in the plane by UMAP (McInnes, Healy and Melville 2018) with exact neighbours and a PCA start: n x 2. Stochastic gradient descent along the
 * edges, each as often as its weight says, with `negativeSamples` random points pushed away each time. Deterministic for a seed.
 * Errors: data.*, parameter.invalid, job.cancelled.
 */
export async function umap(points: Matrix, parameters: Partial<UmapParameters> = {}, context: NumericsContext = {}): Promise<Matrix> {
  const chosen = { ...umapDefaults, ...parameters };
  checkMatrix(points);
  checkParameters(chosen);
  const { rows } = points;
  if (rows < 2) return { data: new Float64Array(2 * rows), rows, cols: 2 };
  const neighbours = await nearestNeighbours(points, Math.min(rows, Math.max(chosen.neighbours, 2)) - 1, context);
  await pause(context);
  const positions = startPositions(points, chosen.seed);
  const epochs = chosen.epochs ?? (rows <= MANY_ROWS ? 500 : 200);
  await new Layout(fuzzyGraph(neighbours), positions, chosen, epochs).run(context);
  return { data: positions, rows, cols: 2 };
}

function checkParameters({ neighbours, minimalDistance, epochs, learningRate, negativeSamples }: UmapParameters): void {
  const demand = (holds: boolean, message: string): void => {
    if (!holds) throw new NumericsError('parameter.invalid', message);
  };
  demand(Number.isSafeInteger(neighbours) && neighbours >= 2, `The neighbours must be a whole number from 2 on, not ${neighbours}.`);
  demand(minimalDistance >= 0 && minimalDistance <= 2, `The least distance must lie in 0..2, not at ${minimalDistance}.`);
  demand(epochs === undefined || (Number.isSafeInteger(epochs) && epochs >= 1), `The epochs must be a whole number from 1 on, not ${epochs}.`);
  demand(learningRate > 0 && Number.isFinite(learningRate), `The learning rate must be positive, not ${learningRate}.`);
  demand(Number.isSafeInteger(negativeSamples) && negativeSamples >= 1, `The negative samples must be a whole number from 1 on, not ${negativeSamples}.`);
}

function startPositions(points: Matrix, seed: number): Float64Array {
  const { data } = principalComponents(points, 2, seed, START_ITERATIONS);
  const random = createRandom(seed, 1);
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest > 0 ? START_EXTENT / largest : 0;
  return data.map((value) => value * scale + START_JITTER * random.normal());
}

/** The descent: which edge is due in which epoch, and the forces along it. */
class Layout {
  private readonly curve: UmapCurve;
  private readonly random: RandomGenerator;
  /** Of each edge: epochs between two draws, and the epoch of the next. */
  private readonly every: Float64Array;
  private readonly due: Float64Array;
  private rate: number;

  constructor(
    private readonly graph: FuzzyGraph,
    private readonly positions: Float64Array,
    private readonly parameters: UmapParameters,
    private readonly epochs: number,
  ) {
    this.curve = umapCurve(parameters.minimalDistance);
    this.random = createRandom(parameters.seed, 2);
    this.rate = parameters.learningRate;
    const heaviest = graph.weights.reduce((most, weight) => Math.max(most, weight), 0);
    // An edge that would be drawn less than once is not drawn.
    this.every = graph.weights.map((weight) => (weight * epochs < heaviest ? Infinity : heaviest / weight));
    this.due = Float64Array.from(this.every);
  }

  async run(context: NumericsContext): Promise<void> {
    let since = 0;
    for (let epoch = 0; epoch < this.epochs; epoch += 1) {
      this.rate = this.parameters.learningRate * (1 - epoch / this.epochs);
      this.epoch(epoch);
      since += this.graph.columns.length;
      if (since < EDGES_BETWEEN_PAUSES) continue;
      since = 0;
      await pause(context);
      context.onProgress?.(epoch + 1, this.epochs, 'projection');
    }
    context.onProgress?.(this.epochs, this.epochs, 'projection');
  }

  private epoch(epoch: number): void {
    const { offsets, columns } = this.graph;
    const { negativeSamples } = this.parameters;
    const rows = offsets.length - 1;
    for (let i = 0; i < rows; i += 1) {
      for (let e = offsets[i]!; e < offsets[i + 1]!; e += 1) {
        if (this.due[e]! > epoch + 1) continue;
        this.due[e]! += this.every[e]!;
        this.attract(2 * i, 2 * columns[e]!);
        for (let s = 0; s < negativeSamples; s += 1) this.repel(2 * i, 2 * this.random.integer(rows));
      }
    }
  }

  private attract(i: number, j: number): void {
    const { positions, rate } = this;
    const dx = positions[i]! - positions[j]!;
    const dy = positions[i + 1]! - positions[j + 1]!;
    const square = dx * dx + dy * dy;
    if (square === 0) return;
    const { a, b } = this.curve;
    const grown = power(square, b);
    const pull = (-2 * a * b * grown) / (square * (1 + a * grown));
    const [moveX, moveY] = [rate * cut(pull * dx), rate * cut(pull * dy)];
    positions[i]! += moveX;
    positions[i + 1]! += moveY;
    positions[j]! -= moveX;
    positions[j + 1]! -= moveY;
  }

  private repel(i: number, j: number): void {
    if (i === j) return;
    const { positions, rate } = this;
    const dx = positions[i]! - positions[j]!;
    const dy = positions[i + 1]! - positions[j + 1]!;
    const square = dx * dx + dy * dy;
    const { a, b } = this.curve;
    const push = (2 * b) / ((LEAST_SQUARE + square) * (1 + a * power(square, b)));
    positions[i]! += rate * cut(push * dx);
    positions[i + 1]! += rate * cut(push * dy);
  }
}

function cut(value: number): number {
  return Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, value));
}
