import type { FilterShape } from './filters';

/** Everything that decides the bytes of the scattering network. */
export type ScatteringConfig = {
  /** Side of the square input in pixels: a multiple of grid * 2 ** scales. */
  size: number;
  /** Number J of scales; scale j works on the image reduced 2 ** j times. */
  scales: number;
  /** Features are pooled over grid x grid cells, so that they keep some position. */
  grid: number;
  filter: FilterShape;
  /** The modulus of a complex number z is sqrt(|z|^2 + floor^2): keeps the logarithm of a flat image finite. */
  floor: number;
  /** Added to chroma coefficients before the logarithm: the level of noise that JPEG leaves in chroma. */
  chromaFloor: number;
  /** Weight of each block of features in a Euclidean distance (each block is first divided by sqrt of its length). */
  weights: Readonly<Record<BlockName, number>>;
};

/** Blocks in the order in which they stand in the feature vector; a block of weight 0 is left out. */
export const blockNames = ['texture', 'textureGlobal', 'energy', 'brightness', 'colour', 'chromaEnergy', 'extremes', 'covariance'] as const;
export type BlockName = (typeof blockNames)[number];

/**
 * The embedded extractor. Filter and weights were chosen once, on the three sets of docs/benchmarks.md taken
 * together; the AUROC is flat around them (halving or doubling a weight moves the mean by less than 0.01).
 */
export const embeddedScattering: ScatteringConfig = {
  size: 128,
  scales: 4,
  grid: 4,
  filter: { orientations: 8, radius: 4, sigma: 1.3, frequency: 0.6 * Math.PI, slant: 0.5 },
  floor: 1e-5,
  chromaFloor: 4e-3,
  weights: { texture: 1, textureGlobal: 0.5, energy: 0.25, brightness: 1, colour: 8, chromaEnergy: 0.5, extremes: 0, covariance: 0 },
};

/**
 * Rows turn (red, green, blue) into luminance and two opponent colours; both opponents are exactly 0 for grey.
 */
export const opponentColours = [
  [1 / 3, 1 / 3, 1 / 3],
  [1 / 2, 0, -1 / 2],
  [1 / 4, -1 / 2, 1 / 4],
] as const;

/** Side of the grid over which covariances of the log energies are taken. */
export const covarianceGrid = 8;

/** Number of features in each block; 0 for those that are left out. */
export function blockLengths(config: ScatteringConfig): Record<BlockName, number> {
  const { scales, grid, weights } = config;
  const { orientations } = config.filter;
  const cells = grid * grid;
  const pairs = (scales * (scales - 1)) / 2;
  const lengths: Record<BlockName, number> = {
    texture: pairs * orientations * cells,
    textureGlobal: pairs * orientations,
    energy: scales * orientations * cells,
    brightness: cells,
    colour: 2 * cells,
    chromaEnergy: scales * 2 * cells,
    extremes: 2 * cells,
    covariance: (scales * orientations) ** 2,
  };
  for (const name of blockNames) if (weights[name] === 0) lengths[name] = 0;
  return lengths;
}

/** Length of the feature vector. */
export function scatteringDimension(config: ScatteringConfig): number {
  const lengths = blockLengths(config);
  return blockNames.reduce((sum, name) => sum + lengths[name], 0);
}

/** Factor of every feature: the weight of its block over the square root of the block's length. */
export function featureScales(config: ScatteringConfig): Float32Array {
  const lengths = blockLengths(config);
  const scales = new Float32Array(scatteringDimension(config));
  let start = 0;
  for (const name of blockNames) {
    scales.fill(config.weights[name] / Math.sqrt(Math.max(1, lengths[name])), start, start + lengths[name]);
    start += lengths[name];
  }
  return scales;
}
