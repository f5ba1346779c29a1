'use client';

import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

const SlotContext = createContext<HTMLElement | null>(null);

export const TopLineSlotProvider = SlotContext.Provider;

/** Puts a page's own control (the run switcher) into the top line, after the name of the stage. */
export function TopLineSlot({ children }: { children: ReactNode }) {
  const slot = useContext(SlotContext);
  return slot === null ? null : createPortal(children, slot);
}
