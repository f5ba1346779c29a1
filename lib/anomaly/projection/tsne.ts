import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { affinities, type SparseAffinities } from './affinities';
import { nearestNeighbours } from '../linalg/nearest';
import { principalComponents } from './pca';
import { QuadTree } from './quadtree';
import { attraction, divergence, exactRepulsion } from './tsne-gradient';

export type TsneParameters = {
  readonly seed: number;
  /** Effective number of neighbours; cut to (n - 1) / 3. */
  readonly perplexity: number;
  readonly iterations: number;
  /** Factor on the attraction in the first iterations, and how many those are. */
  readonly earlyExaggeration: number;
  readonly exaggerationIterations: number;
  /** undefined: max(n / earlyExaggeration / 4, 50) (Belkina et al. 2019). */
  readonly learningRate: number | undefined;
  /** Barnes-Hut accuracy, 0 (exact) to 0.7. */
  readonly theta: number;
};

export const tsneDefaults: TsneParameters = {
  seed: 0,
  perplexity: 30,
  iterations: 750,
  earlyExaggeration: 12,
  exaggerationIterations: 250,
  learningRate: undefined,
  theta: 0.5,
};

export type TsneResult = {
  /** n x 2. */
  readonly positions: Matrix;
  /** Kullback-Leibler divergence without exaggeration, before the first and after each 50 iterations and at the end. */
  readonly divergences: readonly { readonly iteration: number; readonly value: number }[];
};

/** Iterations between looks at the clock of the caller: progress, cancel, divergence. */
const REPORT_EVERY = 10;
const DIVERGENCE_EVERY = 50;
const START_DEVIATION = 1e-4;
/** The start needs the main directions only roughly. */
const START_ITERATIONS = 5;
/** Up to here all pairs are summed, which is then faster than the tree. */
const EXACT_ROWS = 300;

/**
 * Map of the rows in the plane by t-SNE (van der Maaten and Hinton 2008) with Barnes-Hut repulsion (van der Maaten 2014), exact
 * neighbours and a PCA start (Kobak and Berens 2019). Deterministic for a seed. Errors: data.*, parameter.invalid, job.cancelled.
 */
export async function tsne(points: Matrix, parameters: Partial<TsneParameters> = {}, context: NumericsContext = {}): Promise<TsneResult> {
  const chosen = { ...tsneDefaults, ...parameters };
  checkMatrix(points);
  checkParameters(chosen);
  const n = points.rows;
  if (n < 2) return { positions: { data: new Float64Array(2 * n), rows: n, cols: 2 }, divergences: [] };
  const perplexity = Math.max(1, Math.min(chosen.perplexity, (n - 1) / 3));
  const neighbours = await nearestNeighbours(points, Math.min(n - 1, Math.ceil(3 * perplexity)), context);
  await pause(context);
  const p = affinities(neighbours, perplexity);
  const start = startPositions(points, chosen.seed);
  return optimise(p, start, chosen, context);
}

function checkParameters(p: TsneParameters): void {
  const demand = (holds: boolean, message: string): void => {
    if (!holds) throw new NumericsError('parameter.invalid', message);
  };
  demand(p.perplexity >= 1 && Number.isFinite(p.perplexity), `The perplexity must be a number from 1 on, not ${p.perplexity}.`);
  demand(Number.isSafeInteger(p.iterations) && p.iterations >= 0, `The iterations must be a whole number from 0 on, not ${p.iterations}.`);
  demand(p.earlyExaggeration >= 1 && Number.isFinite(p.earlyExaggeration), `The early exaggeration must be a number from 1 on, not ${p.earlyExaggeration}.`);
  demand(p.learningRate === undefined || p.learningRate > 0, `The learning rate must be positive, not ${p.learningRate}.`);
  demand(p.theta >= 0 && p.theta <= 0.7, `Theta must lie in 0..0.7, not at ${p.theta}.`);
}

/** First two principal components, the first with standard deviation 1e-4, plus a tiny seeded jitter that parts copies. */
function startPositions(points: Matrix, seed: number): Float64Array {
  const { data } = principalComponents(points, 2, seed, START_ITERATIONS);
  const random = createRandom(seed, 1);
  let squares = 0;
  for (let i = 0; i < data.length; i += 2) squares += data[i]! * data[i]!;
  const deviation = Math.sqrt(squares / points.rows);
  const scale = deviation > 0 ? START_DEVIATION / deviation : 0;
  return data.map((value) => value * scale + START_DEVIATION * 1e-2 * random.normal());
}

/** Gradient descent with momentum and per-coordinate gains (Jacobs 1988), as in the reference implementations. */
async function optimise(p: SparseAffinities, positions: Float64Array, parameters: TsneParameters, context: NumericsContext): Promise<TsneResult> {
  const n = positions.length / 2;
  const { iterations, earlyExaggeration, exaggerationIterations, theta } = parameters;
  const rate = parameters.learningRate ?? Math.max(n / earlyExaggeration / 4, 50);
  const attracting = new Float64Array(2 * n);
  const repelling = new Float64Array(2 * n);
  const velocity = new Float64Array(2 * n);
  const gains = new Float64Array(2 * n).fill(1);
  const tree = new QuadTree(n);
  const repel = (): number => {
    if (n <= EXACT_ROWS || theta === 0) return exactRepulsion(positions, repelling);
    tree.build(positions);
    return tree.repulsion(positions, theta, repelling);
  };
  const divergences = [];
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    if (iteration % REPORT_EVERY === 0) {
      await pause(context);
      context.onProgress?.(iteration, iterations, 'projection');
    }
    const early = iteration < exaggerationIterations;
    const normalisation = repel();
    attraction(p, positions, attracting);
    if (iteration % DIVERGENCE_EVERY === 0) divergences.push({ iteration, value: divergence(p, positions, normalisation) });
    step(positions, velocity, gains, attracting, repelling, early ? earlyExaggeration : 1, normalisation, rate, early ? 0.5 : 0.8);
  }
  divergences.push({ iteration: iterations, value: divergence(p, positions, repel()) });
  context.onProgress?.(iterations, iterations, 'projection');
  return { positions: { data: positions, rows: n, cols: 2 }, divergences };
}

/** One update of all coordinates with the gradient 4 (exaggeration * attraction - repulsion / Z). */
function step(
  positions: Float64Array,
  velocity: Float64Array,
  gains: Float64Array,
  attracting: Float64Array,
  repelling: Float64Array,
  exaggeration: number,
  normalisation: number,
  rate: number,
  momentum: number,
): void {
  const inverse = 1 / normalisation;
  for (let i = 0; i < positions.length; i += 1) {
    const gradient = 4 * (exaggeration * attracting[i]! - repelling[i]! * inverse);
    const gain = gradient * velocity[i]! < 0 ? gains[i]! + 0.2 : Math.max(gains[i]! * 0.8, 0.01);
    gains[i] = gain;
    velocity[i] = momentum * velocity[i]! - rate * gain * gradient;
    positions[i]! += velocity[i]!;
  }
}
