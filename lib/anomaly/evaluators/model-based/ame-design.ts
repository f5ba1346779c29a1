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
 * Gives auxiliary rows that no draw took the mean of their coefficients. Their columns are identical, so the lasso determines
 * only the sum; coordinate descent puts it all on the first of them, which would tell the order of the rows.
 */
export function spreadOverUndrawn(values: Float64Array, drawn: Uint8Array): void {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (drawn[i] !== 0) continue;
    sum += values[i]!;
    count += 1;
  }
  if (count === 0) return;
  for (let i = 0; i < values.length; i += 1) if (drawn[i] === 0) values[i] = sum / count;
}
