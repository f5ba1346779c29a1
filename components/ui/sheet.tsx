'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';
import { focusItself } from './open-focus';

type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** False: the page behind stays usable (a drawer that accompanies work). */
  modal?: boolean;
  width?: 'md' | 'lg';
};

/** A drawer at the right edge; the full width on narrow screens. */
export function Sheet({ open, onOpenChange, title, description, children, footer, modal = true, width = 'md' }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      <Radix.Portal>
        {modal && <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />}
        <Radix.Content
          onOpenAutoFocus={focusItself}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          {...(modal ? {} : { onInteractOutside: (event: Event) => event.preventDefault() })}
          className={cn(
            'fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line bg-raised shadow-float focus:outline-none',
            width === 'md' ? 'md:w-[420px]' : 'md:w-[560px]',
          )}
        >
          <div className="border-b border-line px-5 py-3 pr-14">
            <Radix.Title className="truncate text-lead font-semibold">{title}</Radix.Title>
            {description !== undefined && <Radix.Description className="text-muted">{description}</Radix.Description>}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer !== undefined && <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
          <Radix.Close asChild>
            <IconButton icon={X} label="Close" className="absolute top-2 right-3" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
