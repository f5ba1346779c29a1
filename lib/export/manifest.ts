import { manifestHeadSchema, type ListedFile, type ManifestFile, type ManifestHead } from '@/lib/api/contracts/export-manifest';

/** True of a sample that is a row of `vectors.csv` and no file of its own. */
export function isVector({ format }: Pick<ManifestFile, 'format'>): boolean {
  return format === 'vector';
}

/** Writes a manifest as JSON, one line per file, without building it as a whole. */
export function* manifestText(head: ManifestHead, files: Iterable<ManifestFile | ListedFile>): Generator<string> {
  const open = JSON.stringify(manifestHeadSchema.parse(head), null, 2);
  yield `${open.slice(0, -2)},\n  "files": [`;
  let separator = '\n    ';
  for (const file of files) {
    yield separator + JSON.stringify(file);
    separator = ',\n    ';
  }
  yield '\n  ]\n}\n';
}
