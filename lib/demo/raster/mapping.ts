import type { Pose } from './camera';
import { DEMO_IMAGE_SIDE } from './canvas';
import type { Point } from './strokes';

/**
 * Affine map between pixels and the part's own coordinates, in which the image spans -1..1 at the nominal pose:
 * u = u0 + ux * x + uy * y, v = v0 + vx * x + vy * y.
 */
export type Mapping = {
  readonly u0: number;
  readonly ux: number;
  readonly uy: number;
  readonly v0: number;
  readonly vx: number;
  readonly vy: number;
};

/** Pixel to part coordinates for a pose. */
export function mappingOf(pose: Pose): Mapping {
  const centre = (DEMO_IMAGE_SIDE - 1) / 2;
  const cos = Math.cos(pose.angle) / (centre * pose.scale);
  const sin = Math.sin(pose.angle) / (centre * pose.scale);
  return {
    u0: -centre * (cos + sin) - pose.dx,
    ux: cos,
    uy: sin,
    v0: -centre * (cos - sin) - pose.dy,
    vx: -sin,
    vy: cos,
  };
}

/** Pixel position of a point in part coordinates. */
export function toPixel(pose: Pose, u: number, v: number): Point {
  const centre = (DEMO_IMAGE_SIDE - 1) / 2;
  const reach = centre * pose.scale;
  const cos = Math.cos(pose.angle);
  const sin = Math.sin(pose.angle);
  const du = u + pose.dx;
  const dv = v + pose.dy;
  return { x: centre + reach * (du * cos - dv * sin), y: centre + reach * (du * sin + dv * cos) };
}
