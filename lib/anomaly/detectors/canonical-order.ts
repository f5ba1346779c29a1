import type { Matrix } from '../linalg/matrix';

/** Compares two rows of one matrix by their values, column after column. */
function compareRows({ data, cols }: Matrix, a: number, b: number): number {
  for (let p = a * cols, q = b * cols, end = p + cols; p < end; p += 1, q += 1) {
    const difference = data[p]! - data[q]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The given rows in an order that follows from their values alone, so that sums, random draws and ties of what is fitted on them do not depend on
 * the order of the input. `distinct[i]` numbers the different rows from 0 on: equal rows share a number.
 */
export function canonicalOrder(points: Matrix, rows: Int32Array): { readonly order: Int32Array; readonly distinct: Int32Array } {
  const order = rows.slice().sort((a, b) => compareRows(points, a, b) || a - b);
  const distinct = new Int32Array(order.length);
  for (let i = 1; i < order.length; i += 1) {
    distinct[i] = distinct[i - 1]! + (compareRows(points, order[i - 1]!, order[i]!) === 0 ? 0 : 1);
  }
  return { order, distinct };
}
