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

/** Horizontal bands that edges are sorted into: a point is tested against the edges of its band alone. */
const bands = 128;

/** Edges of the outline that reach into each band of its height, as x0, y0, x1, y1, ... */
function edgesByBand(outline: Outline, bottom: number, height: number): readonly (readonly number[])[] {
  const edges: number[][] = Array.from({ length: bands }, () => []);
  for (let i = 0, j = outline.length - 2; i < outline.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [outline[i]!, outline[i + 1]!, outline[j]!, outline[j + 1]!];
    const from = bandOf(Math.min(yi, yj), bottom, height);
    const to = bandOf(Math.max(yi, yj), bottom, height);
    for (let band = from; band <= to; band++) edges[band]!.push(xi, yi, xj, yj);
  }
  return edges;
}

function bandOf(y: number, bottom: number, height: number): number {
  return Math.max(0, Math.min(bands - 1, Math.floor(((y - bottom) / height) * bands)));
}

/** Even-odd rule over edges; those that do not pass the height of the point count for nothing. */
function insideEdges(edges: readonly number[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i < edges.length; i += 4) {
    const yi = edges[i + 1]!;
    const yj = edges[i + 3]!;
    if (yi > y !== yj > y && x < ((edges[i + 2]! - edges[i]!) * (y - yi)) / (yj - yi) + edges[i]!) inside = !inside;
  }
  return inside;
}

/** The points inside the outline that `visible` marks with 1 (even-odd rule; a point on the outline may fall on either side). 100,000 points take milliseconds. */
export function selectInside(outline: Outline, xs: ArrayLike<number>, ys: ArrayLike<number>, visible: Uint8Array): Bitmask {
  const mask = emptyMask(xs.length);
  if (outline.length < 6) return mask;
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < outline.length; i += 2) {
    left = Math.min(left, outline[i]!);
    right = Math.max(right, outline[i]!);
    bottom = Math.min(bottom, outline[i + 1]!);
    top = Math.max(top, outline[i + 1]!);
  }
  const height = top - bottom || 1;
  const edges = edgesByBand(outline, bottom, height);
  for (let point = 0; point < xs.length; point++) {
    const x = xs[point]!;
    const y = ys[point]!;
    if (x < left || x > right || y < bottom || y > top || visible[point] !== 1) continue;
    if (insideEdges(edges[bandOf(y, bottom, height)]!, x, y)) setBit(mask, point);
  }
  return mask;
}

/** A mask with the given points set. */
export function maskOf(rows: Uint32Array, points: number): Bitmask {
  const mask = emptyMask(points);
  for (const point of rows) setBit(mask, point);
  return mask;
}
