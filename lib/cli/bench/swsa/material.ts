import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createRandom } from '@/lib/anomaly/random/generator';
import { sampleWithoutReplacement } from '@/lib/anomaly/random/sampling';
import { splitSupport } from '@/lib/anomaly/selection/support-split';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { decodeImage } from '@/lib/ingest/decode';
import { planImage } from '@/lib/synthesis/plan';
import { synthesise } from '@/lib/synthesis/synthesise';
import { findImageSet } from '../image-set';

/** Images of one product. Every list is in a fixed order. */
export type Product = {
  readonly name: string;
  /** What a prompt calls it. */
  readonly object: string;
  readonly support: readonly string[];
  readonly normals: readonly string[];
  readonly anomalies: readonly string[];
  /** Folder of each anomaly. */
  readonly defectTypes: readonly string[];
};

const objects: Readonly<Record<string, string>> = { mvtec_bottle: 'bottle', elpv: 'solar cell', magnetic_tile: 'magnetic tile' };

/** As many of the files as wanted, drawn by the seed, in their order. */
function some(files: readonly string[], count: number, seed: number): string[] {
  const kept = sampleWithoutReplacement(files.length, Math.min(count, files.length), createRandom(seed)).sort();
  return [...kept].map((i) => files[i]!);
}

/** The image sets of a folder; at most `limit` files of each list. */
export function findProducts(folder: string, limit: number, seed: number): Product[] {
  return Object.keys(objects).flatMap((name): Product[] => {
    const set = findImageSet(folder, name);
    if (set === undefined) {
      process.stderr.write(`SKIPPED: there is no set ${name} in ${folder}\n`);
      return [];
    }
    const anomalies = some(set.testAnomalous, limit, seed + 2);
    const defectTypes = anomalies.map((file) => path.basename(path.dirname(file)));
    return [{ name, object: objects[name]!, support: some(set.train, limit, seed), normals: some(set.testGood, limit, seed + 1), anomalies, defectTypes }];
  });
}

/** A list of images by name; each is made when it is asked for. */
export type Group = { readonly name: string; readonly count: number; load(index: number): Promise<RgbImage> };

export const loadFile = async (file: string): Promise<RgbImage> => decodeImage(await readFile(file));

export function fileGroup(name: string, files: readonly string[]): Group {
  return { name, count: files.length, load: (index) => loadFile(files[index]!) };
}

export type Split = { readonly seeds: readonly number[]; readonly heldOut: readonly number[] };

/** Synthetic anomalies of a generator from the seed images of a split. */
export function syntheticGroup(product: Product, generator: string, split: Split, count: number, seed: number): Group {
  const file = (position: number) => product.support[split.seeds[position]!]!;
  return {
    name: `${product.name}-${generator}-${seed}`,
    count,
    async load(index) {
      const { parent, other } = planImage(seed, index, split.seeds.length);
      const material = { image: await loadFile(file(parent)), other: other === null ? undefined : await loadFile(file(other)) };
      return synthesise({ generator, parameters: {}, seed }, index, material).image;
    },
  };
}

/** Positions of unrelated images, drawn among those of other products. */
export function drawUnrelated(available: number, count: number, seed: number): number[] {
  return [...sampleWithoutReplacement(available, Math.min(count, available), createRandom(seed, 5))];
}

export const splitOf = (product: Product, seed: number): Split => splitSupport(product.support.length, { seed });
