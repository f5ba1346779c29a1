import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import type { QualityLabel, SampleRole, Split } from '@/lib/api/contracts/common';

/** What scoring and maps need to know of a sample. */
export type VectorSample = {
  readonly id: string;
  readonly role: SampleRole;
  readonly split: Split | null;
  readonly defectType: string | null;
  readonly qualityLabel: QualityLabel | null;
};

/**
 * Vectors of a feature set: row i of `data` (count x dim, row-major) belongs to `samples[i]`. The rows are in the order of the
 * hashes of the samples' files: the same files give the same numbers in every import.
 */
export type Vectors = { readonly samples: readonly VectorSample[]; readonly dim: number; readonly data: Float32Array };

/** The named rows as a float64 matrix. */
export function rowsOf({ data, dim }: Pick<Vectors, 'data' | 'dim'>, rows: ArrayLike<number>): Matrix {
  const out = new Float64Array(rows.length * dim);
  for (let i = 0; i < rows.length; i += 1) out.set(data.subarray(rows[i]! * dim, (rows[i]! + 1) * dim), i * dim);
  return createMatrix(out, rows.length, dim);
}
