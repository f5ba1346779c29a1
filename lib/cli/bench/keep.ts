import { keepCurves, keepGrid, type KeepRepetition } from '@/lib/anomaly/curves/keep-curves';
import { pickAndCompare } from '@/lib/anomaly/diverse/pick-figures';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { createRandom } from '@/lib/anomaly/random/generator';
import { shuffle } from '@/lib/anomaly/random/sampling';
import { copyThreshold } from '@/lib/anomaly/redundancy/copy-threshold';
import { nearestBetter } from '@/lib/anomaly/redundancy/nearest-better';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { cells, printHead, printMachine, timed } from './table';

const COLUMNS = 512;
const POOL = 20_000;
const PICKED = 1000;
const NORMALS = 5000;
const RUNS = 14;
/** The auxiliary samples of a project of 50,000, in the columns of the built-in extractor. */
const LARGE = { rows: 46_300, columns: 1904, runs: 8 };
const REPETITIONS = 5;
const RANDOM_ORDERS = 3;
const POINTS = 12;
const TRAINING = { normals: 450, anomalies: 50 };
const TEST = { normals: 100, anomalies: 50 };
const ADDED = 1000;

/** Time of an analysis of how many samples to keep, and of a diverse choice, on clouds as large as projects get. */
export async function benchKeep(): Promise<void> {
  printMachine();
  printHead(['step', 'seconds', 'CPU seconds']);
  const pool = cloud(POOL, 1);
  const quality = Float64Array.from({ length: POOL }, createRandom(2).uniform);
  for (const runs of [1, RUNS]) {
    const rankings = Array.from({ length: runs }, (_, run) => shuffle(identity(POOL), createRandom(run)));
    await line(`near copies, ${POOL} x ${COLUMNS}, ${runs} ${runs === 1 ? 'ranking' : 'rankings'}`, () => withGemmProduct((products) => nearestBetter(pool, rankings, products)));
  }
  const large = cloud(LARGE.rows, 6, LARGE.columns);
  const largeRankings = Array.from({ length: LARGE.runs }, (_, run) => shuffle(identity(LARGE.rows), createRandom(run)));
  await line(`near copies, ${LARGE.rows} x ${LARGE.columns}, ${LARGE.runs} rankings`, () => withGemmProduct((products) => nearestBetter(large, largeRankings, products)));
  const normals = cloud(NORMALS, 3);
  await line(`threshold, ${NORMALS} normals`, () => withGemmProduct((products) => copyThreshold(normals, products)));
  for (const weight of [0, 0.5]) {
    const request = { pool, quality, accepted: createMatrix([], 0, COLUMNS), threshold: 1, count: PICKED, weight, seed: 0 };
    await line(`pick ${PICKED} of ${POOL}, weight ${weight}, with the comparison`, () => withGemmProduct((products) => pickAndCompare(request, products)));
  }
  const points = cloud(TRAINING.normals + TRAINING.anomalies + TEST.normals + TEST.anomalies + ADDED, 4);
  for (const classifier of ['svm', 'random_forest'] as const) {
    const input = { points, repetitions: Array.from({ length: REPETITIONS }, (_, at) => repetition(at)), classifier, added: keepGrid(ADDED, POINTS) };
    await line(`curves of ${RUNS} runs, ${REPETITIONS} repetitions, ${POINTS} points, ${classifier}`, () => withGemmProduct((products) => keepCurves(input, products)));
  }
}

async function line(name: string, compute: () => Promise<unknown>): Promise<void> {
  const { seconds, cpuSeconds } = await timed(compute);
  console.log(cells([name, seconds.toFixed(1), cpuSeconds.toFixed(1)]));
}

/** Gaussian rows in 50 heaps that overlap. */
function cloud(rows: number, seed: number, columns = COLUMNS): Matrix {
  const { normal, integer } = createRandom(seed);
  const centres = Float64Array.from({ length: 50 * columns }, () => normal() / 2);
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    const centre = integer(50) * columns;
    for (let c = 0; c < columns; c += 1) data[i * columns + c] = centres[centre + c]! + normal();
  }
  return createMatrix(data, rows, columns);
}

/** Rows in the order of their use; every repetition has its own test normals and rankings. */
function repetition(at: number): KeepRepetition {
  const random = createRandom(5, at);
  const real = shuffle(identity(TRAINING.normals + TEST.normals), random);
  const anomalies = shuffle(identity(TRAINING.anomalies + TEST.anomalies), random).map((row) => row + real.length);
  const labels = (normalCount: number, count: number) => new Uint8Array(normalCount + count).fill(1, normalCount);
  const first = real.length + anomalies.length;
  return {
    train: Int32Array.from([...real.slice(0, TRAINING.normals), ...anomalies.slice(0, TRAINING.anomalies)]),
    labels: labels(TRAINING.normals, TRAINING.anomalies),
    test: Int32Array.from([...real.slice(TRAINING.normals), ...anomalies.slice(TRAINING.anomalies)]),
    testLabels: labels(TEST.normals, TEST.anomalies),
    auxiliary: identity(ADDED).map((row) => row + first),
    orders: [...Array.from({ length: RUNS }, () => [shuffle(identity(ADDED), random)]), Array.from({ length: RANDOM_ORDERS }, () => shuffle(identity(ADDED), random))],
    seed: at,
  };
}

function identity(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
