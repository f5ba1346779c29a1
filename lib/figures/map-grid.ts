/** Points sorted into square cells, so that the nearest one to the pointer is found among a few and not among all. */
export type PointGrid = {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly side: number;
  readonly left: number;
  readonly bottom: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Points of cell c stand in `points` from `starts[c]` up to `starts[c + 1]`. */
  readonly starts: Uint32Array;
  readonly points: Uint32Array;
};

/** About four points a cell where they lie evenly. */
const perCell = 4;
const largestSide = 512;

/** Sorts the points into cells by counting; O(points). */
export function pointGrid(xs: Float32Array, ys: Float32Array): PointGrid {
  const rows = xs.length;
  const side = Math.max(1, Math.min(largestSide, Math.ceil(Math.sqrt(rows / perCell))));
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let point = 0; point < rows; point++) {
    left = Math.min(left, xs[point]!);
    right = Math.max(right, xs[point]!);
    bottom = Math.min(bottom, ys[point]!);
    top = Math.max(top, ys[point]!);
  }
  const cellWidth = (right - left) / side || 1;
  const cellHeight = (top - bottom) / side || 1;
  const cellOf = (point: number) => within((ys[point]! - bottom) / cellHeight, side) * side + within((xs[point]! - left) / cellWidth, side);
  const starts = new Uint32Array(side * side + 1);
  for (let point = 0; point < rows; point++) starts[cellOf(point) + 1]!++;
  for (let cell = 0; cell < side * side; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const points = new Uint32Array(rows);
  for (let point = 0; point < rows; point++) points[next[cellOf(point)]!++] = point;
  return { xs, ys, side, left, bottom, cellWidth, cellHeight, starts, points };
}

function within(place: number, side: number): number {
  return Math.max(0, Math.min(side - 1, Math.floor(place)));
}

/** Where to look: data coordinates, pixels per data unit, and how far away in pixels a point may be. */
export type Reach = { readonly x: number; readonly y: number; readonly scaleX: number; readonly scaleY: number; readonly reach: number };

/** The point nearest to (x, y) in pixels within `reach` that `visible` marks with 1; -1 when there is none. */
export function nearestInGrid(grid: PointGrid, at: Reach, visible: Uint8Array): number {
  const { side, starts, points, xs, ys } = grid;
  const [dx, dy] = [at.reach / at.scaleX, at.reach / at.scaleY];
  const columns = [within((at.x - dx - grid.left) / grid.cellWidth, side), within((at.x + dx - grid.left) / grid.cellWidth, side)] as const;
  const lines = [within((at.y - dy - grid.bottom) / grid.cellHeight, side), within((at.y + dy - grid.bottom) / grid.cellHeight, side)] as const;
  let best = -1;
  let bestDistance = at.reach * at.reach;
  for (let line = lines[0]; line <= lines[1]; line++) {
    for (let i = starts[line * side + columns[0]]!; i < starts[line * side + columns[1] + 1]!; i++) {
      const point = points[i]!;
      const distance = ((xs[point]! - at.x) * at.scaleX) ** 2 + ((ys[point]! - at.y) * at.scaleY) ** 2;
      if (distance < bestDistance && visible[point] === 1) {
        best = point;
        bestDistance = distance;
      }
    }
  }
  return best;
}
