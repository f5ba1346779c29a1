import { addBlob, blobCoverage } from '../raster/blobs';
import { type Canvas, type Colour, type Coverage, multiplyBy, rimOf } from '../raster/canvas';
import { fractalNoise } from '../raster/noise';
import type { Point } from '../raster/strokes';
import type { DefectRequest } from '../types';

type StainLook = {
  readonly centre: Point;
  /** Transmission of the stain per channel. */
  readonly tint: Colour;
  /** Radius in pixels at severity 0.5. */
  readonly radius: number;
};

/** A dried liquid: a tinted spot with a darker rim and a few droplets beside it. Returns where it lies. */
export function applyStain(canvas: Canvas, defect: DefectRequest, look: StainLook): Coverage {
  const { random, severity } = defect;
  const radius = look.radius * (0.7 + 0.6 * severity) * random.between(0.9, 1.15);
  const spot = blobCoverage(random, { centre: look.centre, radius, stretch: random.between(1, 1.8), raggedness: 0.4, softness: 0.42 });
  const drops = 1 + random.below(4);
  for (let i = 0; i < drops; i++) {
    const angle = random.between(0, 2 * Math.PI);
    const away = radius * random.between(1.25, 1.9);
    const centre = { x: look.centre.x + Math.cos(angle) * away, y: look.centre.y + Math.sin(angle) * away };
    addBlob(spot, random, { centre, radius: random.between(2, 5), stretch: 1.2, raggedness: 0.2, softness: 0.4 });
  }
  // The film is uneven, and thin towards its edge.
  const patchX = random.between(0, 200);
  const { side, values } = spot;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value <= 0) continue;
    const x = at % side;
    values[at] = value * (0.78 + 0.3 * fractalNoise(patchX + x * 0.045, ((at - x) / side) * 0.045));
  }
  // What dries last carries most: the rim.
  const rim = rimOf(spot);
  const strength = 0.4 + 0.45 * severity;
  multiplyBy(canvas, spot, look.tint, strength);
  multiplyBy(canvas, rim, look.tint, strength * 0.5);
  return spot;
}
