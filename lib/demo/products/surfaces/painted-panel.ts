import { valueNoise } from '../../raster/noise';
import { chipped, dented, scratched } from './marks';
import { surfaceProduct } from './surface-product';

/** A sprayed sheet: orange peel under a broad reflection. */
export const paintedPanel = surfaceProduct({
  id: 'painted-panel',
  objectName: 'painted panel',
  reach: 0.78,
  marks: { scratch: scratched(0.4, 0.8), dent: dented, chip: chipped },
  draw({ random, light }) {
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    const glareAt = 0.1 + random.gauss() * 0.04;
    return (u, v, rgb, at) => {
      const peel = valueNoise(u * 26 + x, v * 26 + y) + 0.5 * valueNoise(u * 55 + y, v * 55 + x);
      const band = (u * light.x + v * light.y - glareAt + 0.03 * peel) / 0.5;
      const glare = 0.14 / (1 + band * band * band * band + band * band);
      const shade = 1 + 0.015 * peel;
      rgb[at] = 0.09 * shade + glare;
      rgb[at + 1] = 0.2 * shade + glare;
      rgb[at + 2] = 0.42 * shade + glare;
    };
  },
});
