import { forestAnomalyShares } from '@/lib/anomaly/classifiers/random-forest';
import { rankColumns } from '@/lib/anomaly/classifiers/ranked-columns';
import { rowMoments, scaleGamma, SvcTrainer } from '@/lib/anomaly/classifiers/svc';
import type { NumericsContext } from '@/lib/anomaly/context';
import { fitIsolationForest, isolationForestDefaults, isolationScores, toSinglePrecision } from '@/lib/anomaly/detectors/isolation-forest';
import { fitSsdo, ssdoDefaults } from '@/lib/anomaly/detectors/ssdo';
import { coveringSpheres, rarityOf } from '@/lib/anomaly/eap/rarity';
import { selfDistances } from '@/lib/anomaly/linalg/distances';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { nearestNeighbours } from '@/lib/anomaly/linalg/nearest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { knnShapley } from '@/lib/anomaly/shapley/knn-shapley';
import { lavaFast } from '@/lib/anomaly/transport/lava';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { cells, median, printHead, printMachine, timed } from './table';

const repeats = 5;
/** A size is not repeated once so many seconds are spent on it. */
const patience = 10;

/** Normals about the origin and, as the last twentieth, anomalies off it; a third as many auxiliary rows between them. */
type Problem = { readonly train: Matrix; readonly labels: Uint8Array; readonly auxiliary: Matrix; readonly every: Int32Array };

function cloud(rows: number, columns: number, seed: number, offset: (row: number) => number): Matrix {
  const { normal } = createRandom(seed);
  return createMatrix(Float64Array.from({ length: rows * columns }, (_, i) => normal() + offset(Math.floor(i / columns))), rows, columns);
}

function problem(rows: number, columns: number): Problem {
  const normals = rows - Math.floor(rows / 20);
  return {
    train: cloud(rows, columns, 1, (row) => (row < normals ? 0 : 1)),
    labels: Uint8Array.from({ length: rows }, (_, row) => (row < normals ? 0 : 1)),
    auxiliary: cloud(Math.round(rows / 3), columns, 2, (row) => (row % 3) / 2),
    every: Int32Array.from({ length: rows }, (_, row) => row),
  };
}

/** `prepare` is not timed; it gives the computation that is. */
type Kernel = {
  readonly name: string;
  readonly columns: number;
  /** Largest number of rows; the others are a half, a quarter and an eighth. */
  readonly rows: number;
  prepare(given: Problem, context: NumericsContext): (() => unknown) | Promise<() => unknown>;
};

async function supportVectors({ train, labels, every }: Problem, context: NumericsContext): Promise<() => unknown> {
  const source = selfDistances(train, context.product);
  const squared = new Float64Array(train.rows ** 2);
  for (let start = 0; start < train.rows; start += source.blockRows) {
    squared.set(await source.block(start, Math.min(start + source.blockRows, train.rows)), start * train.rows);
  }
  const gamma = scaleGamma(rowMoments(train), every);
  return () => new SvcTrainer(squared, labels).fit(every, gamma);
}

const kernels: readonly Kernel[] = [
  { name: '10 nearest of each row', columns: 768, rows: 10_000, prepare: ({ train }, context) => () => nearestNeighbours(train, 10, context) },
  {
    name: 'rarity: spheres and l = n/3 rows',
    columns: 64,
    rows: 4000,
    prepare: ({ train, auxiliary, every }, context) => async () => rarityOf(auxiliary, train, await coveringSpheres(train, every, 10, 'closed', context), context),
  },
  {
    name: 'SSDO: fit',
    columns: 64,
    rows: 4000,
    prepare: ({ train, labels }, context) => () => fitSsdo(selfDistances(train, context.product), labels, new Float64Array(train.rows), ssdoDefaults, context),
  },
  {
    name: 'isolation forest: fit and score',
    columns: 32,
    rows: 8000,
    prepare({ train }) {
      const single = toSinglePrecision(train);
      return () => isolationScores(fitIsolationForest(single, { ...isolationForestDefaults, seed: 1 }), single);
    },
  },
  { name: 'KNN-Shapley, l = n/3', columns: 32, rows: 4000, prepare: ({ train, labels, auxiliary }, context) => () => knnShapley({ train, labels, auxiliary }, 10, context) },
  { name: 'Sinkhorn: LAVA of l = n/3 rows, fast', columns: 32, rows: 2000, prepare: ({ train, labels, auxiliary }, context) => () => lavaFast({ train, labels, auxiliary }, context) },
  { name: 'SVM: one fit, distances given', columns: 64, rows: 4000, prepare: supportVectors },
  {
    name: 'random forest: fit, n/3 votes',
    columns: 32,
    rows: 4000,
    prepare({ train, labels, every, auxiliary }) {
      const columns = rankColumns(train);
      const queries = toSinglePrecision(auxiliary);
      return () => forestAnomalyShares(columns, every, labels, queries);
    },
  },
];

/** Least-squares slope of log(time) over log(rows). */
export function growthExponent(rows: readonly number[], times: readonly number[]): number {
  const [x, y] = [rows.map(Math.log), times.map(Math.log)];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return covariance / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

async function line({ name, columns, rows, prepare }: Kernel, context: NumericsContext): Promise<void> {
  const sizes = [8, 4, 2, 1].map((part) => rows / part);
  const medians: number[] = [];
  for (const size of sizes) {
    const compute = await prepare(problem(size, columns), context);
    const times: number[] = [];
    let spent = 0;
    while (times.length < repeats && spent < patience) {
      const { seconds } = await timed(compute);
      times.push(seconds * 1000);
      spent += seconds;
    }
    medians.push(median(times));
  }
  const shown = medians.map((ms) => (ms < 100 ? ms.toFixed(1) : ms.toFixed(0)));
  console.log(cells([name, String(columns), String(rows), ...shown, growthExponent(sizes, medians).toFixed(2)]));
}

/** The hot paths over sizes that double: a regression shows as a larger median, a wrong order as a larger exponent. */
export async function benchKernels(): Promise<void> {
  printMachine();
  console.log(`Milliseconds on the wall clock, median of ${repeats} (fewer where they take more than ${patience} s); matrix products by ONNX Runtime with all cores, all else one core.\n`);
  printHead(['kernel', 'd', 'n', 'n/8', 'n/4', 'n/2', 'n', 'exponent']);
  await withGemmProduct(async (products) => {
    for (const kernel of kernels) await line(kernel, products);
  });
}
