'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ScoreTable } from '@/lib/figures/score-table';
import { useUrlState } from '../ui/use-url-state';

/** Where samples were picked: with the lasso of the map, or as what a ranking showed. */
export type SetOrigin = 'map' | 'scores';

const setParam = 'set';
const sets = new WeakMap<QueryClient, Map<string, readonly string[]>>();

function setsOf(client: QueryClient): Map<string, readonly string[]> {
  const known = sets.get(client) ?? new Map<string, readonly string[]>();
  sets.set(client, known);
  return known;
}

/** Keeps picked samples until another page of this visit shows them; the newest of an origin stands. */
export function useKeepSet(projectId: string): (from: SetOrigin, ids: readonly string[]) => void {
  const client = useQueryClient();
  return (from, ids) => void setsOf(client).set(`${projectId}:${from}`, ids);
}

/** The address of a page with the samples that were picked elsewhere. */
export function withSet(path: string, from: SetOrigin): string {
  return `${path}${path.includes('?') ? '&' : '?'}${setParam}=${from}`;
}

/** `ids` is null when the address names a set that this visit does not know: a reload forgets it, and a colleague never had it. */
export type PickedSet = { readonly from: SetOrigin; readonly ids: readonly string[] | null };

/** The picked samples that the address names, and the way to do without them. */
export function usePickedSet(projectId: string, from: SetOrigin): { picked: PickedSet | null; drop: () => void } {
  const client = useQueryClient();
  const [params, change] = useUrlState();
  const named = params.get(setParam) === from;
  const ids = setsOf(client).get(`${projectId}:${from}`) ?? null;
  const picked = useMemo(() => (named ? { from, ids } : null), [named, from, ids]);
  return { picked, drop: () => change({ [setParam]: null }) };
}

/** The rows of a table that hold picked samples, ascending; samples that the table lacks are left out. */
export function rowsOfSet(ids: readonly string[], { rowOf }: Pick<ScoreTable, 'rowOf'>): Uint32Array {
  const rows = new Uint32Array(ids.length);
  let count = 0;
  for (const id of ids) {
    const row = rowOf.get(id);
    if (row !== undefined) rows[count++] = row;
  }
  return rows.slice(0, count).sort();
}
