/** A feature vector, as it lay in its table. */
type Vector = { readonly id: string; readonly folder: string; readonly vectorRow: number | null };

/**
 * Where vectors lie in an export: each is a row of `vectors.csv`, in the order of their tables and rows. `vectors.csv#3` is
 * the third row below the header.
 */
export function placeVectors(vectors: readonly Vector[]): ReadonlyMap<string, { image: string; mask: string }> {
  const ordered = [...vectors].sort((a, b) => (a.folder === b.folder ? (a.vectorRow ?? 0) - (b.vectorRow ?? 0) : a.folder < b.folder ? -1 : 1));
  return new Map(ordered.map(({ id }, i) => [id, { image: `vectors.csv#${i + 1}`, mask: '' }]));
}

/** Row of a path that `placeVectors` gave. */
export function rowOfPath(path: string): number {
  return Number(path.slice(path.lastIndexOf('#') + 1));
}
