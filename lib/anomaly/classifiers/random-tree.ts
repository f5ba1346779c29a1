import type { SinglePrecision } from '../detectors/isolation-tree';
import { ANOMALY_UNIT, GiniSplit, NORMAL_MASK } from './gini-split';
import type { RankedColumns } from './ranked-columns';

/** Finalizer of MurmurHash3: spreads every bit of a whole number over all of them. */
function mix(value: number): number {
  let z = value;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

const WEYL = 0x9e3779b9;

/** A stretch of the tree's rows and of the queries that reach it; `key` seeds its draws. */
type Node = { start: number; end: number; from: number; to: number; total: number; key: number };

/**
 * Grows Gini trees and has the query rows vote as they arrive in the leaves. Where no query comes the tree is not grown: every node
 * draws its columns from a key that depends only on its place in the tree, so what is left out changes nothing elsewhere.
 * Buffers are kept from tree to tree.
 */
export class VotingTree {
  /** Sum over the trees so far of the share of anomalies in each query's leaf. */
  readonly votes: Float64Array;
  private readonly rows: Int32Array;
  private readonly weights: Int32Array;
  private readonly queryRows: Int32Array;
  private readonly columnOrder: Int32Array;
  private readonly drawn: Int32Array;
  private readonly split: GiniSplit;
  private readonly columnsPerNode: number;
  private leftTotal = 0;

  constructor(
    private readonly columns: RankedColumns,
    private readonly queries: SinglePrecision,
  ) {
    this.rows = new Int32Array(columns.rows);
    this.weights = new Int32Array(columns.rows);
    this.queryRows = Int32Array.from({ length: queries.rows }, (_, i) => i);
    this.votes = new Float64Array(queries.rows);
    this.columnOrder = Int32Array.from({ length: columns.cols }, (_, j) => j);
    this.drawn = new Int32Array(columns.cols);
    this.columnsPerNode = Math.max(1, Math.floor(Math.sqrt(columns.cols)));
    this.split = new GiniSplit(columns, this.rows, this.weights);
  }

  /** One tree on `members[i]` with label `labels[members[i]]`, each counted `copies[i]` times. */
  grow(members: Int32Array, labels: Uint8Array, copies: Int32Array, key: number): void {
    let end = 0;
    let total = 0;
    for (let i = 0; i < members.length; i += 1) {
      if (copies[i] === 0) continue;
      const row = members[i]!;
      const weight = copies[i]! * (labels[row] === 1 ? ANOMALY_UNIT : 1);
      this.rows[end] = row;
      this.weights[row] = weight;
      total = (total + weight) | 0;
      end += 1;
    }
    this.growFrom({ start: 0, end, from: 0, to: this.queries.rows, total, key });
  }

  /** Grows a node with all below it: the smaller side by recursion, the larger by the loop, so that the stack stays low. */
  private growFrom(node: Node): void {
    while (node.to > node.from) {
      if (!this.findSplit(node)) {
        this.vote(node);
        return;
      }
      const middle = this.partitionRows(node);
      const { leftTotal } = this;
      const queryMiddle = this.partitionQueries(node);
      const left = { start: node.start, end: middle, from: node.from, to: queryMiddle, total: leftTotal, key: mix(node.key + WEYL) };
      const right = { start: middle, end: node.end, from: queryMiddle, to: node.to, total: (node.total - leftTotal) | 0, key: mix(node.key ^ WEYL) };
      const leftIsSmaller = middle - node.start < node.end - middle;
      this.growFrom(leftIsSmaller ? left : right);
      node = leftIsSmaller ? right : left;
    }
  }

  private vote({ from, to, total }: Node): void {
    const anomalies = total >>> 16;
    if (anomalies === 0) return;
    const share = anomalies / (anomalies + (total & NORMAL_MASK));
    for (let i = from; i < to; i += 1) this.votes[this.queryRows[i]!]! += share;
  }

  /** The best split over floor(sqrt(d)) columns drawn without replacement, or over more while all were constant. */
  private findSplit({ start, end, total, key }: Node): boolean {
    if (total >>> 16 === 0 || (total & NORMAL_MASK) === 0) return false;
    const { columnOrder, drawn, split, columnsPerNode } = this;
    split.reset(total);
    const d = columnOrder.length;
    let visited = 0;
    let varies = false;
    while (visited < d && (visited < columnsPerNode || !varies)) {
      const pick = visited + Math.floor((mix(key + Math.imul(visited + 1, WEYL)) * (d - visited)) / 4_294_967_296);
      const column = columnOrder[pick]!;
      columnOrder[pick] = columnOrder[visited]!;
      columnOrder[visited] = column;
      drawn[visited] = pick;
      visited += 1;
      if (split.consider(column, start, end)) varies = true;
      if (split.isPerfect) break;
    }
    // the order is put back so that no node's draws depend on the nodes before it
    for (let i = visited - 1; i >= 0; i -= 1) {
      const swap = columnOrder[i]!;
      columnOrder[i] = columnOrder[drawn[i]!]!;
      columnOrder[drawn[i]!] = swap;
    }
    return split.column >= 0;
  }

  private partitionRows({ start, end }: Node): number {
    const { rows, weights } = this;
    const { ranks } = this.columns;
    const base = this.split.column * this.columns.rows;
    const { low } = this.split;
    let middle = start;
    let leftTotal = 0;
    for (let i = start; i < end; i += 1) {
      const row = rows[i]!;
      if (ranks[base + row]! <= low) {
        rows[i] = rows[middle]!;
        rows[middle] = row;
        middle += 1;
        leftTotal = (leftTotal + weights[row]!) | 0;
      }
    }
    this.leftTotal = leftTotal;
    return middle;
  }

  private partitionQueries({ from, to }: Node): number {
    const { queryRows, split } = this;
    const { data, cols } = this.queries;
    const { values, rows } = this.columns;
    const { column } = split;
    const threshold = values[column * rows + split.low]! / 2 + values[column * rows + split.high]! / 2;
    let middle = from;
    for (let i = from; i < to; i += 1) {
      const row = queryRows[i]!;
      if (data[row * cols + column]! <= threshold) {
        queryRows[i] = queryRows[middle]!;
        queryRows[middle] = row;
        middle += 1;
      }
    }
    return middle;
  }
}
