import path from 'node:path';
import type { NumericsContext } from '@/lib/anomaly/context';
import { buildPatchMemory, scorePatches } from '@/lib/anomaly/detectors/patch-memory';
import { describeDetector, detectorIds, fitDetector } from '@/lib/anomaly/detectors/registry';
import { rowRange, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { imageFeatures, type ImageFeatures } from './detector-features';
import { folderOptions } from './folder-options';
import { findImageSet, type ImageSet } from './image-set';
import { benchNetworks } from './networks';
import { cells, printHead, printMachine } from './table';

const setNames = ['mvtec_bottle', 'elpv', 'magnetic_tile'];
/** Share of the patches that PatchCore's memory keeps: the smallest of its article. */
const patchShare = 0.01;

type Auroc = (scores: Float64Array) => number;

function aurocOf({ testGood, testAnomalous }: ImageSet): Auroc {
  const labels = Uint8Array.from({ length: testGood.length + testAnomalous.length }, (_, i) => (i < testGood.length ? 0 : 1));
  return (scores) => rocAuc(labels, scores);
}

async function vectorAurocs(vectors: Matrix, normals: number, auroc: Auroc, products: NumericsContext): Promise<number[]> {
  const train = rowRange(vectors, 0, normals);
  const test = rowRange(vectors, normals, vectors.rows);
  const found: number[] = [];
  for (const id of detectorIds) {
    const fit = await fitDetector(id, train, new Uint8Array(normals), {}, products);
    found.push(auroc(await fit.score(test, products)));
  }
  return found;
}

async function patchAuroc({ patches: { points, perImage } }: ImageFeatures, normals: number, auroc: Auroc, products: NumericsContext): Promise<number> {
  const memory = await buildPatchMemory({ points: rowRange(points, 0, normals * perImage), perImage }, { share: patchShare }, products);
  const { images } = await scorePatches(memory, { points: rowRange(points, normals * perImage, points.rows), perImage }, products);
  return auroc(images);
}

/**
 * Prints the AUROC of every detector at the defaults of the registry on the image sets, for the embedded extractor and real networks: fitted on
 * train/good, anomalies of test against test/good. The last column is PatchCore on patch features (one image, many patches).
 */
export async function benchDetectors(args: readonly string[]): Promise<void> {
  const { data, models, builtIn } = folderOptions(args);
  printMachine();
  printHead(['network', 'set', ...detectorIds.map((id) => describeDetector(id).name), 'PatchCore, patches', 'seconds']);
  await withGemmProduct(async (products) => {
    for (const network of await benchNetworks(builtIn, models)) {
      const rows: number[][] = [];
      for (const name of setNames) {
        const set = findImageSet(path.join(data, 'images'), name);
        if (set === undefined) {
          process.stderr.write(`SKIPPED: there is no set ${name} in ${data}\n`);
          continue;
        }
        const features = await imageFeatures(network, [...set.train, ...set.testGood, ...set.testAnomalous]);
        const started = performance.now();
        const auroc = aurocOf(set);
        const found = [...(await vectorAurocs(features.vectors, set.train.length, auroc, products)), await patchAuroc(features, set.train.length, auroc, products)];
        rows.push(found);
        console.log(cells([network.manifest.name, name, ...found.map((value) => value.toFixed(3)), ((performance.now() - started) / 1000).toFixed(0)]));
      }
      const [first] = rows;
      if (first === undefined) continue;
      const means = first.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length);
      console.log(cells([network.manifest.name, `mean of ${rows.length}`, ...means.map((value) => value.toFixed(3)), '']));
    }
  });
}
