import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import type { NumericsContext } from '@/lib/anomaly/context';
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
function points(rows: number, seed: number, apart = 0): Matrix {
  const { normal } = createRandom(seed);
  const data = new Float64Array(rows * dim);
  for (let i = 0; i < data.length; i += 1) data[i] = normal() + (i >= (rows - apart) * dim ? 0.15 : 0);
  return createMatrix(data, rows, dim);
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
}
