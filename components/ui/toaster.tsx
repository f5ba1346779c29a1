'use client';

import { Check } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

/** What a confirmation offers to do about what it tells: "Undo". */
export type ConfirmationAction = { label: string; onAction: () => void };
type Confirm = (message: string, action?: ConfirmationAction) => void;
type Confirmation = { id: number; message: string; action: ConfirmationAction | undefined };

/** There is more time for one that can be answered. */
const answerableMs = 10_000;

const ConfirmContext = createContext<Confirm>(() => undefined);

/** Shows short confirmations of what was just done. Errors never go here: they stand where they happened. */
export function Toaster({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Confirmation[]>([]);
  const confirm = useCallback<Confirm>((message, action) => {
    setShown((list) => [...list.slice(-2), { id: (list.at(-1)?.id ?? 0) + 1, message, action }]);
  }, []);
  return (
    <ConfirmContext.Provider value={confirm}>
      <Toast.Provider duration={4000} swipeDirection="right" label="Confirmation">
        {children}
        {shown.map(({ id, message, action }) => (
          <Toast.Root
            key={id}
            {...(action === undefined ? {} : { duration: answerableMs })}
            onOpenChange={(open) => {
              if (!open) setShown((list) => list.filter((entry) => entry.id !== id));
            }}
            className="flex items-center gap-2 rounded-md bg-ink px-3 py-2 text-page shadow-float"
          >
            <Check aria-hidden className="size-4 shrink-0" />
            <Toast.Title className="text-body">{message}</Toast.Title>
            {action !== undefined && (
              <Toast.Action altText={action.label} onClick={action.onAction} className="rounded-sm px-2 py-0.5 font-medium underline underline-offset-2">
                {action.label}
              </Toast.Action>
            )}
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-4 bottom-[calc(var(--bottom-bar)+16px)] z-50 flex max-w-[calc(100vw-32px)] flex-col items-end gap-2" />
      </Toast.Provider>
    </ConfirmContext.Provider>
  );
}

/** A function that shows a short confirmation, with something to do about it where there is. */
export function useConfirmation(): Confirm {
  return useContext(ConfirmContext);
}
