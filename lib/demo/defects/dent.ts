import { type Canvas, type Coverage, createCoverage } from '../raster/canvas';
import type { Light } from '../raster/camera';
import type { Point } from '../raster/strokes';
import type { DefectRequest } from '../types';

/**
 * A shallow elliptic dent. The depth profile is (1 - r^2)^2; its slope tilts the surface, so that the flank
 * facing the lamp brightens and the other one darkens. Returns where it lies.
 */
export function applyDent(canvas: Canvas, defect: DefectRequest, centre: Point, light: Light): Coverage {
  const { random, severity } = defect;
  const coverage = createCoverage();
  const { side, rgb } = canvas;
  const radius = 18 + 12 * severity;
  const stretch = random.between(1, 1.35);
  const angle = random.between(0, Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const depth = 0.8 + 0.5 * severity;
  const reach = Math.ceil(radius * stretch) + 1;
  for (let y = Math.max(0, Math.floor(centre.y) - reach); y <= Math.min(side - 1, Math.ceil(centre.y) + reach); y++) {
    for (let x = Math.max(0, Math.floor(centre.x) - reach); x <= Math.min(side - 1, Math.ceil(centre.x) + reach); x++) {
      const a = ((x - centre.x) * cos + (y - centre.y) * sin) / (radius * stretch);
      const b = ((y - centre.y) * cos - (x - centre.x) * sin) / radius;
      const inside = 1 - a * a - b * b;
      if (inside <= 0) continue;
      coverage.values[y * side + x] = 1;
      const slopeX = 4 * inside * (a * cos - b * sin) * depth;
      const slopeY = 4 * inside * (a * sin + b * cos) * depth;
      // The bowl's wall on the far side of the lamp looks at the lamp.
      const tilt = -(slopeX * light.x + slopeY * light.y) / Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
      const factor = Math.max(0.12, 1 + 1.15 * tilt - 0.12 * inside * depth);
      const glint = 0.35 * Math.max(0, tilt - 0.25) ** 2;
      for (let c = 0; c < 3; c++) {
        const at = 3 * (y * side + x) + c;
        rgb[at] = (rgb[at] as number) * factor + glint;
      }
    }
  }
  return coverage;
}
