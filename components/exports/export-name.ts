import type { Export } from '@/lib/api/contracts/exports';
import { formatDateTime } from '@/lib/figures/format';
import { formatTitle } from './formats';

type Named = Pick<Export, 'id' | 'format' | 'createdAt'>;

/**
 * What tells each export from the others, in words, by its id: "Folder · 22 Nov 2026, 14:05". The verbs of its row bear it in
 * their names. Several of one format in one minute are numbered, the oldest first.
 */
export function exportNames(exports: readonly Named[]): ReadonlyMap<string, string> {
  const times = new Map<string, number>();
  const names = new Map<string, string>();
  for (const { id, format, createdAt } of exports.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))) {
    const name = `${formatTitle(format)} · ${formatDateTime(createdAt)}`;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    names.set(id, time === 1 ? name : `${name} (${time})`);
  }
  return names;
}
