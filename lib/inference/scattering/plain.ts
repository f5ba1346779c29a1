import type { BlockName, ScatteringConfig } from './config';
import { blockNames, covarianceGrid, featureScales, opponentColours, upperHalf } from './config';
import { lowPassKernel, lowPassRadius, morletKernels } from './filters';

type Plane = { side: number; values: Float64Array };

/** Mirrors an index at the edges without repeating the edge pixel. */
function mirrored(index: number, side: number): number {
  if (index < 0) return -index;
  return index < side ? index : 2 * side - 2 - index;
}

/** Correlation with one kernel at every second pixel, edges mirrored. */
function halvingConvolution(plane: Plane, kernel: Float32Array, radius: number): Plane {
  const side = plane.side / 2;
  const width = 2 * radius + 1;
  const values = new Float64Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) {
        const row = mirrored(2 * y + Math.floor(k / width) - radius, plane.side);
        const column = mirrored(2 * x + (k % width) - radius, plane.side);
        sum += kernel[k]! * plane.values[row * plane.side + column]!;
      }
      values[y * side + x] = sum;
    }
  }
  return { side, values };
}

function reduce(plane: Plane): Plane {
  return halvingConvolution(plane, lowPassKernel(), lowPassRadius);
}

/** One plane per orientation. */
function modulus(plane: Plane, config: ScatteringConfig): Plane[] {
  const { orientations, radius } = config.filter;
  const area = (2 * radius + 1) ** 2;
  const kernels = morletKernels(config.filter);
  return Array.from({ length: orientations }, (_, l) => {
    const real = halvingConvolution(plane, kernels.subarray(l * area, (l + 1) * area), radius);
    const imaginary = halvingConvolution(plane, kernels.subarray((orientations + l) * area, (orientations + l + 1) * area), radius);
    const values = real.values.map((re, i) => Math.sqrt(re * re + imaginary.values[i]! ** 2 + config.floor ** 2));
    return { side: real.side, values };
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: readonly number[]): number => Math.max(...values);

/** Applies `pool` to each of the grid's cells, row by row. */
function overCells(plane: Plane, grid: number, pool: (values: readonly number[]) => number): number[] {
  const cell = plane.side / grid;
  const cells = Array.from({ length: grid * grid }, (): number[] => []);
  plane.values.forEach((value, i) => {
    const row = Math.floor(Math.floor(i / plane.side) / cell);
    cells[row * grid + Math.floor((i % plane.side) / cell)]!.push(value);
  });
  return cells.map(pool);
}

/** Element-wise mean of equally long lists. */
function meanOf(lists: readonly (readonly number[])[]): number[] {
  return lists[0]!.map((_, i) => mean(lists.map((list) => list[i]!)));
}

function secondOrder(envelopes: readonly Plane[], config: ScatteringConfig): { perCell: number[][]; global: number[] } {
  const moduli = envelopes.map((envelope) => modulus(envelope, config));
  const { orientations } = config.filter;
  const logOf = (plane: Plane): number[] => overCells(plane, config.grid, largest).map(Math.log);
  return {
    perCell: Array.from({ length: orientations }, (_, l2) => meanOf(moduli.map((planes) => logOf(planes[l2]!)))),
    global: Array.from({ length: orientations }, (_, l2) => mean(moduli.map((planes) => Math.log(largest([...planes[l2]!.values]))))),
  };
}

/** Covariance over positions of rows of log energies, one row a scale and orientation; the upper half of the matrix. */
function covariance(rows: readonly (readonly number[])[]): number[] {
  const centred = rows.map((row) => row.map((value) => value - mean(row)));
  const whole = centred.flatMap((a) => centred.map((b) => mean(a.map((value, i) => value * b[i]!))));
  return upperHalf(rows.length).map((at) => whole[at]!);
}

/**
 * The scattering features of one image by plain loops in float64: what the ONNX graph is checked against.
 * @param pixels RGB in [0, 1], (3, size, size)
 * @returns (scatteringDimension), see `scatteringModel`
 */
export function plainScattering(pixels: Float32Array, config: ScatteringConfig): Float64Array {
  const { size, scales, grid } = config;
  const area = size * size;
  const blocks: Record<BlockName, number[]> = {
    texture: [], textureGlobal: [], energy: [], brightness: [], colour: [], covariance: [],
  };
  const logEnergies: number[][] = [];
  let channels: Plane[] = opponentColours.map(([r, g, b]) => ({
    side: size,
    values: Float64Array.from({ length: area }, (_, i) => r * pixels[i]! + g * pixels[area + i]! + b * pixels[2 * area + i]!),
  }));
  for (let j1 = 0; j1 < scales; j1++) {
    if (j1 > 0) channels = channels.map(reduce);
    const luminance = modulus(channels[0]!, config);
    logEnergies.push(...luminance.map((plane) => overCells(plane, covarianceGrid, mean).map(Math.log)));
    const cellMeans = luminance.map((plane) => overCells(plane, grid, mean));
    const energy = cellMeans.map((cells) => cells.map(Math.log));
    const level = meanOf(energy);
    const globalLevel = mean(cellMeans.map((cells) => Math.log(mean(cells))));
    blocks.energy.push(...energy.flat());
    let envelopes = luminance;
    for (let j2 = j1 + 1; j2 < scales; j2++) {
      if (j2 > j1 + 1) envelopes = envelopes.map(reduce);
      const { perCell, global } = secondOrder(envelopes, config);
      for (const cells of perCell) blocks.texture.push(...cells.map((value, i) => value - level[i]!));
      blocks.textureGlobal.push(...global.map((value) => value - globalLevel));
    }
  }
  const [brightness, ...colour] = channels.map((plane) => overCells(plane, grid, mean));
  blocks.brightness.push(...brightness!);
  blocks.colour.push(...colour.flat());
  blocks.covariance.push(...covariance(logEnergies));
  const factors = featureScales(config);
  return Float64Array.from(blockNames.flatMap((name) => blocks[name]), (value, i) => value * factors[i]!);
}
