import type { Matrix } from '@/lib/anomaly/linalg/matrix';

/** Vectors of one extractor for a selection without labels. Rows are the same samples in the same order for every extractor. */
export type SelectionData = {
  readonly name: string;
  /** Number of weights; null where it is not known. */
  readonly parameters: number | null;
  readonly support: Matrix;
  readonly synthetic: Matrix;
  readonly real: { readonly anomalies: Matrix; readonly normals: Matrix; readonly defectTypes: readonly (string | null)[] | null } | null;
};
