'use client';

import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

const AnnounceContext = createContext<(message: string) => void>(() => undefined);

/** Holds the page's polite live region. */
export function Announcer({ children }: { children: ReactNode }) {
  const [entry, setEntry] = useState({ id: 0, message: '' });
  const announce = useCallback((message: string) => setEntry((last) => ({ id: last.id + 1, message })), []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div role="status" aria-live="polite" className="sr-only">
        <span key={entry.id}>{entry.message}</span>
      </div>
    </AnnounceContext.Provider>
  );
}

/** A function that has a screen reader say a sentence, even the same one twice. */
export function useAnnounce(): (message: string) => void {
  return useContext(AnnounceContext);
}
