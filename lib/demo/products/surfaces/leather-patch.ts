import { valueNoise } from '../../raster/noise';
import { holed, scratched, stained } from './marks';
import { surfaceProduct } from './surface-product';

/** Grained leather: pebbles with creases between them. */
export const leatherPatch = surfaceProduct({
  id: 'leather-patch',
  objectName: 'leather patch',
  reach: 0.78,
  marks: { cut: scratched(0.25, 0.4), stain: stained([0.35, 0.33, 0.3], 25), hole: holed([0.3, 0.2, 0.13]) },
  draw({ random, light }) {
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    const pebbles = (u: number, v: number) => Math.abs(valueNoise(u * 17 + x, v * 17 + y)) + 0.5 * Math.abs(valueNoise(u * 33 + y, v * 33 + x));
    return (u, v, rgb, at) => {
      const height = pebbles(u, v);
      const tilt = (pebbles(u + 0.012 * light.x, v + 0.012 * light.y) - height) * 2.2;
      const shade = 0.72 + 0.5 * Math.min(0.5, height) - tilt + 0.05 * valueNoise(u * 2 + y, v * 2);
      rgb[at] = 0.24 * shade;
      rgb[at + 1] = 0.115 * shade;
      rgb[at + 2] = 0.06 * shade;
    };
  },
});
