import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import type { NumericsContext } from '@/lib/anomaly/context';
import { detectorIds } from '@/lib/anomaly/detectors/registry';
import { eap } from '@/lib/anomaly/eap/eap';
import { tsne } from '@/lib/anomaly/projection/tsne';
import { createRandom } from '@/lib/anomaly/random/generator';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { cells, printHead, printMachine, timed } from './table';

const train = 3000;
const known = 60;
const auxiliary = 1000;
const dim = 768;

/** Points about the origin; the last `apart` ones lie a little off it. */
function points(rows: number, seed: number, apart = 0, columns = dim): Matrix {
  const { normal } = createRandom(seed);
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < data.length; i += 1) data[i] = normal() + (i >= (rows - apart) * columns ? 0.15 : 0);
  return createMatrix(data, rows, columns);
}

const labels = Uint8Array.from({ length: train }, (_, i) => (i >= train - known ? 1 : 0));
const input = { train: points(train, 1, known), labels, auxiliary: points(auxiliary, 2, auxiliary / 2) };

async function line(name: string, compute: (context: NumericsContext) => Promise<unknown>, dense: boolean): Promise<void> {
  const { seconds, cpuSeconds } = await timed(() => (dense ? withGemmProduct((products) => compute(products)) : compute({})));
  console.log(cells([name, dense ? 'ONNX Gemm' : 'plain loops', seconds.toFixed(1), cpuSeconds.toFixed(1)]));
}

/** EAP (the paper's preset, forest prior included) and t-SNE on random vectors, with and without the dense graph. */
export async function benchEap(): Promise<void> {
  printMachine();
  printHead(['computation', 'distances', 'seconds', 'CPU seconds']);
  const name = `EAP, n = ${train} (${known} anomalies), l = ${auxiliary}, d = ${dim}`;
  await line(name, (context) => eap(input, {}, context), true);
  await line(name, (context) => eap(input, {}, context), false);
  for (const rows of [1000, 5000]) {
    const cloud = points(rows, 3, rows / 2);
    await line(`t-SNE, ${rows} x ${dim}, 750 iterations`, (context) => tsne(cloud, {}, context), true);
  }
  await benchDetectorTimes();
}

/** Rows of the training set, auxiliary rows, columns. */
const detectorSizes = [[500, 150, 256], [1000, 300, 256], [500, 150, 768]] as const;

/** EAP with each detector: what the choice costs. */
async function benchDetectorTimes(): Promise<void> {
  console.log('\nEAP by detector, CPU seconds\n');
  printHead(['n, l, d', ...detectorIds]);
  for (const [rows, l, columns] of detectorSizes) {
    const anomalies = rows / 50;
    const given = { train: points(rows, 1, anomalies, columns), labels: Uint8Array.from({ length: rows }, (_, i) => (i >= rows - anomalies ? 1 : 0)), auxiliary: points(l, 2, l / 2, columns) };
    const took: string[] = [];
    for (const detector of detectorIds) {
      const { cpuSeconds } = await timed(() => withGemmProduct((products) => eap(given, { detector }, products), { threads: 1 }));
      took.push(cpuSeconds.toFixed(2));
    }
    console.log(cells([`${rows}, ${l}, ${columns}`, ...took]));
  }
}
