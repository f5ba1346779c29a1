'use client';

import { Check } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

type Confirmation = { id: number; message: string };

const ConfirmContext = createContext<(message: string) => void>(() => undefined);

/** Shows short confirmations of what was just done. Errors never go here: they stand where they happened. */
export function Toaster({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Confirmation[]>([]);
  const confirm = useCallback((message: string) => {
    setShown((list) => [...list.slice(-2), { id: (list.at(-1)?.id ?? 0) + 1, message }]);
  }, []);
  return (
    <ConfirmContext.Provider value={confirm}>
      <Toast.Provider duration={4000} swipeDirection="right" label="Confirmation">
        {children}
        {shown.map(({ id, message }) => (
          <Toast.Root
            key={id}
            onOpenChange={(open) => {
              if (!open) setShown((list) => list.filter((entry) => entry.id !== id));
            }}
            className="flex items-center gap-2 rounded-md bg-ink px-3 py-2 text-page shadow-float"
          >
            <Check aria-hidden className="size-4 shrink-0" />
            <Toast.Title className="text-body">{message}</Toast.Title>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-4 bottom-[calc(var(--bottom-bar)+16px)] z-50 flex max-w-[calc(100vw-32px)] flex-col items-end gap-2" />
      </Toast.Provider>
    </ConfirmContext.Provider>
  );
}

/** A function that shows a short confirmation. */
export function useConfirmation(): (message: string) => void {
  return useContext(ConfirmContext);
}
