import type { Candidate } from './extractor-candidates';

/** Orientations of every candidate. */
export const orientations = 8;

/** One block of a candidate's vector: a linear combination of named outputs of the coefficient network. */
export type FeatureBlock = {
  readonly name: string;
  readonly weight: number;
  readonly length: number;
  /** Values in the vector, where not all are needed: of a symmetric matrix the upper half. */
  readonly kept?: number;
  /** Outputs one after another; `minus` is subtracted from each, repeated over the orientations. */
  readonly parts: readonly { readonly output: string; readonly minus?: string }[];
};

const pairsOf = (scales: number): [number, number][] =>
  Array.from({ length: scales }, (_, j1) => Array.from({ length: scales - j1 - 1 }, (_, i): [number, number] => [j1, j1 + 1 + i])).flat();

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** The blocks of a candidate's vector and the outputs of `coefficientModel` that they are made of. */
export function featureBlocks(candidate: Candidate): FeatureBlock[] {
  const { grid, texturePool, energyPool, relative } = candidate;
  const scales = Math.log2(candidate.size) - 3 - candidate.fewerScales;
  const pairs = pairsOf(scales);
  const cells = grid * grid;
  const channels = scales * orientations;
  const lessLevel = (j1: number, suffix: string): { minus?: string } => (relative === 1 ? { minus: `level_${j1}_${suffix}` } : {});
  return [
    { name: 'texture', weight: 1, length: pairs.length * orientations * cells, parts: pairs.map(([j1, j2]) => ({ output: `texture_${texturePool}_${j1}_${j2}_${grid}`, ...lessLevel(j1, String(grid)) })) },
    { name: 'textureGlobal', weight: candidate.textureGlobal, length: pairs.length * orientations, parts: pairs.map(([j1, j2]) => ({ output: `texture_${texturePool}_${j1}_${j2}_1`, ...lessLevel(j1, '1') })) },
    { name: 'energy', weight: candidate.energy, length: channels * cells, parts: upTo(scales).map((j) => ({ output: `energy_${energyPool}_${j}_${grid}` })) },
    { name: 'brightness', weight: candidate.brightness, length: cells, parts: [{ output: `brightness_${grid}` }] },
    { name: 'colour', weight: candidate.colour, length: 2 * cells, parts: [{ output: `colour_${grid}` }] },
    { name: 'chromaEnergy', weight: candidate.chromaEnergy, length: scales * 2 * cells, parts: upTo(scales).map((j) => ({ output: `chroma_${j}_${grid}` })) },
    { name: 'extremes', weight: candidate.extremes, length: 2 * cells, parts: [{ output: `extremes_${grid}` }] },
    { name: 'covariance', weight: candidate.covariance, length: channels * channels, kept: (channels * (channels + 1)) / 2, parts: [{ output: `covariance_${scales}` }] },
  ];
}
