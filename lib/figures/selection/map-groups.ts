import type { Columns } from '@/lib/api/contracts/columns';
import { selectionParts, type SelectionPart } from '@/lib/api/contracts/selections';
import type { MapGroup } from './selection-plots';

const groups: readonly { readonly kind: MapGroup['kind']; readonly name: string; readonly parts: readonly SelectionPart[] }[] = [
  { kind: 'normal', name: 'normals', parts: ['seed', 'held-out', 'real-normal'] },
  { kind: 'synthetic', name: 'synthetic anomalies', parts: ['synthetic'] },
  { kind: 'real', name: 'real anomalies', parts: ['real-anomaly'] },
];

/** Samples of a selection by what they are, with their places on its map; those that are not on the map are left out, and kinds without any. */
export function mapGroups({ rows, columns }: Columns): MapGroup[] {
  const { part, x, y } = columns;
  if (part?.type !== 'u8' || x?.type !== 'f32' || y?.type !== 'f32') return [];
  const names: readonly string[] = part.values ?? selectionParts;
  return groups.flatMap(({ kind, name, parts }) => {
    const own = Array.from({ length: rows }, (_, row) => row).filter((row) => parts.some((one) => one === names[part.data[row]!]) && Number.isFinite(x.data[row]!) && Number.isFinite(y.data[row]!));
    return own.length === 0 ? [] : [{ kind, name, x: own.map((row) => x.data[row]!), y: own.map((row) => y.data[row]!) }];
  });
}
