import { rowRange, type Matrix } from '@/lib/anomaly/linalg/matrix';

/** Entries of the product computed by one call of the runtime: 2^22 doubles are 32 MiB. */
const CALL_ENTRIES = 2 ** 22;

/** A·Bᵀ in float64, row-major, from products of some rows of A with all of B. Without rows or columns nothing is run. */
export async function productInPieces(a: Matrix, b: Matrix, run: (piece: Matrix) => Promise<Float64Array>): Promise<Float64Array> {
  const result = new Float64Array(a.rows * b.rows);
  if (result.length === 0 || a.cols === 0) return result;
  const step = Math.max(1, Math.floor(CALL_ENTRIES / b.rows));
  for (let start = 0; start < a.rows; start += step) {
    const piece = rowRange(a, start, Math.min(start + step, a.rows));
    result.set(await run(piece), start * b.rows);
  }
  return result;
}
