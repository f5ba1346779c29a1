'use client';

import { lazy, Suspense, useId, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Attributed } from './attributed';
import { useOpened } from './use-opened';

const fetchBody = () => import('./popover-body');
const PopoverBody = lazy(async () => ({ default: (await fetchBody()).PopoverBody }));
/** Ahead of the press; one that fails is told when the panel is opened. */
const fetchAhead = () => void fetchBody().catch(() => undefined);

type PopoverProps = {
  trigger: ReactElement<Record<string, unknown>>;
  children: ReactNode;
  align?: 'start' | 'end';
  label: string;
  className?: string;
  /** Left out: it keeps that itself. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** A floating panel that belongs to its trigger (one element that takes a ref). All but the trigger is fetched when it is pointed at. */
export function Popover({ trigger, children, align = 'end', label, className = '', open: wanted, onOpenChange }: PopoverProps) {
  const [own, setOwn] = useState(false);
  const open = wanted ?? own;
  const opened = useOpened(open);
  const anchor = useRef<HTMLElement>(null);
  const id = useId();
  const change = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  return (
    <>
      <Attributed
        element={trigger}
        ref={anchor}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-state={open ? 'open' : 'closed'}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => change(!open)}
      />
      {opened && (
        // Until it is there, no key that is typed may decide anything on the page behind.
        <Suspense fallback={open && <span hidden role="dialog" data-state="open" />}>
          <PopoverBody open={open} onOpenChange={change} anchor={anchor} id={id} align={align} label={label} className={className}>
            {children}
          </PopoverBody>
        </Suspense>
      )}
    </>
  );
}
