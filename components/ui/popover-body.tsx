'use client';

import { Popover as Radix } from 'radix-ui';
import { useRef, type ReactNode, type RefObject } from 'react';
import { cn } from './cn';

type PopoverBodyProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The trigger. */
  anchor: RefObject<HTMLElement | null>;
  id: string;
  align: 'start' | 'end';
  label: string;
  className: string;
  children: ReactNode;
};

/** The panel of a trigger that stands elsewhere; when it closes, the focus goes back to the trigger unless it went elsewhere. */
export function PopoverBody({ open, onOpenChange, anchor, id, align, label, className, children }: PopoverBodyProps) {
  const left = useRef(false);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Anchor virtualRef={anchor} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onInteractOutside={(event) => {
            left.current = true;
            // The trigger closes its panel itself.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!left.current) anchor.current?.focus();
            left.current = false;
          }}
          className={cn('z-50 max-h-[75vh] w-80 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg border border-line bg-raised shadow-float focus:outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
