import { applyChip } from '../../defects/chip';
import { applyCrack } from '../../defects/crack';
import { applyDent } from '../../defects/dent';
import { applyScratch } from '../../defects/scratch';
import { applyStain } from '../../defects/stain';
import { blobCoverage } from '../../raster/blobs';
import { type Canvas, type Colour, type Coverage, paintOver, rimOf } from '../../raster/canvas';
import type { Light } from '../../raster/camera';
import type { Point } from '../../raster/strokes';
import type { DefectRequest } from '../../types';

/** Lays a defect over a picture at a place and tells where it lies. */
export type Mark = (canvas: Canvas, defect: DefectRequest, centre: Point, light: Light) => Coverage;

/** Scratches in any direction; light left in the groove as a factor, and light of its raised edge. */
export const scratched = (groove: number, burr: number): Mark => (canvas, defect, centre) =>
  applyScratch(canvas, defect, { centre, angle: defect.random.between(0, Math.PI), groove, burr });

/** A dried liquid of that transmission; radius in pixels at severity 0.5. */
export const stained = (tint: Colour, radius: number): Mark => (canvas, defect, centre) => applyStain(canvas, defect, { centre, tint, radius });

export const dented: Mark = (canvas, defect, centre, light) => applyDent(canvas, defect, centre, light);

/** A crack that runs through the place in any direction. */
export const cracked: Mark = (canvas, defect, centre) => {
  const angle = defect.random.between(0, 2 * Math.PI);
  return applyCrack(canvas, defect, { x: centre.x - 60 * Math.cos(angle), y: centre.y - 60 * Math.sin(angle) }, angle);
};

export const chipped: Mark = (canvas, defect, centre, light) => applyChip(canvas, defect, centre, light, () => true);

/** A hole through which something dark is seen, with a torn, paler rim. */
export const holed = (rim: Colour): Mark => (canvas, defect, centre) => {
  const { random, severity } = defect;
  const hole = blobCoverage(random, { centre, radius: 13 + 12 * severity, stretch: random.between(1, 1.7), raggedness: 0.35, softness: 0.25 });
  paintOver(canvas, hole, [0.015, 0.014, 0.013], 0.95);
  paintOver(canvas, rimOf(hole), rim, 0.6);
  return hole;
};
