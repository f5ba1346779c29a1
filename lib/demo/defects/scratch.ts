import { type Canvas, type Coverage, createCoverage, multiplyBy, paintOver } from '../raster/canvas';
import { bentStroke, drawStroke, type Point } from '../raster/strokes';
import type { DefectRequest } from '../types';

type ScratchLook = {
  readonly centre: Point;
  /** Usual direction of the tool, radians. */
  readonly angle: number;
  /** Light left in the groove, as a factor. */
  readonly groove: number;
  /** Light (linear) of the raised, freshly cut edge. */
  readonly burr: number;
};

/** Two to four bent scratches side by side: a dark groove with a bright burr along it. Returns where they lie. */
export function applyScratch(canvas: Canvas, defect: DefectRequest, look: ScratchLook): Coverage {
  const { random, severity } = defect;
  const all = createCoverage();
  const angle = look.angle + random.gauss() * 0.12;
  const count = 2 + random.below(2) + (severity > 0.75 ? 1 : 0);
  const grooves = createCoverage();
  const burrs = createCoverage();
  for (let i = 0; i < count; i++) {
    const apart = (i - (count - 1) / 2) * random.between(5, 11);
    const centre = { x: look.centre.x - Math.sin(angle) * apart + random.gauss() * 4, y: look.centre.y + Math.cos(angle) * apart };
    const length = (75 + 60 * severity) * random.between(0.75, 1.15) * (i === 0 ? 1 : 0.75);
    const stroke = bentStroke(random, centre, angle + random.gauss() * 0.06, length, 1.8 + 1.8 * severity);
    drawStroke(grooves, stroke);
    const points = stroke.points.map((point) => ({ x: point.x + 1, y: point.y + 0.9 }));
    drawStroke(burrs, { points, widths: stroke.widths.map((width) => width * 0.75) });
    drawStroke(all, { points: stroke.points, widths: stroke.widths.map((width) => width + 2.5) });
  }
  multiplyBy(canvas, grooves, [look.groove, look.groove, look.groove], 0.55 + 0.4 * severity);
  paintOver(canvas, burrs, [look.burr, look.burr, look.burr], 0.5 + 0.4 * severity);
  return all;
}
