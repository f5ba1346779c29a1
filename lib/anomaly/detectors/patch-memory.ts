import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { crossDistances, forEachBlock, selfDistances } from '../linalg/distances';
import { checkMatrix, selectRows, type Matrix } from '../linalg/matrix';
import { checkShare, checkWhole } from './check-parameter';
import { greedyCoreSet, randomProjection } from './core-set';

/** Feature vectors of the patches of some images: `perImage` rows for each image, one image after the other. */
export type PatchSet = { readonly points: Matrix; readonly perImage: number };

export type PatchCoreParameters = {
  /** Of the random projection in which the core-set is chosen. */
  readonly seed: number;
  /** Share of the normal patches that the memory keeps. */
  readonly share: number;
  /** The memory keeps at least so many patches (or all). */
  readonly smallest: number;
  /** Columns of the random projection; 0: the core-set is chosen among the vectors themselves. */
  readonly projected: number;
  /** Memory patches around the nearest one that an image's score is weighted by; 1: no weighting. */
  readonly neighbours: number;
};

export const patchCoreDefaults: PatchCoreParameters = { seed: 0, share: 0.1, smallest: 200, projected: 128, neighbours: 9 };

/** PatchCore's memory bank: a core-set of normal patches. */
export type PatchMemory = {
  readonly patches: Matrix;
  /** Image that each patch was taken from. */
  readonly image: Int32Array;
  /** For each memory patch all memory patches, squared distances: as many rows and columns as there are patches. */
  readonly squared: Float64Array;
  readonly neighbours: number;
};

/** Scores of images and of each of their patches (distance to the nearest memory patch). */
export type PatchScores = { readonly images: Float64Array; readonly patches: Float64Array };

function checkPatches({ points, perImage }: PatchSet): void {
  checkMatrix(points, 'The patches');
  if (!Number.isSafeInteger(perImage) || perImage < 1 || points.rows % perImage !== 0) {
    throw new NumericsError('data.shape', `${points.rows} patches are not ${perImage} for each image.`);
  }
}

/** Throws `parameter.invalid` for the first parameter out of its range. */
export function checkPatchCoreParameters(p: PatchCoreParameters): void {
  checkShare('The share of patches kept', p.share);
  checkWhole('The smallest memory', p.smallest, 1);
  checkWhole('The number of columns of a projection', p.projected, 0);
  checkWhole('The number of neighbours in the memory', p.neighbours, 1);
}

/**
 * PatchCore's memory (Roth et al. 2022): a greedy k-centre core-set of the patches of normal images, chosen after a random projection to 128 columns.
 * Memory use: the squares of distances among the memory patches.
 */
export async function buildPatchMemory(normals: PatchSet, parameters: Partial<PatchCoreParameters> = {}, context: NumericsContext = {}): Promise<PatchMemory> {
  const chosen = { ...patchCoreDefaults, ...parameters };
  checkPatchCoreParameters(chosen);
  checkPatches(normals);
  const { points, perImage } = normals;
  const size = Math.max(Math.ceil(points.rows * chosen.share), chosen.smallest);
  const searched = chosen.projected === 0 ? points : randomProjection(points, chosen.projected, chosen.seed);
  const core = await greedyCoreSet(searched, size, context);
  const patches = selectRows(points, core);
  const squared = new Float64Array(core.length * core.length);
  await forEachBlock(selfDistances(patches, context.product), context, (block, start) => squared.set(block, start * core.length));
  return { patches, image: core.map((row) => Math.floor(row / perImage)), squared, neighbours: chosen.neighbours };
}

/**
 * Scores images by their patches (Roth et al. 2022, Eq. 6 and 7): s* is the largest distance of a patch p* to its nearest memory patch m*; with N the b memory
 * patches nearest to m* (itself among them) the image's score is (1 - exp|p* - m*| / sum over m in N of exp|p* - m|) s*, and s* itself for b = 1.
 * `own`: the images are those the memory was built from, in that order; a patch is then not compared with patches of its own image.
 */
export async function scorePatches(memory: PatchMemory, queries: PatchSet, context: NumericsContext = {}, own = false): Promise<PatchScores> {
  checkPatches(queries);
  const { points, perImage } = queries;
  const size = memory.patches.rows;
  const patches = new Float64Array(points.rows);
  const images = new Float64Array(points.rows / perImage);
  const farthest = new Float64Array(images.length).fill(-1);
  await forEachBlock(crossDistances(points, memory.patches, context.product), context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      const offset = (i - start) * size;
      const image = Math.floor(i / perImage);
      const owner = own ? image : -1;
      const nearest = nearestEntry(memory, block, offset, owner);
      const distance = nearest < 0 ? 0 : Math.sqrt(block[offset + nearest]!);
      patches[i] = distance;
      if (distance <= farthest[image]!) continue;
      farthest[image] = distance;
      images[image] = nearest < 0 ? 0 : distance * weightOf(memory, nearest, block, offset, owner);
    }
    context.onProgress?.(end, points.rows, 'patches');
  });
  return { images, patches };
}

/** The memory patch nearest to the query, of other images than `owner`; -1 where there is none. */
function nearestEntry({ image }: PatchMemory, squared: Float64Array, offset: number, owner: number): number {
  let best = -1;
  for (let m = 0; m < image.length; m += 1) {
    if (image[m] !== owner && (best < 0 || squared[offset + m]! < squared[offset + best]!)) best = m;
  }
  return best;
}

/** 1 - exp|p - m*| / sum of exp|p - m| over the neighbours of m*; 1 where m* has no other neighbour. */
function weightOf({ image, squared: among, neighbours }: PatchMemory, nearest: number, squared: Float64Array, offset: number, owner: number): number {
  const size = image.length;
  const others = Array.from({ length: size }, (_, m) => m).filter((m) => m !== nearest && image[m] !== owner);
  const distance = Math.sqrt(squared[offset + nearest]!);
  const row = nearest * size;
  const around = others.sort((a, b) => among[row + a]! - among[row + b]! || squared[offset + a]! - squared[offset + b]!).slice(0, neighbours - 1);
  if (around.length === 0) return 1;
  let sum = 1;
  for (const m of around) sum += Math.exp(Math.sqrt(squared[offset + m]!) - distance);
  return 1 - 1 / sum;
}
