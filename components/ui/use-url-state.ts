'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Values of the query string; null or empty removes one. */
export type UrlChange = Record<string, string | null | undefined>;

/** The query string with some values changed, "" when nothing is left of it. */
export function withChange(search: string, change: UrlChange): string {
  const params = new URLSearchParams(search);
  for (const [key, value] of Object.entries(change)) {
    if ((value ?? '') === '') params.delete(key);
    else params.set(key, String(value));
  }
  return params.size === 0 ? '' : `?${params}`;
}

/**
 * State of the view in the address: a reload and a link show the same. Changes replace the entry of the browser's history,
 * or push a new one where going back should undo them, and never ask the server.
 */
export function useUrlState(): [URLSearchParams, (change: UrlChange, push?: boolean) => void] {
  const params = useSearchParams();
  const set = useCallback((change: UrlChange, push = false) => {
    const url = window.location.pathname + withChange(window.location.search, change);
    if (push) window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
  }, []);
  return [params, set];
}
