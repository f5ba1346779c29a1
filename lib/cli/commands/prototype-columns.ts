import type { Prototypes } from '@/lib/anomaly/prototypes/find-prototypes';
import type { Column } from './select-output';

type Found = { readonly chosen: readonly Pick<Prototypes['chosen'][number], 'method' | 'size' | 'members'>[]; readonly tail: Prototypes['tail'] };

/** One row per normal: in which subsets it was chosen, and what it does to the detector. */
export function prototypeColumns({ chosen, tail }: Found, names: readonly (string | null)[] | null): Column[] {
  const byRow = new Map(tail.map((entry, rank) => [entry.row, { ...entry, rank: rank + 1 }]));
  return [
    { name: 'index', value: (row) => row },
    ...(names === null ? [] : [{ name: 'name', value: (row: number) => names[row] ?? undefined }]),
    ...chosen.map(({ method, size, members }): Column => ({ name: `${method}_${size}`, value: (row) => (members.includes(row) ? 1 : 0) })),
    ...(tail.length === 0 ? [] : (['rank', 'presence', 'alone'] as const).map((name): Column => ({ name: name === 'rank' ? 'tail_rank' : name, value: (row) => String(byRow.get(row)![name]) }))),
  ];
}
