import { type SeededRandom, seededRandom } from './seeded-random';

const NOISE_SIDE = 256;
const GAUSS_COUNT = 1 << 16;

/** Uniform values in [-1, 1] on a periodic lattice, shared by every image: an image takes its own offset into it. */
const lattice = buildTable(NOISE_SIDE * NOISE_SIDE, 0x5eed01, (random) => random.between(-1, 1));
const gaussians = buildTable(GAUSS_COUNT, 0x5eed02, (random) => random.gauss());

function buildTable(count: number, seed: number, draw: (random: SeededRandom) => number): Float32Array {
  const random = seededRandom(seed);
  const table = new Float32Array(count);
  for (let i = 0; i < count; i++) table[i] = draw(random);
  return table;
}

/** Smoothly interpolated value noise in [-1, 1] at a point; one unit is one lattice cell, period 256. */
export function valueNoise(x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const sx = fx * fx * (3 - 2 * fx);
  const sy = fy * fy * (3 - 2 * fy);
  const left = x0 & 255;
  const right = (x0 + 1) & 255;
  const top = (y0 & 255) << 8;
  const bottom = ((y0 + 1) & 255) << 8;
  const a = lattice[top + left] as number;
  const b = lattice[top + right] as number;
  const c = lattice[bottom + left] as number;
  const d = lattice[bottom + right] as number;
  const upper = a + (b - a) * sx;
  return upper + (c + (d - c) * sx - upper) * sy;
}

/** Three octaves of value noise, in about [-1, 1]. */
export function fractalNoise(x: number, y: number): number {
  return valueNoise(x, y) * 0.57 + valueNoise(x * 2.03 + 17.3, y * 2.03 + 5.1) * 0.29 + valueNoise(x * 4.1 + 3.7, y * 4.1 + 41.9) * 0.14;
}

/** Standard normal value number `index` of a fixed table (wraps round after 65,536). */
export function tabledGauss(index: number): number {
  return gaussians[index & (GAUSS_COUNT - 1)] as number;
}

/** 0 below `from`, 1 above `to`, smooth between; `from` may be larger than `to`. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = (value - from) / (to - from);
  if (t <= 0) return 0;
  if (t >= 1) return 1;
  return t * t * (3 - 2 * t);
}
