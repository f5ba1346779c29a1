import { isApart, type RankedColumns } from './ranked-columns';

/** Nodes of up to this many different rows are sorted by insertion. */
const INSERTION_ROWS = 12;

/** Rows of both classes in one whole number: normals below, anomalies above. */
export const ANOMALY_UNIT = 65_536;
export const NORMAL_MASK = 65_535;

/**
 * Finds the best Gini split of a node along one column after the other. Large nodes are ordered by a bitmap over the ranks,
 * linear in the rows; small ones by insertion. With a normals and b anomalies on the left, c and d on the right, the split that
 * minimises ab/(a+b) + cd/(c+d), half the impurity times the rows, is the best; the sum is kept as a fraction, which saves divisions.
 */
export class GiniSplit {
  /** Column of the best split so far, -1 without one. */
  column = -1;
  /** Highest rank on its left and lowest on its right. */
  low = 0;
  high = 0;
  private numerator = Infinity;
  private denominator = 1;
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
    this.numerator = Infinity;
    this.denominator = 1;
    this.total = total;
  }

  /** A split that leaves no mixed side: none can be better. */
  get isPerfect(): boolean {
    return this.numerator === 0;
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
    const words = ((distinct[column]! - 1) >> 5) + 1;
    const touching = narrow[column] === 1;
    const allNormals = this.total & NORMAL_MASK;
    const allAnomalies = this.total >>> 16;
    let { numerator, denominator } = this;
    let normals = 0;
    let anomalies = 0;
    let first = -1;
    let previous = -1;
    for (let word = 0; word < words; word += 1) {
      let bits = bitmap[word]!;
      bitmap[word] = 0;
      for (; bits !== 0; bits &= bits - 1) {
        const rank = (word << 5) + 31 - Math.clz32(bits & -bits);
        const group = histogram[rank]!;
        histogram[rank] = 0;
        const left = normals + anomalies;
        const otherNormals = allNormals - normals;
        const otherAnomalies = allAnomalies - anomalies;
        const right = otherNormals + otherAnomalies;
        // before the first row both sides are 0 and nothing is taken
        const above = normals * anomalies * right + otherNormals * otherAnomalies * left;
        const below = left * right;
        if (above * denominator < numerator * below && !(touching && !this.areApart(column, previous, rank))) {
          numerator = above;
          denominator = below;
          this.take(column, previous, rank);
        }
        normals += group & NORMAL_MASK;
        anomalies += group >>> 16;
        if (first < 0) first = rank;
        previous = rank;
      }
    }
    this.numerator = numerator;
    this.denominator = denominator;
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
    const touching = narrow[column] === 1;
    let left = 0;
    for (let i = 1; i < count; i += 1) {
      left = (left + weight[i - 1]!) | 0;
      if (rank[i] === rank[i - 1]) continue;
      if (!touching || this.areApart(column, rank[i - 1]!, rank[i]!)) this.weigh(column, left, rank[i - 1]!, rank[i]!);
    }
    return this.varies(column, rank[0]!, rank[count - 1]!);
  }

  /** Takes the split with `left` on its left between two ranks when it is better than the best so far. */
  private weigh(column: number, left: number, low: number, high: number): void {
    const other = (this.total - left) | 0;
    const leftRows = (left & NORMAL_MASK) + (left >>> 16);
    const otherRows = (other & NORMAL_MASK) + (other >>> 16);
    const above = (left & NORMAL_MASK) * (left >>> 16) * otherRows + (other & NORMAL_MASK) * (other >>> 16) * leftRows;
    const below = leftRows * otherRows;
    if (!(above * this.denominator < this.numerator * below)) return;
    this.numerator = above;
    this.denominator = below;
    this.take(column, low, high);
  }

  private take(column: number, low: number, high: number): void {
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
