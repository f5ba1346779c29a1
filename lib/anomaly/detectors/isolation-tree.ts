import type { RandomGenerator } from '../random/generator';

/**
 * One tree in flat arrays. Node 0 is the root; `left[node]` is -1 at a leaf; a row goes left when its value in column
 * `column[node]` is at most `threshold[node]`; `size[node]` is how many rows of the tree's sample reached the node.
 */
export type IsolationTree = {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly column: Int32Array;
  readonly threshold: Float64Array;
  readonly size: Int32Array;
};

/** Rows in single precision, as scikit-learn's trees see them. */
export type SinglePrecision = { readonly data: Float32Array; readonly rows: number; readonly cols: number };

const EULER = 0.5772156649015329;

/**
 * c(n) of Liu, Ting and Zhou (2008): the mean path length of an unsuccessful search in a binary search tree of n keys,
 * 2 (ln(n - 1) + 0.5772...) - 2 (n - 1) / n, with c(0) = c(1) = 0 and c(2) = 1.
 */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

class TreeBuilder {
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly column: Int32Array;
  private readonly threshold: Float64Array;
  private readonly size: Int32Array;
  private readonly columnOrder: Int32Array;
  private nodes = 0;

  constructor(
    private readonly points: SinglePrecision,
    private readonly sample: Int32Array,
    private readonly depthLimit: number,
    private readonly random: RandomGenerator,
  ) {
    const capacity = 2 * sample.length;
    this.left = new Int32Array(capacity).fill(-1);
    this.right = new Int32Array(capacity).fill(-1);
    this.column = new Int32Array(capacity).fill(-1);
    this.threshold = new Float64Array(capacity);
    this.size = new Int32Array(capacity);
    this.columnOrder = Int32Array.from({ length: points.cols }, (_, j) => j);
  }

  build(): IsolationTree {
    this.grow(0, this.sample.length, 0);
    return {
      left: this.left.slice(0, this.nodes),
      right: this.right.slice(0, this.nodes),
      column: this.column.slice(0, this.nodes),
      threshold: this.threshold.slice(0, this.nodes),
      size: this.size.slice(0, this.nodes),
    };
  }

  /** Makes the node of sample rows [start, end) with all below it and returns its number. */
  private grow(start: number, end: number, depth: number): number {
    const node = this.nodes;
    this.nodes += 1;
    this.size[node] = end - start;
    if (end - start <= 1 || depth >= this.depthLimit || !this.chooseSplit(node, start, end)) return node;
    const middle = this.partition(start, end, this.column[node]!, this.threshold[node]!);
    this.left[node] = this.grow(start, middle, depth + 1);
    this.right[node] = this.grow(middle, end, depth + 1);
    return node;
  }

  /** A column uniformly among those that vary in the node, a threshold uniformly in [min, max); false when none varies. */
  private chooseSplit(node: number, start: number, end: number): boolean {
    const { columnOrder, random } = this;
    for (let left = columnOrder.length; left > 0; left -= 1) {
      const pick = random.integer(left);
      const column = columnOrder[pick]!;
      columnOrder[pick] = columnOrder[left - 1]!;
      columnOrder[left - 1] = column;
      const { min, max } = this.range(column, start, end);
      if (max > min) {
        const threshold = min + random.uniform() * (max - min);
        this.column[node] = column;
        this.threshold[node] = threshold < max ? threshold : min;
        return true;
      }
    }
    return false;
  }

  private range(column: number, start: number, end: number): { min: number; max: number } {
    const { data, cols } = this.points;
    let min = Infinity;
    let max = -Infinity;
    for (let i = start; i < end; i += 1) {
      const value = data[this.sample[i]! * cols + column]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    return { min, max };
  }

  private partition(start: number, end: number, column: number, threshold: number): number {
    const { sample } = this;
    const { data, cols } = this.points;
    let middle = start;
    for (let i = start; i < end; i += 1) {
      const row = sample[i]!;
      if (data[row * cols + column]! <= threshold) {
        sample[i] = sample[middle]!;
        sample[middle] = row;
        middle += 1;
      }
    }
    return middle;
  }
}

/** Grows one tree on the rows in `sample`, which is reordered. */
export function growIsolationTree(points: SinglePrecision, sample: Int32Array, depthLimit: number, random: RandomGenerator): IsolationTree {
  return new TreeBuilder(points, sample, depthLimit, random).build();
}

/** Edges from the root to the row's leaf plus c(rows in the leaf). */
export function pathLength(tree: IsolationTree, data: Float32Array, offset: number): number {
  let node = 0;
  let edges = 0;
  for (let next = tree.left[0]!; next >= 0; next = tree.left[node]!) {
    node = data[offset + tree.column[node]!]! <= tree.threshold[node]! ? next : tree.right[node]!;
    edges += 1;
  }
  return edges + averagePathLength(tree.size[node]!);
}
