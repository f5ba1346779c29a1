import { lengthScale, NearestDistances } from '../../detectors/ssdo';
import type { RowDistances } from './row-distances';

/**
 * The detector's length scale eta of a set of training rows, and of that set with one row more in O(rows): the k-th nearest
 * distance of an old row becomes max(d_(k-1), min(d_k, d_x)), d_x its distance to the new one. k is cut to rows - 1, so that
 * in a set of k rows or fewer it grows by one with the row.
 */
export class NeighbourScale {
  /** Squared distance of each member to its k-th, and to its (k-1)-th, nearest other member. */
  private readonly kth: Float64Array;
  private readonly beforeKth: Float64Array;
  private readonly roots: Float64Array;
  private members: Int32Array = new Int32Array(0);
  private k = 0;
  private nearest = new NearestDistances(1);
  private joinedNearest = new NearestDistances(1);

  constructor(
    rows: number,
    private readonly neighbours: number,
  ) {
    this.kth = new Float64Array(rows);
    this.beforeKth = new Float64Array(rows);
    this.roots = new Float64Array(rows + 1);
  }

  observe(members: Int32Array, distances: RowDistances): void {
    const count = members.length;
    this.members = members;
    this.setNeighbours(Math.min(this.neighbours, count - 1), Math.min(this.neighbours, count));
    const { nearest, k } = this;
    for (let i = 0; i < count; i += 1) {
      const row = members[i]!;
      const offset = distances.offsetOf(row);
      nearest.reset();
      for (let j = 0; j < count; j += 1) if (j !== i) nearest.add(distances.data[offset + members[j]!]!);
      this.kth[i] = k > 0 ? nearest.kth() : 0;
      this.beforeKth[i] = k > 0 ? nearest.beforeKth() : 0;
    }
  }

  private setNeighbours(alone: number, joined: number): void {
    if (this.k !== alone) this.nearest = new NearestDistances(alone);
    this.k = alone;
    this.joinedNearest = new NearestDistances(joined);
  }

  /** eta of the members. */
  eta(): number {
    const count = this.members.length;
    for (let i = 0; i < count; i += 1) this.roots[i] = Math.sqrt(this.kth[i]!);
    return lengthScale(this.roots.subarray(0, count));
  }

  /** eta of the members and one row whose squared distances to all training rows start at `offset`. */
  etaWith(squared: Float64Array, offset: number): number {
    const { members, k, joinedNearest, roots } = this;
    const count = members.length;
    const grows = k < Math.min(this.neighbours, count);
    joinedNearest.reset();
    for (let i = 0; i < count; i += 1) {
      const distance = squared[offset + members[i]!]!;
      joinedNearest.add(distance);
      roots[i] = Math.sqrt(grows ? Math.max(this.kth[i]!, distance) : Math.max(this.beforeKth[i]!, Math.min(this.kth[i]!, distance)));
    }
    roots[count] = Math.sqrt(joinedNearest.kth());
    return lengthScale(roots.subarray(0, count + 1));
  }
}
