/** One bit per point; the selection of a plot, kept outside the plot. */
export type Bitmask = Uint32Array<ArrayBuffer>;

export function emptyMask(points: number): Bitmask {
  return new Uint32Array(Math.ceil(points / 32));
}

export function hasBit(mask: Bitmask, point: number): boolean {
  return ((mask[point >>> 5]! >>> (point & 31)) & 1) === 1;
}

export function setBit(mask: Bitmask, point: number): void {
  mask[point >>> 5]! |= 1 << (point & 31);
}

/** Indices of the set points, ascending. */
export function maskRows(mask: Bitmask, points: number): Uint32Array {
  const rows = new Uint32Array(points);
  let count = 0;
  for (let point = 0; point < points; point++) if (hasBit(mask, point)) rows[count++] = point;
  return rows.slice(0, count);
}

/** A closed outline in data coordinates, as pairs x0, y0, x1, y1, ... */
export type Outline = readonly number[];

export function box(x0: number, y0: number, x1: number, y1: number): Outline {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/** Even-odd rule; a point on the outline may fall on either side. */
export function insideOutline(outline: Outline, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [outline[i]!, outline[i + 1]!, outline[j]!, outline[j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** The points inside the outline that `visible` lets through; the bounding box first, so that 100,000 points take milliseconds. */
export function selectInside(outline: Outline, xs: ArrayLike<number>, ys: ArrayLike<number>, visible: (point: number) => boolean): Bitmask {
  const mask = emptyMask(xs.length);
  if (outline.length < 6) return mask;
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < outline.length; i += 2) {
    left = Math.min(left, outline[i]!);
    right = Math.max(right, outline[i]!);
    bottom = Math.min(bottom, outline[i + 1]!);
    top = Math.max(top, outline[i + 1]!);
  }
  for (let point = 0; point < xs.length; point++) {
    const [x, y] = [xs[point]!, ys[point]!];
    if (x < left || x > right || y < bottom || y > top) continue;
    if (visible(point) && insideOutline(outline, x, y)) setBit(mask, point);
  }
  return mask;
}

/** The visible point nearest to (x, y) in pixels within `reach` pixels; -1 when none. `scaleX`, `scaleY`: pixels per data unit. */
export function nearestWithin(
  at: { readonly x: number; readonly y: number; readonly scaleX: number; readonly scaleY: number; readonly reach: number },
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  visible: (point: number) => boolean,
): number {
  let best = -1;
  let bestDistance = at.reach * at.reach;
  for (let point = 0; point < xs.length; point++) {
    const dx = (xs[point]! - at.x) * at.scaleX;
    const dy = (ys[point]! - at.y) * at.scaleY;
    const distance = dx * dx + dy * dy;
    if (distance < bestDistance && visible(point)) {
      best = point;
      bestDistance = distance;
    }
  }
  return best;
}
