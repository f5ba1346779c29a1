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
  /** Weight of each block of features in a Euclidean distance (each block is first divided by sqrt of its length). */
  weights: Readonly<Record<BlockName, number>>;
};

/** Blocks in the order in which they stand in the feature vector. */
export const blockNames = ['texture', 'textureGlobal', 'energy', 'brightness', 'colour', 'covariance'] as const;
export type BlockName = (typeof blockNames)[number];

/**
 * The embedded extractor. Chosen by `npm run bench -- extractor --choose` on bottles, solar cells and the demo's products
 * (docs/benchmarks.md, "Embedded extractor").
 */
export const embeddedScattering: ScatteringConfig = {
  size: 128,
  scales: 4,
  grid: 4,
  filter: { orientations: 8, radius: 4, sigma: 1.8, frequency: 0.6 * Math.PI, slant: 1 },
  floor: 1e-5,
  weights: { texture: 1, textureGlobal: 0.25, energy: 1, brightness: 2, colour: 2, covariance: 2 },
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

/** Number of log energies at one place: one a scale and orientation. */
export const energyChannels = ({ scales, filter }: ScatteringConfig): number => scales * filter.orientations;

/** Number of features in each block. Of a covariance matrix its upper half is kept, with the diagonal. */
export function blockLengths(config: ScatteringConfig): Record<BlockName, number> {
  const { scales, grid } = config;
  const { orientations } = config.filter;
  const cells = grid * grid;
  const pairs = (scales * (scales - 1)) / 2;
  const channels = energyChannels(config);
  return {
    texture: pairs * orientations * cells,
    textureGlobal: pairs * orientations,
    energy: channels * cells,
    brightness: cells,
    colour: 2 * cells,
    covariance: (channels * (channels + 1)) / 2,
  };
}

/** Places of the upper half, row by row, in a square matrix that is laid out as one row. */
export function upperHalf(side: number): number[] {
  return Array.from({ length: side }, (_, row) => Array.from({ length: side - row }, (__, i) => row * side + row + i)).flat();
}

/** Length of the feature vector. */
export function scatteringDimension(config: ScatteringConfig): number {
  const lengths = blockLengths(config);
  return blockNames.reduce((sum, name) => sum + lengths[name], 0);
}

/**
 * Factor of every feature: the weight of its block over the square root of the block's length. Distances of covariances are those of whole matrices: the
 * length is the whole one's, and what stands beside the diagonal counts twice.
 */
export function featureScales(config: ScatteringConfig): Float32Array {
  const lengths = blockLengths(config);
  const channels = energyChannels(config);
  const scales = blockNames.flatMap((name): number[] => {
    const weight = config.weights[name];
    if (name !== 'covariance') return Array.from({ length: lengths[name] }, () => weight / Math.sqrt(lengths[name]));
    return upperHalf(channels).map((at) => (weight / channels) * (at % (channels + 1) === 0 ? 1 : Math.SQRT2));
  });
  return Float32Array.from(scales);
}
