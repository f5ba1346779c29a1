'use client';

import { useCallback, useSyncExternalStore } from 'react';

const onServer = () => false;

/** Whether a media query holds now; false until the page runs in a browser. For what styles alone cannot do, such as another order of the controls. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches, onServer);
}
