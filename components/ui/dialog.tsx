'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';
import { focusOnOpen } from './open-focus';

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title; also the accessible description. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  width?: 'sm' | 'md' | 'lg';
};

const widths = { sm: 'md:w-[400px]', md: 'md:w-[520px]', lg: 'md:w-[760px]' } as const;

/** A modal dialog; at narrow widths it comes from the bottom. Focus is kept inside and returned on closing. */
export function Dialog({ open, onOpenChange, title, description, children, footer, width = 'md' }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onOpenAutoFocus={focusOnOpen}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={cn(
            'fixed z-40 flex max-h-[85dvh] flex-col border border-line bg-raised shadow-float focus:outline-none',
            'inset-x-0 bottom-0 rounded-t-lg md:inset-x-auto md:top-[12vh] md:bottom-auto md:left-1/2 md:-translate-x-1/2 md:rounded-lg',
            widths[width],
          )}
        >
          <div className="px-5 pt-4 pb-3">
            <Radix.Title className="pr-10 text-lead font-semibold">{title}</Radix.Title>
            {description !== undefined && <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>}
          </div>
          {children !== undefined && <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>}
          {footer !== undefined && <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
          {/* Last in order, so that the first control of the content gets the focus. */}
          <Radix.Close asChild>
            <IconButton icon={X} label="Close" className="absolute top-3 right-3" />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
