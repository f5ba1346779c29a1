import path from 'node:path';
import type { FitMaterial } from '@/lib/demo/image-text/fit';
import { fitCounts, planTakes } from '@/lib/demo/image-text/plan';
import type { Table } from '@/lib/demo/image-text/ridge';
import { take } from '@/lib/demo/image-text/takes';
import { photograph } from '@/lib/demo/photograph';
import { fitProducts } from '@/lib/demo/products/fit-catalogue';
import { DEMO_IMAGE_SIDE } from '@/lib/demo/raster/canvas';
import { mixSeed, seededRandom } from '@/lib/demo/raster/seeded-random';
import type { ProceduralProduct } from '@/lib/demo/types';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { embeddedManifest } from '@/lib/inference/scattering/embedded-model';
import { planImage } from '@/lib/synthesis/plan';
import { synthesise } from '@/lib/synthesis/synthesise';

const fitSeed = 1;
const testSeed = 77;
const testCount = 40;
/** Normals that synthetic anomalies are made of; they are in no test. */
const seedCount = 10;
const generator = 'cutpaste';
const batchSize = 8;

/** Features of pictures of one product that no fit sees. */
export type TestSet = { readonly product: ProceduralProduct; readonly normals: Table; readonly anomalies: Table; readonly synthetic: Table };

const picture = (rgb: Uint8Array): RgbImage => ({ rgb, width: DEMO_IMAGE_SIDE, height: DEMO_IMAGE_SIDE });

async function featuresOf(extractor: Extractor, count: number, draw: (i: number) => RgbImage): Promise<Table> {
  const data = new Float64Array(count * extractor.dim);
  for (let start = 0; start < count; start += batchSize) {
    const images = Array.from({ length: Math.min(batchSize, count - start) }, (_, i) => draw(start + i));
    data.set(await extractor.embed(images), start * extractor.dim);
  }
  return { rows: count, cols: extractor.dim, data };
}

/** The embedded extractor, on one core: its vectors must not hang on the machine's load. */
export async function openScattering(): Promise<Extractor> {
  return openExtractor(path.resolve('public', 'models', embeddedManifest.id, 'model.onnx'), embeddedManifest, { threads: 1 });
}

/** Photographs of all products that the pair is fitted on. */
export async function fitMaterial(extractor: Extractor): Promise<FitMaterial> {
  const plans = fitProducts.flatMap((product) => planTakes(product, fitSeed, fitCounts));
  const takes: FitMaterial['takes'][number][] = [];
  const features = await featuresOf(extractor, plans.length, (i) => {
    const { rgb, ...rest } = take(plans[i]!);
    takes.push(rest);
    if ((i + 1) % fitCounts.plain === 0) process.stderr.write(`drew ${i + 1} of ${plans.length} photographs of the fit\n`);
    return picture(rgb);
  });
  return { products: fitProducts, takes, features };
}

/** Normals, defects and synthetic anomalies as the demo draws them, all under seeds of their own. */
export async function testSet(extractor: Extractor, product: ProceduralProduct): Promise<TestSet> {
  const seedOf = (group: string, i: number) => mixSeed(testSeed, product.id, group, i);
  const sound = (group: string) => (i: number) => picture(photograph(product, seedOf(group, i)).rgb);
  const defective = (i: number) => {
    const seed = seedOf('defect', i);
    const type = product.defectTypes[i % product.defectTypes.length]!;
    return picture(photograph(product, seed, { type, severity: seededRandom(mixSeed(seed, 'severity')).between(0.45, 1) }).rgb);
  };
  const seeds = Array.from({ length: seedCount }, (_, i) => sound('seed')(i));
  const synthetic = (i: number) => {
    const { parent, other } = planImage(testSeed, i, seedCount);
    return synthesise({ generator, parameters: {}, seed: testSeed }, i, { image: seeds[parent]!, other: other === null ? undefined : seeds[other]! }).image;
  };
  process.stderr.write(`drawing the tests of the ${product.objectName}\n`);
  return {
    product,
    normals: await featuresOf(extractor, testCount, sound('good')),
    anomalies: await featuresOf(extractor, testCount, defective),
    synthetic: await featuresOf(extractor, testCount, synthetic),
  };
}
