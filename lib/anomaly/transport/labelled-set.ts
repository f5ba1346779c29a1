import { pause, type NumericsContext } from '../context';
import type { EvaluatorInput } from '../evaluators/evaluator';
import { selfDistances } from '../linalg/distances';
import { selectRows, type Matrix } from '../linalg/matrix';
import { annealing, emptyBox, grow, squaredDiagonal, type Box } from './annealing';
import { sinkhorn, transportValue } from './sinkhorn';

const NO_COSTS = new Float64Array(4);

/** A training set with its normals first, their squared distances, and the boxes around the two classes. */
export type LabelledSet = {
  readonly points: Matrix;
  /** 0 for the first `normals` rows, then 1. */
  readonly labels: Uint8Array;
  readonly normals: number;
  readonly anomalies: number;
  /** n views of n squared distances. */
  readonly squared: readonly Float64Array[];
  readonly normalBox: Box;
  readonly anomalyBox: Box;
};

/** Sorts the rows by label and computes their squared distances; memory n² numbers. */
export async function prepareSet({ train, labels }: Pick<EvaluatorInput, 'train' | 'labels'>, context: NumericsContext): Promise<LabelledSet> {
  const rows = Array.from(labels.keys());
  const order = [...rows.filter((i) => labels[i] === 0), ...rows.filter((i) => labels[i] === 1)];
  const points = selectRows(train, order);
  const n = points.rows;
  const normals = rows.filter((i) => labels[i] === 0).length;
  const source = selfDistances(points, context.product);
  const squared: Float64Array[] = [];
  for (let start = 0; start < n; start += source.blockRows) {
    const end = Math.min(start + source.blockRows, n);
    await pause(context);
    const block = (await source.block(start, end)).slice();
    for (let i = 0; i < end - start; i += 1) squared.push(block.subarray(i * n, (i + 1) * n));
  }
  return {
    points,
    labels: Uint8Array.from({ length: n }, (_, i) => (i < normals ? 0 : 1)),
    normals,
    anomalies: n - normals,
    squared,
    normalBox: boxOf(points, 0, normals),
    anomalyBox: boxOf(points, normals, n),
  };
}

function boxOf({ data, cols }: Matrix, start: number, end: number): Box {
  let box = emptyBox(cols);
  for (let i = start; i < end; i += 1) box = grow(box, data, i * cols);
  return box;
}

/** Value of the transport between two groups of rows, given their squared distances and boxes; 0 when a group is empty. */
export function transportBetween(squared: readonly Float64Array[], columns: number, rowBox: Box, columnBox: Box): number {
  if (squared.length === 0 || columns === 0) return 0;
  const problem = {
    squared,
    columns,
    rowClass: new Uint8Array(squared.length),
    columnClass: new Uint8Array(columns),
    forward: NO_COSTS,
    backward: NO_COSTS,
  };
  return transportValue(sinkhorn(problem, annealing(squaredDiagonal(rowBox, columnBox))));
}
