import { smoothstep, valueNoise } from '../../raster/noise';
import { holed, scratched, stained } from './marks';
import { surfaceProduct } from './surface-product';

const PITCH = 0.25;
const PIXEL = 2 / 320;
const fill = (distance: number) => smoothstep(PIXEL, -PIXEL, distance);

/** Whether the trace from a pad runs on to the right (else downwards): the same on every board. */
const runsRight = (i: number, j: number) => ((i * 7 + j * 13 + i * j * 3) & 3) < 2;

/** Copper under the green lacquer at a place: traces between the pads of a grid. */
function traces(u: number, v: number): number {
  const [i, j] = [Math.floor(u / PITCH), Math.floor(v / PITCH)];
  const [du, dv] = [u / PITCH - i - 0.5, v / PITCH - j - 0.5];
  const right = Math.max(Math.abs(dv) - 0.09, runsRight(i, j) ? -du : runsRight(i - 1, j) ? du : 1);
  const down = Math.max(Math.abs(du) - 0.09, runsRight(i, j) ? 1 : -dv);
  return fill(Math.min(right, down) * PITCH);
}

/** A bare board: green lacquer, traces that shine through, tinned pads with drilled holes. */
export const circuitBoard = surfaceProduct({
  id: 'circuit-board',
  objectName: 'circuit board',
  reach: 0.75,
  marks: { scratch: scratched(0.5, 0.7), contamination: stained([0.55, 0.5, 0.42], 24), burn: holed([0.1, 0.07, 0.04]) },
  draw({ random, light }) {
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    const shift = random.gauss() * 0.004;
    return (u, v, rgb, at) => {
      const [du, dv] = [(u / PITCH - Math.floor(u / PITCH) - 0.5) * PITCH, (v / PITCH - Math.floor(v / PITCH) - 0.5) * PITCH];
      const radius = Math.sqrt(du * du + dv * dv);
      const pad = fill(radius - 0.06);
      const hole = fill(Math.sqrt((du - shift) ** 2 + dv * dv) - 0.028);
      const lacquer = (1 + 0.7 * traces(u, v)) * (1 + 0.04 * valueNoise(u * 40 + x, v * 40 + y)) * (1 + 0.06 * (u * light.x + v * light.y));
      const tin = (0.5 + 0.12 * valueNoise(u * 22 + y, v * 22 + x)) * (1 - hole) + 0.02 * hole;
      rgb[at] = 0.025 * lacquer * (1 - pad) + tin * pad;
      rgb[at + 1] = 0.13 * lacquer * (1 - pad) + tin * pad;
      rgb[at + 2] = 0.055 * lacquer * (1 - pad) + tin * 0.95 * pad;
    };
  },
});
