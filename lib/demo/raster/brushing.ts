import { seededRandom } from './seeded-random';

const WIDTH = 1024;
const HEIGHT = 512;

/** Streaks of a brushed surface: long along x, one cell thin along y; mean 0, standard deviation about 1. */
const streaks = buildStreaks();

function smearedRow(row: number, reach: number, weight: number, out: Float32Array): void {
  const random = seededRandom(0xb2054 + row * 31 + reach);
  const keep = Math.exp(-1 / reach);
  const fresh = Math.sqrt(1 - keep * keep);
  let value = random.gauss();
  // One lap to warm up, so that the row closes on itself without a seam.
  const draws = Float32Array.from({ length: WIDTH }, () => random.gauss());
  for (let lap = 0; lap < 2; lap++) {
    for (let x = 0; x < WIDTH; x++) {
      value = keep * value + fresh * (draws[x] as number);
      if (lap === 1) out[row * WIDTH + x] = (out[row * WIDTH + x] as number) + weight * value;
    }
  }
}

function buildStreaks(): Float32Array {
  const table = new Float32Array(WIDTH * HEIGHT);
  for (let row = 0; row < HEIGHT; row++) {
    smearedRow(row, 18, 0.45, table);
    smearedRow(row, 70, 0.6, table);
    smearedRow(row, 260, 0.6, table);
  }
  return table;
}

/** Streak value at (x along the brushing, y across), both in cells, bilinear, periodic. */
export function streakAt(x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const left = x0 & (WIDTH - 1);
  const right = (x0 + 1) & (WIDTH - 1);
  const top = (y0 & (HEIGHT - 1)) * WIDTH;
  const bottom = ((y0 + 1) & (HEIGHT - 1)) * WIDTH;
  const a = streaks[top + left] as number;
  const c = streaks[bottom + left] as number;
  const upper = a + ((streaks[top + right] as number) - a) * fx;
  const lower = c + ((streaks[bottom + right] as number) - c) * fx;
  return upper + (lower - upper) * fy;
}
