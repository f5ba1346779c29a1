import { fractalNoise, valueNoise } from '../../raster/noise';
import { cracked, scratched, stained } from './marks';
import { surfaceProduct } from './surface-product';

/** Planed spruce: growth rings cut lengthwise, fine pores along them. */
export const woodenBoard = surfaceProduct({
  id: 'wooden-board',
  objectName: 'wooden board',
  reach: 0.75,
  marks: { crack: cracked, scratch: scratched(0.4, 0.6), stain: stained([0.3, 0.22, 0.16], 26) },
  draw({ random, light }) {
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    const rings = 13 + random.gauss();
    const tint = 1 + random.gauss() * 0.02;
    return (u, v, rgb, at) => {
      const bend = 0.16 * fractalNoise(u * 0.9 + x, v * 0.55 + y) + 0.03 * valueNoise(u * 1.4 + y, v * 9 + x);
      const ring = 0.5 + 0.5 * Math.sin((v + bend) * rings * Math.PI);
      const pores = valueNoise(u * 7 + x, v * 120 + y);
      const shade = (1 - 0.3 * ring * ring * ring + 0.07 * pores) * (1 + 0.05 * (u * light.x + v * light.y)) * tint;
      rgb[at] = 0.5 * shade;
      rgb[at + 1] = 0.33 * shade * (1 - 0.06 * ring);
      rgb[at + 2] = 0.17 * shade * (1 - 0.12 * ring);
    };
  },
});
