'use client';

import { Check } from 'lucide-react';
import { Toast } from 'radix-ui';
import type { Confirmation } from './confirmation';

/** There is more time for one that can be answered. */
const answerableMs = 10_000;

/** The confirmations that stand, the newest below. */
export function Confirmations({ shown, onGone }: { shown: readonly Confirmation[]; onGone: (id: number) => void }) {
  return (
    <Toast.Provider duration={4000} swipeDirection="right" label="Confirmation">
      {shown.map(({ id, message, action }) => (
        <Toast.Root
          key={id}
          {...(action === undefined ? {} : { duration: answerableMs })}
          onOpenChange={(open) => {
            if (!open) onGone(id);
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
  );
}
