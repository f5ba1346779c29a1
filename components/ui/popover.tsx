'use client';

import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

/** A floating panel that belongs to its trigger (one element that takes a ref). */
export function Popover({ trigger, children, align = 'end', label, className, open, onOpenChange }: { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end'; label: string; className?: string; open?: boolean; onOpenChange?: (open: boolean) => void }) {
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={cn('z-50 max-h-[75vh] w-80 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg border border-line bg-raised shadow-float focus:outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
