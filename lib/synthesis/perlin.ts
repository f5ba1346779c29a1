import type { RandomGenerator } from '@/lib/anomaly/random/generator';

/** Noise over a lattice of columns x rows cells. */
export type Perlin = {
  readonly columns: number;
  readonly rows: number;
  /** Value at a place, 0 <= x <= columns, 0 <= y <= rows: between -1 and 1, 0 at whole numbers. */
  at(x: number, y: number): number;
};

/** Perlin's blending 6t^5 - 15t^4 + 10t^3: slope and curvature vanish at 0 and 1. */
const fade = (t: number) => t * t * t * (t * (6 * t - 15) + 10);

/** A direction, uniform on the circle: a point of the disc, stretched to length 1 (no sine, see exact-math). */
function unitVector(random: RandomGenerator): [number, number] {
  for (;;) {
    const x = 2 * random.uniform() - 1;
    const y = 2 * random.uniform() - 1;
    const squares = x * x + y * y;
    if (squares > 1 || squares < 1e-12) continue;
    const length = Math.sqrt(squares);
    return [x / length, y / length];
  }
}

/** Gradient noise of Perlin (2002) with random unit gradients, scaled by the root of 2 to reach from -1 to 1 (as DRAEM has it). */
export function perlin(columns: number, rows: number, random: RandomGenerator): Perlin {
  const stride = columns + 1;
  const gradients = new Float64Array(2 * stride * (rows + 1));
  for (let i = 0; i < gradients.length; i += 2) gradients.set(unitVector(random), i);
  const slope = (column: number, row: number, dx: number, dy: number) => {
    const i = 2 * (row * stride + column);
    return gradients[i]! * dx + gradients[i + 1]! * dy;
  };
  const at = (x: number, y: number) => {
    const column = Math.min(columns - 1, Math.floor(x));
    const row = Math.min(rows - 1, Math.floor(y));
    const [dx, dy] = [x - column, y - row];
    const [u, v] = [fade(dx), fade(dy)];
    const top = slope(column, row, dx, dy) * (1 - u) + slope(column + 1, row, dx - 1, dy) * u;
    const bottom = slope(column, row + 1, dx, dy - 1) * (1 - u) + slope(column + 1, row + 1, dx - 1, dy - 1) * u;
    return Math.SQRT2 * (top * (1 - v) + bottom * v);
  };
  return { columns, rows, at };
}
