import { averagePathLength, type IsolationTree, type SinglePrecision } from '../../detectors/isolation-tree';
import type { IsolationForest } from '../../detectors/isolation-forest';

/** Rows that walk down one tree after the other while they stay in the cache. */
const ROW_TILE = 64;

/**
 * The trees of a forest in one set of arrays, made for walking many rows down: siblings lie side by side, and a leaf holds its
 * path length, so that nothing is looked up or computed at the end of a walk. Path lengths are those of `pathLength`. One
 * walker is loaded with one forest after the other without allocating.
 */
export class ForestWalker {
  private threshold = new Float64Array(0);
  private length = new Float64Array(0);
  private column = new Int32Array(0);
  /** Left child, the right one follows it; 0 at a leaf. */
  private child = new Int32Array(0);
  private source = new Int32Array(0);
  private roots = new Int32Array(0);
  private trees = 0;
  private scale = 0;

  load({ trees, sampleSize }: IsolationForest): void {
    const nodes = trees.reduce((sum, tree) => sum + tree.left.length, 0);
    if (nodes > this.child.length) {
      this.threshold = new Float64Array(nodes);
      this.length = new Float64Array(nodes);
      this.column = new Int32Array(nodes);
      this.child = new Int32Array(nodes);
      this.source = new Int32Array(nodes);
    }
    if (trees.length > this.roots.length) this.roots = new Int32Array(trees.length);
    this.trees = trees.length;
    this.scale = trees.length * averagePathLength(sampleSize);
    let root = 0;
    trees.forEach((tree, t) => {
      this.roots[t] = root;
      this.loadTree(tree, root);
      root += tree.left.length;
    });
  }

  /** Lays a tree out level by level, which puts siblings side by side. */
  private loadTree(tree: IsolationTree, root: number): void {
    const { source, child, length, column, threshold } = this;
    let next = root + 1;
    let levelEnd = next;
    let edges = 0;
    source[root] = 0;
    for (let node = root; node < next; node += 1) {
      if (node === levelEnd) {
        levelEnd = next;
        edges += 1;
      }
      const from = source[node]!;
      const left = tree.left[from]!;
      column[node] = tree.column[from]!;
      threshold[node] = tree.threshold[from]!;
      if (left < 0) {
        child[node] = 0;
        length[node] = edges + averagePathLength(tree.size[from]!);
      } else {
        child[node] = next;
        source[next] = left;
        source[next + 1] = tree.right[from]!;
        next += 2;
      }
    }
  }

  /** Sum over the trees of the path lengths of rows [start, end), added to `sums[row - start + offset]`. */
  private walk(points: SinglePrecision, start: number, end: number, sums: Float64Array, offset: number): void {
    const { child, column, threshold, length, roots } = this;
    const { data, cols } = points;
    for (let t = 0; t < this.trees; t += 1) {
      const root = roots[t]!;
      for (let row = start; row < end; row += 1) {
        const base = row * cols;
        let node = root;
        for (let below = child[node]!; below !== 0; below = child[node]!) {
          node = below + (data[base + column[node]!]! > threshold[node]! ? 1 : 0);
        }
        sums[row - start + offset]! += length[node]!;
      }
    }
  }

  /** Isolation scores s = 2^(-mean path length / c(psi)) of rows [start, end) into `out[0..end - start)`. */
  score(points: SinglePrecision, start: number, end: number, out: Float64Array): void {
    const count = end - start;
    for (let i = 0; i < count; i += 1) out[i] = 0;
    for (let tile = start; tile < end; tile += ROW_TILE) this.walk(points, tile, Math.min(tile + ROW_TILE, end), out, tile - start);
    for (let i = 0; i < count; i += 1) out[i] = this.scale > 0 ? 2 ** (-out[i]! / this.scale) : 0.5;
  }
}
