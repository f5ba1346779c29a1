/** Whether a ball contains its boundary: the paper says closed (<=), the released program open (<). See docs/methods/eap.md. */
export type Ball = 'closed' | 'open';

/** Distances within this relative band of a radius count as equal to it. */
const TIE_BAND = 1e-9;

/** Factor on a squared radius that widens (closed) or narrows (open) it by the tie band. */
export function squaredTieFactor(ball: Ball): number {
  return ball === 'closed' ? (1 + TIE_BAND) ** 2 : (1 - TIE_BAND) ** 2;
}

/**
 * Covering spheres: one per centre, its radius the distance to the centre's k-th nearest other centre (EAP paper, Eq. 6).
 * `limitSquared` is the squared distance up to which (closed) or below which (open) a point is inside; it is -1 for a ball
 * of radius 0, which is ignored.
 */
export type Spheres = {
  readonly ball: Ball;
  /** Training row at each centre. */
  readonly centres: Int32Array;
  readonly radiusSquared: Float64Array;
  readonly limitSquared: Float64Array;
};

export function createSpheres(centres: Int32Array, ball: Ball): Spheres {
  return { ball, centres, radiusSquared: new Float64Array(centres.length), limitSquared: new Float64Array(centres.length).fill(-1) };
}

/** Sets the squared radius of one sphere and the limit that follows from it. */
export function setRadius(spheres: Spheres, at: number, radiusSquared: number): void {
  spheres.radiusSquared[at] = radiusSquared;
  spheres.limitSquared[at] = radiusSquared > 0 ? radiusSquared * squaredTieFactor(spheres.ball) : -1;
}

/** Squared rarity of a point: the smallest squared radius among the balls that contain it, 0 when none does. */
export function squaredRarity(spheres: Spheres, squared: Float64Array, offset: number): number {
  const { centres, radiusSquared, limitSquared } = spheres;
  const open = spheres.ball === 'open';
  let best = Infinity;
  for (let c = 0; c < centres.length; c += 1) {
    const radius = radiusSquared[c]!;
    if (radius >= best) continue;
    const distance = squared[offset + centres[c]!]!;
    const limit = limitSquared[c]!;
    if (distance < limit || (distance === limit && !open)) best = radius;
  }
  return best === Infinity ? 0 : best;
}

/** Whether squared distance `distance` lies inside a ball of limit `limit`. */
export function isInside(distance: number, limit: number, ball: Ball): boolean {
  return distance < limit || (distance === limit && ball === 'closed');
}

/** Median radius of the spheres of positive radius; NaN when there is none. */
export function medianRadius({ radiusSquared }: Spheres): number {
  const positive = radiusSquared.filter((squared) => squared > 0).sort();
  if (positive.length === 0) return Number.NaN;
  const middle = (positive.length - 1) / 2;
  return (Math.sqrt(positive[Math.floor(middle)]!) + Math.sqrt(positive[Math.ceil(middle)]!)) / 2;
}
