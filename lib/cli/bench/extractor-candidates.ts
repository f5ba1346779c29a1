import { featureBlocks } from './extractor-blocks';

/**
 * The candidates among which `npm run bench -- extractor --choose` chooses, written down before any was scored; colour 0 was taken out after
 * a first run had chosen it (docs/benchmarks.md).
 * Every key is one axis; a candidate takes one value of each.
 */
export const axes = {
  /** Side of the input in pixels. */
  size: [128, 256],
  /** Scales left out at the coarse end, of log2(size) - 3. */
  fewerScales: [0, 1],
  /** Morlet filter: envelope in pixels, frequency as a part of pi, elongation. 0.8, 0.75, 0.5 are Bruna and Mallat's. */
  sigma: [0.8, 1.3, 1.8],
  frequency: [0.45, 0.6, 0.75],
  slant: [0.5, 1],
  /** Smallest modulus, which keeps logarithms of flat images finite. */
  floor: [1e-5, 1e-3, 4e-3],
  /** Cells a side. */
  grid: [2, 4],
  /** What is kept of a map in a cell. */
  texturePool: ['peak', 'mean'],
  energyPool: ['peak', 'mean'],
  /** Second order less the first order of its scale, or as it is. */
  relative: [1, 0],
  /** Weights of the blocks in the distance; the texture's is 1. 0 leaves the block out. */
  textureGlobal: [0, 0.25, 0.5, 1, 2],
  energy: [0, 0.25, 0.5, 1, 2],
  brightness: [0, 0.25, 0.5, 1, 2],
  /** Never 0: a vector must tell colours apart, though the defects of these sets hardly ask for it. */
  colour: [1, 2, 4, 8],
  chromaEnergy: [0, 0.25, 0.5, 1, 2],
  /** Darkest and brightest spot of each cell. */
  extremes: [0, 0.25, 0.5, 1, 2],
  /** Second-order pooling: covariance of the log energies of all scales and orientations over an 8 x 8 grid. */
  covariance: [0, 0.25, 0.5, 1, 2],
} as const;

export type Axis = keyof typeof axes;
export type Candidate = { readonly [A in Axis]: (typeof axes)[A][number] };
export const axisNames = Object.keys(axes) as Axis[];

/** A plain start: the filters of Bruna and Mallat, means, no block outweighing another, nothing unusual. */
export const plainCandidate: Candidate = {
  size: 128, fewerScales: 0, sigma: 0.8, frequency: 0.75, slant: 0.5, floor: 1e-5, grid: 4, texturePool: 'mean', energyPool: 'mean', relative: 1,
  textureGlobal: 1, energy: 1, brightness: 1, colour: 1, chromaEnergy: 1, extremes: 0, covariance: 0,
};

/** What was chosen, and `embeddedScattering` states. */
export const chosenCandidate: Candidate = {
  size: 128, fewerScales: 0, sigma: 1.8, frequency: 0.6, slant: 1, floor: 1e-5, grid: 4, texturePool: 'peak', energyPool: 'mean', relative: 1,
  textureGlobal: 0.25, energy: 1, brightness: 2, colour: 2, chromaEnergy: 0, extremes: 0, covariance: 2,
};

/** What the product used until settings were chosen this way; it is scored for comparison only, after the choice. */
export const formerCandidate: Candidate = {
  size: 128, fewerScales: 0, sigma: 1.3, frequency: 0.6, slant: 0.5, floor: 1e-5, grid: 4, texturePool: 'peak', energyPool: 'peak', relative: 1,
  textureGlobal: 0.5, energy: 0.25, brightness: 1, colour: 8, chromaEnergy: 0.5, extremes: 0, covariance: 0,
};

/** Starts of the ascent besides the plain one are drawn with this seed. */
export const startSeed = 5;
export const randomStarts = 3;

/** Candidates whose mean AUROC lies less than this below the best count as equal; the shortest vector among them is taken. */
export const tieWidth = 0.002;

/** Length of the candidate's vector; blocks of weight 0 are left out. */
export function dimensionOf(candidate: Candidate): number {
  return featureBlocks(candidate).reduce((sum, { length, kept = length, weight }) => sum + (weight > 0 ? kept : 0), 0);
}

/** One line that tells one candidate from another. */
export function describeCandidate(candidate: Candidate): string {
  return axisNames.map((axis) => `${axis} ${String(candidate[axis])}`).join(', ');
}
