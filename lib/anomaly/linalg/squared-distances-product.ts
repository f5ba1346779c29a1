import { columnMeans, rowRange, squaredNorms, subtractFromRows, type Matrix, type MatrixProduct } from './matrix';
import { roundSignificand, squaredDistance } from './squared-distances';

const UNIT_ROUNDOFF = 2 ** -53;

/** Data prepared once for |a|² + |b|² - 2ab: both sides minus the references' mean, and their squared lengths. */
export type CentredPair = {
  readonly queries: Matrix;
  readonly references: Matrix;
  readonly queriesCentred: Matrix;
  readonly referencesCentred: Matrix;
  readonly queryNorms: Float64Array;
  readonly referenceNorms: Float64Array;
};

/** Centres both sides on the mean of the references; lengths and with them the error bound become small. */
export function centrePair(queries: Matrix, references: Matrix): CentredPair {
  const centre = columnMeans(references);
  const referencesCentred = subtractFromRows(references, centre);
  const queriesCentred = queries === references ? referencesCentred : subtractFromRows(queries, centre);
  const referenceNorms = squaredNorms(referencesCentred);
  const queryNorms = queries === references ? referenceNorms : squaredNorms(queriesCentred);
  return { queries, references, queriesCentred, referencesCentred, queryNorms, referenceNorms };
}

/**
 * The same numbers as `squaredDistancesByDifferences`, bit for bit, from a matrix product.
 *
 * Let u = 2^-53, d columns, N = |a'|² + |b'|² of the centred rows. To first order: in whatever order the product sums,
 * 2 fl(a'·b') errs by at most d u 2|a'||b'| <= d u N; the squared lengths, summed in chunks, by (32 + d/32 + 2) u N; centring, which
 * changes each coordinate by at most u times itself, by 4 u N; putting them together by 3 u N. The sum of squared differences
 * itself errs by at most (d + 3) u |a - b|². When the whole interval of that half-width around the value rounds to one
 * 36-bit number, that is the result; otherwise the pair is recomputed by coordinate differences (one pair in fifty
 * at d = 768; near duplicates always).
 */
export async function squaredDistancesByProduct(
  pair: CentredPair,
  start: number,
  end: number,
  from: number,
  out: Float64Array,
  stride: number,
  offset: number,
  product: MatrixProduct,
): Promise<void> {
  const { queries, references, queryNorms, referenceNorms } = pair;
  const count = references.rows - from;
  const dots = await product(rowRange(pair.queriesCentred, start, end), rowRange(pair.referencesCentred, from, references.rows));
  const d = queries.cols;
  const lengthBound = 1.01 * (d + d / 32 + 48) * UNIT_ROUNDOFF;
  const valueBound = 1.01 * (d + 3) * UNIT_ROUNDOFF;
  for (let i = start; i < end; i += 1) {
    const dotRow = (i - start) * count;
    const outRow = (i - start) * stride + offset;
    const norm = queryNorms[i]!;
    for (let j = 0; j < count; j += 1) {
      const norms = norm + referenceNorms[from + j]!;
      const value = norms - 2 * dots[dotRow + j]!;
      const margin = lengthBound * norms + valueBound * Math.abs(value) + 1e-300;
      const low = roundSignificand(value - margin);
      const high = roundSignificand(value + margin);
      out[outRow + j] = low === high ? low : squaredDistance(queries, i, references, from + j);
    }
  }
}
