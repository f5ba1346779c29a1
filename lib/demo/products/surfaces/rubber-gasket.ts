import { smoothstep, valueNoise } from '../../raster/noise';
import { chipped, cracked, stained } from './marks';
import { surfaceProduct } from './surface-product';

const OUTER = 0.86;
const INNER = 0.42;
const PIXEL = 2 / 320;

/** A flat black ring with two raised beads on a pale table. */
export const rubberGasket = surfaceProduct({
  id: 'rubber-gasket',
  objectName: 'rubber gasket',
  reach: 0.76,
  hollow: 0.52,
  marks: { nick: chipped, crack: cracked, contamination: stained([2.6, 2.4, 2], 20) },
  draw({ random, light }) {
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    const bead = (radius: number, at: number) => smoothstep(0.05, 0, Math.abs(radius - at));
    return (u, v, rgb, at) => {
      const radius = Math.sqrt(u * u + v * v) + 1e-6;
      const inside = smoothstep(OUTER + PIXEL, OUTER - PIXEL, radius) * smoothstep(INNER - PIXEL, INNER + PIXEL, radius);
      const facing = (u * light.x + v * light.y) / radius;
      const slope = (Math.sign(radius - 0.55) * bead(radius, 0.55) + Math.sign(radius - 0.73) * bead(radius, 0.73)) * facing;
      const rubber = 0.055 * (1 + 0.12 * valueNoise(u * 60 + x, v * 60 + y)) + 0.07 * Math.max(0, slope) + 0.02 * (bead(radius, 0.55) + bead(radius, 0.73));
      const shadow = 1 - 0.35 * smoothstep(0.06, 0, Math.abs(radius - OUTER - 0.02)) * Math.max(0, -facing);
      const table = 0.5 * shadow * (1 + 0.02 * valueNoise(u * 25 + y, v * 25 + x)) * (1 + 0.06 * (u * light.x + v * light.y));
      const value = rubber * inside + table * (1 - inside);
      rgb[at] = value;
      rgb[at + 1] = value * 1.005;
      rgb[at + 2] = value * 1.02;
    };
  },
});
