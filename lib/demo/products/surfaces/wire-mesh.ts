import { smoothstep, valueNoise } from '../../raster/noise';
import { dented, holed, stained } from './marks';
import { surfaceProduct } from './surface-product';

const PITCH = 0.075;
const HALF = 0.3;

/** Woven steel wire before a dark ground: over one, under one. */
export const wireMesh = surfaceProduct({
  id: 'wire-mesh',
  objectName: 'wire mesh',
  reach: 0.78,
  marks: { tear: holed([0.3, 0.3, 0.3]), stain: stained([0.6, 0.36, 0.2], 26), dent: dented },
  draw({ random, light }) {
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    const wire = (across: number, side: number) => Math.sqrt(Math.max(0, 1 - across * across)) * 0.8 + 0.5 * across * side;
    return (u, v, rgb, at) => {
      const a = u / PITCH + 0.1 * valueNoise(v * 3 + x, u * 2 + y);
      const b = v / PITCH + 0.1 * valueNoise(u * 3 + y, v * 2 + x);
      const [i, j] = [Math.floor(a), Math.floor(b)];
      const [across, along] = [(a - i - 0.5) / HALF, (b - j - 0.5) / HALF];
      const over = ((i + j) & 1) === 0;
      const upright = Math.abs(across) < 1 ? wire(across, light.x) * (over ? 1 : 0.75) : 0;
      const level = Math.abs(along) < 1 ? wire(along, light.y) * (over ? 0.75 : 1) : 0;
      const seen = over && upright > 0 ? upright : level > 0 ? level : upright;
      const steel = 0.42 * seen * (1 + 0.06 * valueNoise(u * 9 + x, v * 9 + y));
      const ground = 0.02 * smoothstep(-1, 1, u * light.x + v * light.y);
      rgb[at] = steel + ground;
      rgb[at + 1] = steel * 0.99 + ground;
      rgb[at + 2] = steel * 0.95 + ground;
    };
  },
});
