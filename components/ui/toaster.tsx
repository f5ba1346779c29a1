'use client';

import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react';
import type { Confirmation, ConfirmationAction } from './confirmation';

type Confirm = (message: string, action?: ConfirmationAction, topic?: string) => void;

// Fetched with the first confirmation.
const Confirmations = lazy(() => import('./confirmations').then((module) => ({ default: module.Confirmations })));

const ConfirmContext = createContext<Confirm>(() => undefined);

/** Shows short confirmations of what was just done. Errors never go here: they stand where they happened. */
export function Toaster({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Confirmation[]>([]);
  const confirm = useCallback<Confirm>((message, action, topic) => {
    setShown((list) => {
      const others = list.filter((entry) => topic === undefined || entry.topic !== topic);
      return [...others.slice(-2), { id: (list.at(-1)?.id ?? 0) + 1, message, action, topic }];
    });
  }, []);
  return (
    <ConfirmContext.Provider value={confirm}>
      {children}
      <Suspense>{shown.length > 0 && <Confirmations shown={shown} onGone={(id) => setShown((list) => list.filter((entry) => entry.id !== id))} />}</Suspense>
    </ConfirmContext.Provider>
  );
}

/** A function that shows a short confirmation, with something to do about it where there is. */
export function useConfirmation(): Confirm {
  return useContext(ConfirmContext);
}
