import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { photograph } from '@/lib/demo/photograph';
import { demoProducts } from '@/lib/demo/products/catalogue';
import { DEMO_IMAGE_SIDE } from '@/lib/demo/raster/canvas';
import { mixSeed, seededRandom } from '@/lib/demo/raster/seeded-random';
import type { DemoProduct } from '@/lib/demo/types';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { decodeImage } from '@/lib/ingest/decode';
import { findImageSet } from './image-set';

/** Pictures on which settings are chosen: first `train` normals, then `good` normals, then anomalies. */
export type DevelopmentSet = { readonly name: string; readonly group: string; readonly images: readonly RgbImage[]; readonly train: number; readonly good: number };

/** Real sets that settings may be chosen on. magnetic_tile is not among them: it is only for the final figure. */
const realNames = ['mvtec_bottle', 'elpv'] as const;

const demoSeed = 20261122;
const demoCounts = { train: 100, good: 80, anomalies: 80 };
/** Defects of the demo are plain to see; these are small and faint, so that the AUROC leaves room above. */
const severities = [0.2, 0.6] as const;
const strengths = [0.25, 0.75] as const;

async function realSet(dataFolder: string, name: string): Promise<DevelopmentSet> {
  const set = findImageSet(path.join(dataFolder, 'images'), name);
  if (set === undefined) throw new Error(`the image set ${name} is not in ${dataFolder}`);
  const files = [...set.train, ...set.testGood, ...set.testAnomalous];
  const images: RgbImage[] = [];
  for (const file of files) images.push(await decodeImage(await readFile(file)));
  return { name, group: name, images, train: set.train.length, good: set.testGood.length };
}

/** A part with a defect that is mixed with the same part without it. */
function faintDefect(product: DemoProduct, index: number): Uint8Array {
  const seed = mixSeed(demoSeed, product.id, 'anomaly', index);
  const random = seededRandom(mixSeed(seed, 'strength'));
  const type = product.defectTypes[index % product.defectTypes.length]!;
  const severity = random.between(...severities);
  const strength = random.between(...strengths);
  const sound = photograph(product, seed).rgb;
  const defective = photograph(product, seed, { type, severity }).rgb;
  return sound.map((value, i) => Math.round(value + strength * (defective[i]! - value)));
}

function demoDevelopmentSet(product: DemoProduct): DevelopmentSet {
  const normals = (kind: string, count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => photograph(product, mixSeed(demoSeed, product.id, kind, i)).rgb);
  const anomalies = Array.from({ length: demoCounts.anomalies }, (_, i) => faintDefect(product, i));
  const images = [...normals('train', demoCounts.train), ...normals('good', demoCounts.good), ...anomalies];
  return {
    name: `demo ${product.id}`,
    group: 'demo',
    images: images.map((rgb) => ({ rgb, width: DEMO_IMAGE_SIDE, height: DEMO_IMAGE_SIDE })),
    train: demoCounts.train,
    good: demoCounts.good,
  };
}

/** All sets that settings are chosen on, in three groups of equal say: bottles, solar cells, the demo's products. */
export async function developmentSets(dataFolder: string): Promise<DevelopmentSet[]> {
  const real: DevelopmentSet[] = [];
  for (const name of realNames) real.push(await realSet(dataFolder, name));
  return [...real, ...demoProducts.map(demoDevelopmentSet)];
}
