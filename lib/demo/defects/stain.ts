import { blobCoverage } from '../raster/blobs';
import { type Canvas, type Colour, type Coverage, createCoverage, multiplyBy } from '../raster/canvas';
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
  const spot = blobCoverage(random, { centre: look.centre, radius, stretch: random.between(1, 1.8), raggedness: 0.42, softness: 0.22 });
  const drops = 1 + random.below(4);
  for (let i = 0; i < drops; i++) {
    const angle = random.between(0, 2 * Math.PI);
    const away = radius * random.between(1.25, 1.9);
    const centre = { x: look.centre.x + Math.cos(angle) * away, y: look.centre.y + Math.sin(angle) * away };
    const drop = blobCoverage(random, { centre, radius: random.between(2, 5), stretch: 1.2, raggedness: 0.2, softness: 0.4 });
    drop.values.forEach((value, at) => {
      if (value > (spot.values[at] as number)) spot.values[at] = value;
    });
  }
  // What dries last carries most: the rim is where the coverage is half way.
  const rim = createCoverage();
  spot.values.forEach((value, at) => {
    rim.values[at] = 4 * value * (1 - value);
  });
  const strength = 0.4 + 0.45 * severity;
  multiplyBy(canvas, spot, look.tint, strength);
  multiplyBy(canvas, rim, look.tint, strength * 0.55);
  return spot;
}
