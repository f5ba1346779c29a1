import { blobCoverage } from '../raster/blobs';
import { type Canvas, type Coverage, createCoverage, multiplyBy, paintOver, rimOf } from '../raster/canvas';
import type { Light } from '../raster/camera';
import { fractalNoise } from '../raster/noise';
import type { Point } from '../raster/strokes';
import type { DefectRequest } from '../types';

/** A shell of glaze broken off: the rough body shows, with a pale lip and a shaded wall. Outside the part (`onPart` false) nothing breaks. Returns where it lies. */
export function applyChip(
  canvas: Canvas,
  defect: DefectRequest,
  centre: Point,
  light: Light,
  onPart: (x: number, y: number) => boolean,
): Coverage {
  const { random, severity } = defect;
  const radius = 17 + 17 * severity;
  const chip = blobCoverage(random, { centre, radius, stretch: random.between(1.1, 1.9), raggedness: 0.5, softness: 0.12 });
  const { side, values } = chip;
  for (let at = 0; at < values.length; at++) {
    if ((values[at] as number) > 0 && !onPart(at % side, Math.floor(at / side))) values[at] = 0;
  }
  const wall = createCoverage();
  const offX = Math.round(light.x * 5);
  const offY = Math.round(light.y * 5);
  const grainAt = random.between(0, 200);
  const { rgb } = canvas;
  paintOver(canvas, chip, [0.42, 0.29, 0.2], 0.96);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value <= 0) continue;
    const x = at % side;
    const y = (at - x) / side;
    const towards = (y + offY) * side + x + offX;
    const shaded = x + offX < 0 || x + offX >= side ? 0 : (values[towards] ?? 0);
    wall.values[at] = value * (1 - shaded);
    const grain = 1 + 0.3 * value * fractalNoise(x * 0.22 + grainAt, y * 0.22);
    for (let c = 0; c < 3; c++) rgb[3 * at + c] = (rgb[3 * at + c] as number) * grain;
  }
  multiplyBy(canvas, wall, [0.35, 0.33, 0.3], 0.75);
  paintOver(canvas, rimOf(chip), [0.66, 0.62, 0.54], 0.55);
  return chip;
}
