import { fractalNoise, tabledGauss, valueNoise } from '../../raster/noise';
import { chipped, cracked, stained } from './marks';
import { surfaceProduct } from './surface-product';

/** Cast concrete: grey clouds, sand, a few small pores. */
export const concreteSlab = surfaceProduct({
  id: 'concrete-slab',
  objectName: 'concrete slab',
  reach: 0.78,
  marks: { crack: cracked, spall: chipped, rust: stained([0.7, 0.42, 0.22], 26) },
  draw({ random, light }) {
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    const grain = random.below(1 << 16);
    return (u, v, rgb, at) => {
      const cloud = 0.1 * fractalNoise(u * 2.5 + x, v * 2.5 + y) + 0.06 * fractalNoise(u * 19 + y, v * 19 + x);
      const pore = Math.max(0, valueNoise(u * 36 + x, v * 36 + y) - 0.82) * 3;
      const sand = 0.045 * tabledGauss(grain + Math.imul(at, 2749));
      const shade = 0.33 * (1 + cloud + sand - 0.6 * Math.min(1, pore)) * (1 + 0.05 * (u * light.x + v * light.y));
      rgb[at] = shade;
      rgb[at + 1] = shade * 0.985;
      rgb[at + 2] = shade * 0.94;
    };
  },
});
