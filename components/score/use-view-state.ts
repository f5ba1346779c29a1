'use client';

import { useCallback, useEffect, useState } from 'react';
import { parseViewState, writeViewState, type ViewState } from '@/lib/figures/view-state';

/** The address follows this long after the last change: holding J must not write it fifty times a second. */
const settleMs = 250;

export type ChangeView = (change: Partial<ViewState>) => void;

/**
 * Filter, order, run and selected sample. They live in the address (so that a reload, a bookmark or a link to a
 * colleague shows the same), and here while they change quickly. `initial` is the query part of the address; a link that
 * leads to the same page with another one is followed.
 */
export function useViewState(initial: string): readonly [ViewState, ChangeView] {
  const [view, setView] = useState<ViewState>(() => parseViewState(new URLSearchParams(initial)));
  const [followed, setFollowed] = useState(initial);
  if (initial !== followed) {
    setFollowed(initial);
    setView(parseViewState(new URLSearchParams(initial)));
  }
  useEffect(() => {
    const timer = setTimeout(() => {
      const { pathname, search } = window.location;
      const params = writeViewState(view, new URLSearchParams(search)).toString();
      if (params !== search.replace(/^\?/, '')) window.history.replaceState(window.history.state, '', params === '' ? pathname : `${pathname}?${params}`);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [view]);
  const change = useCallback<ChangeView>((part) => setView((last) => ({ ...last, ...part })), []);
  return [view, change];
}
