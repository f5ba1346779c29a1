import type { SampleRole } from '@/lib/api/contracts/common';
import { stemOf, splitPath } from '../safe-path';
import { isMetadataFile } from '../layout';
import type { FeatureTable } from './feature-table';

const TABLE = /\.(npz|npy|csv|parquet)$/i;

/** True for files of feature vectors, by their name. A CSV may turn out to be metadata (`isMetadataTable`). */
export function isTablePath(path: string): boolean {
  return TABLE.test(path) && !isMetadataFile(path);
}

/** What the roles of a table's rows are proposed from: the path without its ending, as if it were a folder. */
export function roleFolderOf(path: string): string {
  const { folder, fileName } = splitPath(path);
  return folder === '' ? stemOf(fileName) : `${folder}/${stemOf(fileName)}`;
}

/** How many rows have which role; null where the file does not say. */
export function countRoles({ fields }: FeatureTable): Readonly<Record<SampleRole, number>> | null {
  if (fields.role === undefined) return null;
  const counts: Record<SampleRole, number> = { normal: 0, anomaly: 0, auxiliary: 0 };
  for (const role of fields.role) counts[role] += 1;
  return counts;
}
