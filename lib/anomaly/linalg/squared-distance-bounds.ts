import { columnMeans, type Matrix, type SingleMatrix } from './matrix';

const SINGLE_ROUNDOFF = 2 ** -24;

/** More columns would make the sums' error bound, d 2^-24, too large to be of use. */
export const BOUNDED_MAX_COLUMNS = 2 ** 16;

/** Outside these the squares would leave the range of float64 or vanish in it. */
const SMALLEST_EXTENT = 1e-100;
const LARGEST_EXTENT = 1e100;

/** Both sides of a set of pairs, and the factor of which D is `squaredDistance` times. */
export type BoundedPairs = { readonly queries: BoundedRows; readonly references: BoundedRows; readonly factor: number };

/** Rows in single precision, with each row's share of a lower and of an upper bound on its squared distances. */
export type BoundedRows = { readonly rounded: SingleMatrix; readonly low: Float64Array; readonly high: Float64Array };

/**
 * Prepares rows for squared distances bounded from a product in float32. For query row i, reference row j and their float32 dot product p
 *
 *   queries.low[i] + references.low[j] - 2 p  <=  D  <=  queries.high[i] + references.high[j] - 2 p,
 *
 * where D is `squaredDistance` of the two rows times `factor`, the square of a power of two, the same for all pairs. Undefined when the rows are all
 * the same, or so large or small that the bounds could not hold.
 *
 * Let u = 2^-24, d <= 2^16 columns, a and b the rows minus the references' mean, scaled so that no coordinate is above 2, â and b̂ those in
 * float32, N = |â|² + |b̂|². Centring in float64 and rounding to float32 move a coordinate by at most (u + 2^-52) times itself; with
 * | |â - b̂| - |a - b| | <= u (|a| + |b|) and (|a| + |b|)² <= 2 (|a|² + |b|²) that changes the squared distance by at most 4.1 u N. In whatever
 * order the product sums, 2 p errs by at most 2 |â| |b̂| d u / (1 - d u) <= 1.004 d u N. The rest stays below 2^-33 N: the lengths, summed in
 * float64; putting the three together; the rounding of `squaredDistance` itself (2^-36 and (d + 3) 2^-53 of D <= 2.1 N). So 1.01 (d + 8) u N
 * covers all relative errors. What underflows, also where the product takes subnormal numbers for 0, adds at most 2^-126 for each
 * coordinate, product and sum: together less than d 2^-118. Both parts of the bound are sums of a share of i and one of j.
 */
export function boundSquaredDistances(queries: Matrix, references: Matrix): BoundedPairs | undefined {
  const centre = columnMeans(references);
  const extent = queries === references ? largestOffset(references, centre) : Math.max(largestOffset(references, centre), largestOffset(queries, centre));
  if (!(extent >= SMALLEST_EXTENT && extent <= LARGEST_EXTENT)) return undefined;
  const scale = 2 ** -Math.ceil(Math.log2(extent));
  const bounded = boundRows(references, centre, scale);
  return { queries: queries === references ? bounded : boundRows(queries, centre, scale), references: bounded, factor: scale ** 2 };
}

function largestOffset({ data, cols }: Matrix, centre: Float64Array): number {
  let largest = 0;
  for (let start = 0; start < data.length; start += cols) {
    for (let c = 0; c < cols; c += 1) {
      const offset = Math.abs(data[start + c]! - centre[c]!);
      if (offset > largest) largest = offset;
    }
  }
  return largest;
}

function boundRows({ data, rows, cols }: Matrix, centre: Float64Array, scale: number): BoundedRows {
  const rounded = new Float32Array(data.length);
  const low = new Float64Array(rows);
  const high = new Float64Array(rows);
  const relative = 1.01 * (cols + 8) * SINGLE_ROUNDOFF;
  const absolute = cols * 2 ** -119;
  for (let i = 0; i < rows; i += 1) {
    const start = i * cols;
    let norm = 0;
    for (let c = 0; c < cols; c += 1) {
      const value = Math.fround((data[start + c]! - centre[c]!) * scale);
      rounded[start + c] = value;
      norm += value * value;
    }
    low[i] = norm - (relative * norm + absolute);
    high[i] = norm + (relative * norm + absolute);
  }
  return { rounded: { data: rounded, rows, cols }, low, high };
}
