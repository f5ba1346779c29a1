import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { crossDistances, forEachBlock } from '../linalg/distances';
import { checkMatrix, selectRows, type Matrix } from '../linalg/matrix';
import { squaredDistancesOfRow } from '../linalg/squared-distances';
import { createRandom } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';
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
  /** The memory keeps at most so many patches, whatever the share. */
  readonly largest: number;
  /** The core-set is chosen among at most so many patches, drawn at random. */
  readonly candidates: number;
  /** Columns of the random projection; 0: the core-set is chosen among the vectors themselves. */
  readonly projected: number;
  /** Memory patches around the nearest one that an image's score is weighted by; 1: no weighting. */
  readonly neighbours: number;
};

export const patchCoreDefaults: PatchCoreParameters = { seed: 0, share: 0.1, smallest: 200, largest: 10_000, candidates: 100_000, projected: 128, neighbours: 9 };

/** PatchCore's memory bank: a core-set of normal patches. */
export type PatchMemory = {
  readonly patches: Matrix;
  /** Image that each patch was taken from. */
  readonly image: Int32Array;
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
  checkWhole('The largest memory', p.largest, 1);
  checkWhole('The number of patches to choose among', p.candidates, 1);
  checkWhole('The number of columns of a projection', p.projected, 0);
  checkWhole('The number of neighbours in the memory', p.neighbours, 1);
}

/**
 * PatchCore's memory (Roth et al. 2022): a greedy k-centre core-set of the patches of normal images, chosen after a random projection to 128 columns.
 */
export async function buildPatchMemory(normals: PatchSet, parameters: Partial<PatchCoreParameters> = {}, context: NumericsContext = {}): Promise<PatchMemory> {
  const chosen = { ...patchCoreDefaults, ...parameters };
  checkPatchCoreParameters(chosen);
  checkPatches(normals);
  const { points, perImage } = normals;
  const drawn = memoryCandidates(points.rows, chosen) ?? Int32Array.from({ length: points.rows }, (_, row) => row);
  const candidates = drawn.length === points.rows ? points : selectRows(points, drawn);
  return memoryAmong({ candidates, image: drawn.map((row) => Math.floor(row / perImage)), total: points.rows }, chosen, context);
}

/** Patches that a memory is chosen among, where not all normal patches are held at once. */
export type MemoryCandidates = {
  readonly candidates: Matrix;
  /** Image that each candidate was taken from. */
  readonly image: Int32Array;
  /** Normal patches that the candidates were drawn from (see `memoryCandidates`). */
  readonly total: number;
};

/** The memory that `buildPatchMemory` gives, from candidates that were drawn before. */
export async function memoryAmong({ candidates, image, total }: MemoryCandidates, parameters: PatchCoreParameters, context: NumericsContext = {}): Promise<PatchMemory> {
  checkMatrix(candidates, 'The patches');
  const searched = parameters.projected === 0 ? candidates : randomProjection(candidates, parameters.projected, parameters.seed);
  const core = await greedyCoreSet(searched, memorySize(total, parameters), context);
  return { patches: selectRows(candidates, core), image: core.map((row) => image[row]!), neighbours: parameters.neighbours };
}

/** How many of so many normal patches the memory keeps, at most. */
export function memorySize(patches: number, { share, smallest, largest }: Pick<PatchCoreParameters, 'share' | 'smallest' | 'largest'>): number {
  return Math.min(Math.max(Math.ceil(patches * share), smallest), largest);
}

/** The patches that the core-set is chosen among, in their order; null: all. */
export function memoryCandidates(patches: number, { seed, candidates }: Pick<PatchCoreParameters, 'seed' | 'candidates'>): Int32Array | null {
  if (patches <= candidates) return null;
  return sampleWithoutReplacement(patches, candidates, createRandom(seed, 1)).sort();
}

/**
 * Scores images by their patches (Roth et al. 2022, Eq. 6 and 7): s* is the largest distance of a patch p* to its nearest memory patch m*; with N the b memory
 * patches nearest to m* (itself among them) the image's score is (1 - exp|p* - m*| / sum over m in N of exp|p* - m|) s*, and s* itself for b = 1.
 * @param owners for each image its number among those that the memory was built from, -1 where it is none of them: a patch is not compared with patches of its own image
 */
export async function scorePatches(memory: PatchMemory, queries: PatchSet, context: NumericsContext = {}, owners?: ArrayLike<number>): Promise<PatchScores> {
  checkPatches(queries);
  const { points, perImage } = queries;
  const size = memory.patches.rows;
  const patches = new Float64Array(points.rows);
  const nearest = new Int32Array(points.rows);
  await forEachBlock(crossDistances(points, memory.patches, context.product), context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      const offset = (i - start) * size;
      const entry = nearestEntry(memory, block, offset, owners?.[Math.floor(i / perImage)] ?? -1);
      nearest[i] = entry;
      patches[i] = entry < 0 ? 0 : Math.sqrt(block[offset + entry]!);
    }
    context.onProgress?.(end, points.rows, 'patches');
  });
  const images = Float64Array.from({ length: points.rows / perImage }, (_, image) => {
    const farthest = farthestPatch(patches, image * perImage, perImage);
    return nearest[farthest]! < 0 ? 0 : patches[farthest]! * weightOf(memory, points, farthest, nearest[farthest]!, owners?.[image] ?? -1);
  });
  return { images, patches };
}

function farthestPatch(distances: Float64Array, start: number, count: number): number {
  let best = start;
  for (let i = start + 1; i < start + count; i += 1) if (distances[i]! > distances[best]!) best = i;
  return best;
}

/** The memory patch nearest to the query, of other images than `owner`; -1 where there is none. */
function nearestEntry({ image }: PatchMemory, squared: Float64Array, offset: number, owner: number): number {
  let best = -1;
  let smallest = Infinity;
  for (let m = 0; m < image.length; m += 1) {
    const value = squared[offset + m]!;
    if (value >= smallest || image[m] === owner) continue;
    smallest = value;
    best = m;
  }
  return best;
}

/** 1 - exp|p - m*| / sum of exp|p - m| over the neighbours of m*, p being row `query`; 1 where m* has no other neighbour. */
function weightOf({ patches, image, neighbours }: PatchMemory, points: Matrix, query: number, nearest: number, owner: number): number {
  if (neighbours === 1) return 1;
  const all = Int32Array.from({ length: image.length }, (_, m) => m);
  const among = new Float64Array(image.length);
  const squared = new Float64Array(image.length);
  squaredDistancesOfRow(patches, nearest, patches, all, among);
  squaredDistancesOfRow(points, query, patches, all, squared);
  const others = Array.from(all.filter((m) => m !== nearest && image[m] !== owner));
  const around = others.sort((a, b) => among[a]! - among[b]! || squared[a]! - squared[b]!).slice(0, neighbours - 1);
  if (around.length === 0) return 1;
  const distance = Math.sqrt(squared[nearest]!);
  let sum = 1;
  for (const m of around) sum += Math.exp(Math.sqrt(squared[m]!) - distance);
  return 1 - 1 / sum;
}
