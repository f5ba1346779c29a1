import { z } from 'zod';
import { AssayError } from '@/lib/errors';

/** One keyset page; `nextCursor` is null on the last one. */
export type Page<T> = { items: T[]; nextCursor: string | null };

/**
 * Where-clause that continues a page after its cursor, which is the id of its last row (ids are UUIDs of version 7 and
 * order by time). Rows that come or go between two pages neither repeat nor hide others.
 * @throws AssayError `request.invalid` for a cursor that is none
 */
export function afterCursor(cursor: string | undefined, direction: 'gt' | 'lt'): { id?: { gt: string } | { lt: string } } {
  if (cursor === undefined) return {};
  if (!z.uuid().safeParse(cursor).success) throw new AssayError('request.invalid', 'The cursor is not one that a page answered.');
  return { id: direction === 'gt' ? { gt: cursor } : { lt: cursor } };
}

/** Makes a page of rows that were read with `take: limit + 1`. */
export function toPage<T extends { id: string }>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
