import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Files of a set in MVTec layout. */
export type ImageSet = { name: string; train: string[]; testGood: string[]; testAnomalous: string[] };

const imageName = /\.(png|jpe?g|bmp|tiff?|webp)$/i;

function images(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => imageName.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** Reads a folder with train/good, test/good and test/<defect>; undefined when it is not there. */
export function findImageSet(root: string, name: string): ImageSet | undefined {
  const folder = path.join(root, name);
  if (!existsSync(path.join(folder, 'train', 'good'))) return undefined;
  const defects = readdirSync(path.join(folder, 'test')).filter((kind) => kind !== 'good');
  return {
    name,
    train: images(path.join(folder, 'train', 'good')),
    testGood: images(path.join(folder, 'test', 'good')),
    testAnomalous: defects.sort().flatMap((kind) => images(path.join(folder, 'test', kind))),
  };
}
