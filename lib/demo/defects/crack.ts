import { type Canvas, type Coverage, createCoverage, multiplyBy, paintOver } from '../raster/canvas';
import { drawStroke, jaggedStroke, type Point } from '../raster/strokes';
import type { DefectRequest } from '../types';

/** A crack that runs from `start` in direction `angle` (radians) and forks once or twice. Returns where it lies. */
export function applyCrack(canvas: Canvas, defect: DefectRequest, start: Point, angle: number): Coverage {
  const { random, severity } = defect;
  const length = (130 + 90 * severity) * random.between(0.8, 1.1);
  const trunk = jaggedStroke(random, start, angle, length, 2.8 + 2.2 * severity);
  const strokes = [trunk];
  const forks = 1 + random.below(2);
  for (let i = 0; i < forks; i++) {
    const at = Math.floor(random.between(0.3, 0.75) * trunk.points.length);
    const turn = random.sign() * random.between(0.5, 0.95);
    strokes.push(jaggedStroke(random, trunk.points[at] as Point, angle + turn, length * random.between(0.25, 0.5), (trunk.widths[at] as number) * 0.8));
  }
  const dark = createCoverage();
  const lit = createCoverage();
  const all = createCoverage();
  for (const { points, widths } of strokes) {
    drawStroke(dark, { points, widths });
    drawStroke(lit, { points: points.map(({ x, y }) => ({ x: x + 1.3, y: y + 1.3 })), widths: widths.map((width) => width * 0.7) });
    drawStroke(all, { points, widths: widths.map((width) => width + 2) });
  }
  // The glaze's broken lip catches light beside the dark gap.
  paintOver(canvas, lit, [0.72, 0.69, 0.62], 0.45);
  multiplyBy(canvas, dark, [0.1, 0.085, 0.07], 0.65 + 0.3 * severity);
  return all;
}
