import path from 'node:path';
import type { NumericsContext } from '@/lib/anomaly/context';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { principalComponents } from '@/lib/anomaly/projection/pca';
import { trustworthiness } from '@/lib/anomaly/projection/trustworthiness';
import { tsne } from '@/lib/anomaly/projection/tsne';
import { umap } from '@/lib/anomaly/projection/umap';
import { createRandom } from '@/lib/anomaly/random/generator';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { matrixOf, openNpz } from '../score-input/npz-file';
import { cells, printHead, printMachine, timed } from './table';

type Layout = (points: Matrix, context: NumericsContext) => Promise<Matrix>;

const layouts: readonly (readonly [name: string, layout: Layout])[] = [
  ['t-SNE', async (points, context) => (await tsne(points, {}, context)).positions],
  ['UMAP', (points, context) => umap(points, {}, context)],
  ['PCA', async (points) => principalComponents(points, 2, 0)],
];

const sizes = [[5_000, 768], [50_000, 768]] as const;
const CLUSTERS = 50;
const SPREAD = 1.5;
const NEIGHBOURS = 12;
const featureSets = ['features_mvtec_vit/MVTec-AD_hazelnut.npz', 'features_mvtec_vit/MVTec-AD_pill.npz', 'features_mvtec_resnet18/MVTec-AD_hazelnut.npz', 'features_mvtec_resnet18/MVTec-AD_pill.npz'];

/** Time of every layout on clouds as large as projects get, and how well each keeps neighbours on real feature sets. */
export async function benchMap(dataFolder: string): Promise<void> {
  printMachine();
  printHead(['rows x columns', 'map', 'seconds', 'CPU seconds']);
  for (const [rows, columns] of sizes) {
    const points = cloud(rows, columns);
    for (const [name, layout] of layouts) {
      const { seconds, cpuSeconds } = await timed(() => withGemmProduct((products) => layout(points, products)));
      console.log(cells([`${rows} x ${columns}`, name, seconds.toFixed(1), cpuSeconds.toFixed(1)]));
    }
  }
  console.log(`\nTrustworthiness, ${NEIGHBOURS} neighbours\n`);
  printHead(['feature set', 'rows x columns', ...layouts.map(([name]) => name)]);
  for (const set of featureSets) {
    const points = matrixOf(await openNpz(path.join(dataFolder, set), 'A file of the public sets.'), 'X');
    const kept = await Promise.all(layouts.map(async ([, layout]) => (await trustworthiness(points, await layout(points, {}), NEIGHBOURS)).toFixed(4)));
    console.log(cells([set, `${points.rows} x ${points.cols}`, ...kept]));
  }
}

/** Gaussian clusters that overlap a little, as the defect types and distortions of a product do. */
function cloud(rows: number, columns: number): Matrix {
  const { normal, integer } = createRandom(rows);
  const centres = Float64Array.from({ length: CLUSTERS * columns }, () => (SPREAD * normal()) / Math.sqrt(10));
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    const centre = integer(CLUSTERS) * columns;
    for (let j = 0; j < columns; j += 1) data[i * columns + j] = centres[centre + j]! + normal();
  }
  return createMatrix(data, rows, columns);
}
