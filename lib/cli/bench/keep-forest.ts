import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { keepCurves, keepGrid, type KeepRepetition } from '@/lib/anomaly/curves/keep-curves';
import { createMatrix } from '@/lib/anomaly/linalg/matrix';
import { createRandom } from '@/lib/anomaly/random/generator';
import { shuffle } from '@/lib/anomaly/random/sampling';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { readNpz } from '@/lib/ingest/npz';
import { cells, printHead, printMachine, timed } from './table';

const table = '6_cardio.npz';
const POINTS = 12;
const RANDOM_ORDERS = 3;
const TRAIN = { normals: 450, anomalies: 50 };
const TEST = { normals: 100, anomalies: 50 };
const ADDED = 1000;

/**
 * Time of one repetition of the learning curves with random forests on a real table: one ranking and three random orders. How long a
 * forest takes does not depend on what the added rows are, so these are further rows of the same table.
 */
export async function benchKeepForest(dataFolder: string): Promise<void> {
  printMachine();
  const arrays = await readNpz(await readFile(path.join(dataFolder, 'tabular', table)));
  const [x, y] = [arrays.get('X'), arrays.get('y')];
  if (x === undefined || y === undefined) throw new Error(`${table} holds no X and y.`);
  const points = createMatrix(x.data, x.shape[0]!, x.shape[1]!);
  printHead(['step', 'models', 'seconds', 'CPU seconds']);
  const input = { points, repetitions: [repetition(y.data)], classifier: 'random_forest' as const, added: keepGrid(ADDED, POINTS) };
  const models = 1 + (1 + RANDOM_ORDERS) * (input.added.length - 1);
  const { seconds, cpuSeconds } = await timed(() => withGemmProduct((products) => keepCurves(input, products)));
  console.log(cells([`curves with random forests, ${table}, ${points.cols} columns, ${TRAIN.normals + TRAIN.anomalies} rows and 0 to ${ADDED} more`, String(models), seconds.toFixed(1), cpuSeconds.toFixed(1)]));
}

function repetition(labels: ArrayLike<number>): KeepRepetition {
  const random = createRandom(1);
  const rows = Int32Array.from({ length: labels.length }, (_, row) => row);
  const normals = shuffle(rows.filter((row) => labels[row] === 0), random);
  const anomalies = shuffle(rows.filter((row) => labels[row] === 1), random);
  const labelsOf = ({ normals: first, anomalies: then }: typeof TRAIN) => new Uint8Array(first + then).fill(1, first);
  const used = { normals: TRAIN.normals + TEST.normals, anomalies: TRAIN.anomalies + TEST.anomalies };
  const left = [...normals.slice(used.normals), ...anomalies.slice(used.anomalies)];
  const order = () => shuffle(Int32Array.from({ length: ADDED }, (_, at) => at), random);
  return {
    train: Int32Array.from([...normals.slice(0, TRAIN.normals), ...anomalies.slice(0, TRAIN.anomalies)]),
    labels: labelsOf(TRAIN),
    test: Int32Array.from([...normals.slice(TRAIN.normals, used.normals), ...anomalies.slice(TRAIN.anomalies, used.anomalies)]),
    testLabels: labelsOf(TEST),
    auxiliary: Int32Array.from(left.slice(0, ADDED)),
    orders: [[order()], Array.from({ length: RANDOM_ORDERS }, order)],
    seed: 0,
  };
}
