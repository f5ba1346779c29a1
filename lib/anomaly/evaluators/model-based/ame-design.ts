/**
 * Centres a design row of AME and divides it by its own standard deviation (`freedom` 0: of the row as a population, as AME is
 * defined; 1: the sample deviation, as the released program has it); a row without spread becomes zeros.
 */
export function designRow(row: Float64Array, freedom: 0 | 1): void {
  let mean = 0;
  for (let i = 0; i < row.length; i += 1) mean += row[i]! / row.length;
  let squares = 0;
  for (let i = 0; i < row.length; i += 1) squares += (row[i]! - mean) ** 2;
  const deviation = Math.sqrt(squares / (row.length - freedom));
  const constant = row.every((value) => value === row[0]);
  for (let i = 0; i < row.length; i += 1) row[i] = constant ? 0 : (row[i]! - mean) / deviation;
}

/**
 * The columns of a design (rows of `width` = n + l numbers) that differ: those of the n training rows, of the drawn auxiliary rows, and
 * one for all auxiliary rows that no draw took. Those columns are identical, so a lasso determines only the sum of their
 * coefficients; coordinate descent would put it all on the first of them, which would tell the order of the rows.
 */
export function distinctColumns(rows: number, drawn: Uint8Array): Int32Array {
  const firstUndrawn = drawn.indexOf(0);
  return Int32Array.from({ length: rows + drawn.length }, (_, j) => j).filter((j) => j < rows || drawn[j - rows] !== 0 || j - rows === firstUndrawn);
}

/** Copies the given columns of a row-major matrix. */
export function selectColumns(matrix: Float64Array, width: number, columns: Int32Array): Float64Array {
  const selected = new Float64Array((matrix.length / width) * columns.length);
  for (let from = 0, to = 0; from < matrix.length; from += width) {
    for (let j = 0; j < columns.length; j += 1) selected[to++] = matrix[from + columns[j]!]!;
  }
  return selected;
}

/** Coefficients of the auxiliary rows from those of the distinct columns; the undrawn rows share theirs evenly. */
export function auxiliaryCoefficients(coefficients: Float64Array, columns: Int32Array, rows: number, drawn: Uint8Array): Float64Array {
  const values = new Float64Array(drawn.length);
  columns.forEach((column, j) => {
    if (column >= rows) values[column - rows] = coefficients[j]!;
  });
  const firstUndrawn = drawn.indexOf(0);
  if (firstUndrawn < 0) return values;
  const undrawn = drawn.reduce((count, isDrawn) => count + (isDrawn === 0 ? 1 : 0), 0);
  const share = values[firstUndrawn]! / undrawn;
  return values.map((value, x) => (drawn[x] === 0 ? share : value));
}
