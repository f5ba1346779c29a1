import { isApart, type RankedColumns } from './ranked-columns';

/** Nodes of up to this many different rows are sorted by insertion. */
const INSERTION_ROWS = 12;

/** Rows of both classes in one whole number: normals below, anomalies above. */
export const ANOMALY_UNIT = 65_536;
export const NORMAL_MASK = 65_535;

/**
 * Finds the best Gini split of a node along one column after the other. Large nodes are ordered by a bitmap over the ranks,
 * linear in the rows; small ones by insertion. A split inside a run of rows of one class is never better than one at the run's ends
 * (Fayyad and Irani 1992), so only class changes are weighed, except where narrow gaps forbid some splits.
 */
export class GiniSplit {
  /** Column of the best split so far, -1 without one. */
  column = -1;
  /** Highest rank on its left and lowest on its right. */
  low = 0;
  high = 0;
  private cost = Infinity;
  private total = 0;
  private readonly histogram: Int32Array;
  private readonly bitmap: Int32Array;
  private readonly rank = new Int32Array(INSERTION_ROWS);
  private readonly weight = new Int32Array(INSERTION_ROWS);

  /** `weights[i]` counts row i of the columns: bootstrap copies, times ANOMALY_UNIT for an anomaly. */
  constructor(
    private readonly columns: RankedColumns,
    private readonly rows: Int32Array,
    private readonly weights: Int32Array,
  ) {
    this.histogram = new Int32Array(columns.rows);
    this.bitmap = new Int32Array((columns.rows >> 5) + 1);
  }

  /** Forgets the last node; `total` is the weight of the next. */
  reset(total: number): void {
    this.column = -1;
    this.cost = Infinity;
    this.total = total;
  }

  /** A split that leaves no mixed side: none can be better. */
  get isPerfect(): boolean {
    return this.cost === 0;
  }

  /** Looks for a better split of rows [start, end) along a column; false when the column is constant there. */
  consider(column: number, start: number, end: number): boolean {
    return end - start <= INSERTION_ROWS ? this.scanSorted(column, start, end) : this.scanBitmap(column, start, end);
  }

  private scanBitmap(column: number, start: number, end: number): boolean {
    const { rows, weights, histogram, bitmap } = this;
    const { ranks, distinct, narrow } = this.columns;
    const base = column * this.columns.rows;
    for (let i = start; i < end; i += 1) {
      const row = rows[i]!;
      const rank = ranks[base + row]!;
      bitmap[rank >> 5]! |= 1 << (rank & 31);
      histogram[rank]! += weights[row]!;
    }
    const everywhere = narrow[column] === 1;
    const words = ((distinct[column]! - 1) >> 5) + 1;
    let left = 0;
    let first = -1;
    let previous = -1;
    let previousKind = 0;
    for (let word = 0; word < words; word += 1) {
      let bits = bitmap[word]!;
      if (bits === 0) continue;
      bitmap[word] = 0;
      for (; bits !== 0; bits &= bits - 1) {
        const rank = (word << 5) + 31 - Math.clz32(bits & -bits);
        const group = histogram[rank]!;
        histogram[rank] = 0;
        const kind = kindOf(group);
        if (previous < 0) first = rank;
        else if (everywhere || (kind | previousKind) === MIXED) this.weigh(column, left, previous, rank, everywhere);
        left = (left + group) | 0;
        previous = rank;
        previousKind = kind;
      }
    }
    return this.varies(column, first, previous);
  }

  private scanSorted(column: number, start: number, end: number): boolean {
    const { rows, weights, rank, weight } = this;
    const { ranks, narrow } = this.columns;
    const base = column * this.columns.rows;
    const count = end - start;
    for (let i = 0; i < count; i += 1) {
      const row = rows[start + i]!;
      const own = ranks[base + row]!;
      let j = i;
      for (; j > 0 && rank[j - 1]! > own; j -= 1) {
        rank[j] = rank[j - 1]!;
        weight[j] = weight[j - 1]!;
      }
      rank[j] = own;
      weight[j] = weights[row]!;
    }
    const everywhere = narrow[column] === 1;
    let left = weight[0]!;
    let groupKind = kindOf(left);
    for (let i = 1; i < count; ) {
      let group = 0;
      const own = rank[i]!;
      const from = i;
      for (; i < count && rank[i] === own; i += 1) group = (group + weight[i]!) | 0;
      const kind = kindOf(group);
      if (own === rank[from - 1]) groupKind |= kind;
      else {
        if (everywhere || (kind | groupKind) === MIXED) this.weigh(column, left, rank[from - 1]!, own, everywhere);
        groupKind = kind;
      }
      left = (left + group) | 0;
    }
    return this.varies(column, rank[0]!, rank[count - 1]!);
  }

  /** Takes the split with `left` on its left between two ranks when it is better than the best so far. */
  private weigh(column: number, left: number, low: number, high: number, mayTouch: boolean): void {
    const cost = mixture(left) + mixture((this.total - left) | 0);
    if (!(cost < this.cost) || (mayTouch && !this.areApart(column, low, high))) return;
    this.cost = cost;
    this.column = column;
    this.low = low;
    this.high = high;
  }

  private varies(column: number, first: number, last: number): boolean {
    return first !== last && (this.columns.narrow[column] === 0 || this.areApart(column, first, last));
  }

  private areApart(column: number, low: number, high: number): boolean {
    const base = column * this.columns.rows;
    return isApart(this.columns.values[base + low]!, this.columns.values[base + high]!);
  }
}

const MIXED = 3;

/** Bit 0: has normals, bit 1: has anomalies. */
function kindOf(weight: number): number {
  return ((weight & NORMAL_MASK) === 0 ? 0 : 1) | (weight >>> 16 === 0 ? 0 : 2);
}

/** Half the Gini impurity times the rows: normals times anomalies over their sum. */
function mixture(weight: number): number {
  const normals = weight & NORMAL_MASK;
  const anomalies = weight >>> 16;
  return (normals * anomalies) / (normals + anomalies);
}
