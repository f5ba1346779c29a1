import { columnMeans, type Matrix } from '../linalg/matrix';

/** Columns that vary less are only centred, as in the authors' released program. */
const SMALLEST_DEVIATION = 0.001;

/** Column means and standard deviations (divisor n - 1; 1 where below 0.001) of a training set. */
export type ColumnScale = { readonly means: Float64Array; readonly deviations: Float64Array };

export function columnScale(train: Matrix): ColumnScale {
  const { data, rows, cols } = train;
  const means = columnMeans(train);
  const squares = new Float64Array(cols);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) squares[j]! += (data[i * cols + j]! - means[j]!) ** 2;
  }
  const deviations = squares.map((sum) => {
    const deviation = Math.sqrt(sum / Math.max(rows - 1, 1));
    return deviation < SMALLEST_DEVIATION ? 1 : deviation;
  });
  return { means, deviations };
}

/** A copy with every column centred and divided by the scale of the training set. */
export function standardise(points: Matrix, { means, deviations }: ColumnScale): Matrix {
  const { rows, cols } = points;
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) data[i * cols + j] = (points.data[i * cols + j]! - means[j]!) / deviations[j]!;
  }
  return { data, rows, cols };
}
