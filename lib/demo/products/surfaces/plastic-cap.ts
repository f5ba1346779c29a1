import { smoothstep, valueNoise } from '../../raster/noise';
import { cracked, dented, scratched } from './marks';
import { surfaceProduct } from './surface-product';

const PIXEL = 2 / 320;

/** A red screw cap from above: ribbed rim, smooth lid with a moulded ring. */
export const plasticCap = surfaceProduct({
  id: 'plastic-cap',
  objectName: 'plastic cap',
  reach: 0.55,
  marks: { scratch: scratched(0.5, 0.75), crack: cracked, dent: dented },
  draw({ random, light }) {
    const turn = random.between(0, 2 * Math.PI);
    const [x, y] = [random.between(0, 200), random.between(0, 200)];
    return (u, v, rgb, at) => {
      const radius = Math.sqrt(u * u + v * v) + 1e-6;
      const facing = (u * light.x + v * light.y) / radius;
      const ribs = 0.5 + 0.5 * Math.sin(72 * (Math.atan2(v, u) + turn));
      const rim = smoothstep(0.7, 0.72, radius);
      const ring = smoothstep(0.03, 0.005, Math.abs(radius - 0.4)) * facing;
      const glare = 0.16 * Math.exp(-8 * ((u - 0.5 * light.x) ** 2 + (v - 0.5 * light.y) ** 2));
      const lid = 0.62 + 0.04 * valueNoise(u * 3 + x, v * 3 + y) + 0.35 * ring + 0.12 * (u * light.x + v * light.y);
      const wall = (0.35 + 0.35 * Math.max(0, facing)) * (0.55 + 0.45 * ribs);
      const shade = lid * (1 - rim) + wall * rim;
      const inside = smoothstep(0.88 + PIXEL, 0.88 - PIXEL, radius);
      const table = 0.12 * (1 - 0.5 * smoothstep(0.12, 0, radius - 0.88)) * (1 + 0.03 * valueNoise(u * 30 + y, v * 30));
      rgb[at] = (0.62 * shade + glare) * inside + table * (1 - inside);
      rgb[at + 1] = (0.07 * shade + glare) * inside + table * (1 - inside);
      rgb[at + 2] = (0.06 * shade + glare) * inside + table * 1.05 * (1 - inside);
    };
  },
});
