'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { roleNames, type ScoreTable } from '@/lib/figures/score-table';

/** How a click selects: a range from the last one, or one more. */
export type SelectHow = { readonly range: boolean; readonly add: boolean };

/** What of a mouse event tells how a click selects. */
export function howOf({ shiftKey, ctrlKey, metaKey }: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): SelectHow {
  return { range: shiftKey, add: ctrlKey || metaKey };
}

type MarksInput = { table: ScoreTable; order: Uint32Array; position: number; onSelect: (sampleId: string) => void };

/** Samples of the ranking that are marked for the verbs below it, beside the one that is looked at. */
export function useMarks({ table, order, position, onSelect }: MarksInput) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => new Set());
  const anchor = useRef<string | null>(null);
  const current = useRef({ order, position });
  useEffect(() => {
    current.current = { order, position };
  });
  const idAt = useCallback((at: number) => table.ids[current.current.order[at] ?? -1] ?? null, [table]);
  const clear = useCallback(() => setMarked((last) => (last.size === 0 ? last : new Set())), []);
  const select = useCallback(
    (sampleId: string, how?: SelectHow) => {
      const from = current.current.order.indexOf(table.rowOf.get(anchor.current ?? idAt(current.current.position) ?? '') ?? -1);
      const to = current.current.order.indexOf(table.rowOf.get(sampleId) ?? -1);
      if (how?.range && from >= 0 && to >= 0) {
        const range = Array.from(current.current.order.subarray(Math.min(from, to), Math.max(from, to) + 1), (row) => table.ids[row]!);
        setMarked((last) => new Set(how.add ? [...last, ...range] : range));
      } else if (how?.add) {
        // The one that was looked at before belongs to what is put together now.
        const first = idAt(current.current.position);
        setMarked((last) => toggledIn(last.size === 0 && first !== null && first !== sampleId ? new Set([first]) : last, sampleId));
        anchor.current = sampleId;
      } else {
        clear();
        anchor.current = sampleId;
      }
      onSelect(sampleId);
    },
    [table, idAt, clear, onSelect],
  );
  const mark = () => {
    const id = idAt(position);
    if (id !== null) setMarked((last) => toggledIn(last, id));
    anchor.current = id;
  };
  const extend = (by: 1 | -1) => () => {
    const [from, to] = [idAt(position), idAt(position + by)];
    if (from === null || to === null) return;
    setMarked((last) => (last.has(to) && last.has(from) ? without(last, from) : new Set([...last, from, to])));
    onSelect(to);
  };
  // Marks that the filter hides now are kept, but the verbs are about what can be seen.
  const shown = useMemo(() => {
    if (marked.size === 0) return { ids: [], auxiliary: [], normals: [] };
    const rows = order.filter((row) => marked.has(table.ids[row]!));
    const ofRole = (role: 'auxiliary' | 'normal') => Array.from(rows.filter((row) => roleNames[table.role[row]!] === role), (row) => table.ids[row]!);
    return { ids: Array.from(rows, (row) => table.ids[row]!), auxiliary: ofRole('auxiliary'), normals: ofRole('normal') };
  }, [marked, order, table]);
  return { marked, ...shown, select, clear, keys: { mark, extendNext: extend(1), extendPrevious: extend(-1), ...(marked.size > 0 ? { cancel: clear } : {}) } };
}

export type Marks = ReturnType<typeof useMarks>;

function toggledIn(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return set.has(id) ? without(set, id) : new Set([...set, id]);
}

function without(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  next.delete(id);
  return next;
}
