import type { QualityLabel, Split } from '@/lib/api/contracts/common';
import type { FolderRole } from '@/lib/api/contracts/uploads';
import { isSystemFile, splitPath, stemOf } from './safe-path';

const MASKS = new Set(['ground_truth', 'groundtruth', 'mask', 'masks']);
const AUXILIARY = new Set(['auxiliary', 'aux', 'synthetic', 'synthetics', 'generated', 'fake', 'augmented']);
const NORMAL = new Set(['normal', 'normals', 'good', 'ok', 'okay', 'pass', 'nominal', 'defect_free', 'no_defect']);
const ANOMALY = new Set(['anomaly', 'anomalies', 'anomalous', 'abnormal', 'defect', 'defects', 'defective', 'ng', 'nok', 'not_ok', 'bad', 'fail', 'faulty']);
const SPLITS = new Map<string, Split>([['train', 'train'], ['training', 'train'], ['test', 'test'], ['testing', 'test'], ['val', 'test'], ['valid', 'test'], ['validation', 'test']]);
const QUALITY = new Set<string>(['realistic', 'indistinguishable', 'unrealistic'] satisfies QualityLabel[]);
const METADATA_FILE = /^(metadata\.(csv|jsonl)|parameters\.jsonl)$/i;
const IMAGE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff', 'PNG', 'JPG', 'JPEG', 'BMP', 'TIF', 'TIFF'];

/** What a folder that says nothing becomes. */
const UNKNOWN: FolderRole = { role: 'auxiliary', split: null, defectType: null, qualityLabel: null };

/** What a list of dropped files looks like. */
export type Layout = {
  /** Folders that hold samples, in order of name, with what their images are proposed to be. */
  readonly folders: readonly { readonly folder: string; readonly count: number; readonly role: FolderRole }[];
  readonly masks: number;
  /** metadata.csv or metadata.jsonl files beside the images. */
  readonly metadata: readonly string[];
  /** System files that are not sent. */
  readonly ignored: number;
};

/**
 * Proposes a role per folder for the paths of a drop.
 * @param paths cleaned paths (`safePath`), as they are announced
 */
export function proposeLayout(paths: readonly string[]): Layout {
  const counts = new Map<string, number>();
  const metadata: string[] = [];
  let masks = 0;
  let ignored = 0;
  for (const path of paths) {
    const { folder } = splitPath(path);
    if (isSystemFile(path)) ignored++;
    else if (isMetadataFile(path)) metadata.push(path);
    else if (isMaskPath(path)) masks++;
    else counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const folders = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, count]) => ({ folder, count, role: proposeFolderRole(folder) }));
  return { folders, masks, metadata, ignored };
}

/**
 * Proposes what the images of a folder are, from its name and the names above it (letter case, spaces and hyphens do not
 * count). Leading folders that say nothing ("bottle/", "export-2/bottle/") are passed over. In this order:
 *
 * 1. `auxiliary/`, `synthetic/`, `generated/`: auxiliary. A folder realistic, indistinguishable or unrealistic below sets
 *    the pseudo-quality, another name below is the defect type.
 * 2. MVTec: `train/good`, `test/good`: normal; `train/<defect>`, `test/<defect>`: anomaly of that defect type; images
 *    directly in `train/`: normal. `validation/` counts as test.
 * 3. Names such as normal, good, ok / anomaly, defect, ng, bad; a folder below the latter is the defect type.
 * 4. Anything else: auxiliary. That is what inspectors bring to be judged, and the harmless guess: an auxiliary sample is
 *    scored, while a wrong normal or anomaly would silently spoil the training set.
 */
export function proposeFolderRole(folder: string): FolderRole {
  const names = folder.split('/').filter((name) => name !== '');
  const words = names.map(wordOf);
  return auxiliaryRole(names, words) ?? splitRole(names, words) ?? namedRole(names, words) ?? UNKNOWN;
}

/** True for files below ground_truth/ or masks/: they belong to samples and are none themselves. */
export function isMaskPath(path: string): boolean {
  return splitPath(path).folder.split('/').some((name) => MASKS.has(wordOf(name)));
}

/** True for metadata.csv, metadata.jsonl and the parameters.jsonl of `assay generate`: they are read as metadata, not as images. */
export function isMetadataFile(path: string): boolean {
  return METADATA_FILE.test(splitPath(path).fileName);
}

/** True for zip archives: they are unpacked by the import. */
export function isArchive(path: string): boolean {
  return /\.zip$/i.test(path);
}

/**
 * Where the sample of a mask may lie, the likeliest first: `ground_truth/<defect>/<stem>_mask.png` belongs to
 * `test/<defect>/<stem>.*`, then to train, auxiliary, synthetic, images, or to the same folder without `ground_truth`.
 */
export function samplePathsOfMask(maskPath: string): string[] {
  const { folder, fileName } = splitPath(maskPath);
  const names = folder.split('/');
  const at = names.findLastIndex((name) => MASKS.has(wordOf(name)));
  const above = names.slice(0, at);
  const below = names.slice(at + 1);
  const stem = stemOf(fileName);
  const stems = [...new Set([stem.replace(/[_-](mask|gt)$/i, ''), stem])];
  const folders = [['test'], ['train'], ['auxiliary'], ['synthetic'], ['images'], []].map((between) => [...above, ...between, ...below].join('/'));
  return folders.flatMap((place) => stems.flatMap((name) => IMAGE_EXTENSIONS.map((extension) => (place === '' ? '' : `${place}/`) + `${name}.${extension}`)));
}

function wordOf(name: string): string {
  return name.trim().toLowerCase().replace(/[\s-]+/g, '_');
}

function auxiliaryRole(names: readonly string[], words: readonly string[]): FolderRole | null {
  const at = words.findLastIndex((word) => AUXILIARY.has(word));
  const qualityAt = words.findLastIndex((word) => QUALITY.has(word));
  if (at < 0 && qualityAt < 0) return null;
  const from = at < 0 ? qualityAt : at + 1;
  const defectAt = words.findIndex((word, i) => i >= from && !QUALITY.has(word));
  return {
    role: 'auxiliary',
    split: null,
    qualityLabel: qualityAt >= from ? (words[qualityAt] as QualityLabel) : null,
    defectType: defectAt < 0 ? null : defectTypeOf(names[defectAt]),
  };
}

function splitRole(names: readonly string[], words: readonly string[]): FolderRole | null {
  const at = words.findLastIndex((word) => SPLITS.has(word));
  const split = SPLITS.get(words[at] ?? '');
  if (split === undefined) return null;
  const kind = words[at + 1];
  if (kind === undefined) return split === 'train' ? { role: 'normal', split, defectType: null, qualityLabel: null } : null;
  if (NORMAL.has(kind)) return { role: 'normal', split, defectType: null, qualityLabel: null };
  const defect = ANOMALY.has(kind) ? names[at + 2] : names[at + 1];
  return { role: 'anomaly', split, defectType: defectTypeOf(defect), qualityLabel: null };
}

function namedRole(names: readonly string[], words: readonly string[]): FolderRole | null {
  const at = words.findLastIndex((word) => NORMAL.has(word) || ANOMALY.has(word));
  const word = words[at];
  if (word === undefined) return null;
  if (NORMAL.has(word)) return { role: 'normal', split: null, defectType: null, qualityLabel: null };
  return { role: 'anomaly', split: null, defectType: defectTypeOf(names[at + 1]), qualityLabel: null };
}

function defectTypeOf(name: string | undefined): string | null {
  return name === undefined ? null : name.trim().slice(0, 200);
}
