import type { DetectorId } from './registry';

type Size = { readonly rows: number; readonly columns: number };

/**
 * Rough seconds on one core that a detector takes beyond SSDO: one fit, five more where the normals are scored by fits
 * without them, and the scores of the auxiliary rows. Fitted to EAP runs with n = 500 and 1000 and d = 64, 256 and 768
 * (`npm run bench -- eap`).
 */
export function detectorSeconds(id: DetectorId, { rows, columns }: Size): number {
  const moments = rows * columns ** 2;
  switch (id) {
    case 'ssdo':
    case 'knn':
      return 0;
    case 'mahalanobis':
      return 3.6e-9 * moments + 1e-9 * columns ** 3;
    case 'pca':
    case 'npca':
      return 6.7e-9 * moments + 2.6e-8 * Math.min(rows, columns) ** 3;
    case 'patchcore':
      return 2.5e-6 * rows * columns;
    case 'iforest':
      return 1e-4 * rows;
  }
}
