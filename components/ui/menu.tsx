'use client';

import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { Kbd } from './kbd';

const itemClass =
  'flex min-h-8 w-full cursor-default items-center gap-2 rounded-sm px-2 text-left text-body outline-none select-none data-[highlighted]:bg-pressed data-[disabled]:opacity-50 max-md:min-h-10';

/** A drop-down menu. `trigger` is one element that takes a ref (a Button or an IconButton). */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end'; side?: 'top' | 'right' | 'bottom' }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[70vh] min-w-48 max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = { children: ReactNode; icon?: LucideIcon; shortcut?: string; disabled?: boolean; danger?: boolean; onSelect?: () => void; href?: string };

export function MenuItem({ children, icon: Icon, shortcut, disabled = false, danger = false, onSelect, href }: ItemProps) {
  const content = (
    <>
      {Icon !== undefined && <Icon aria-hidden className="size-4 shrink-0 text-muted" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </>
  );
  return (
    <Radix.Item asChild={href !== undefined} disabled={disabled} className={cn(itemClass, danger && 'text-danger')} {...(onSelect === undefined ? {} : { onSelect })}>
      {href === undefined ? content : <Link href={href}>{content}</Link>}
    </Radix.Item>
  );
}

/** One of several choices, the current one ticked. */
export function MenuChoice<T extends string>({ value, onChange, options }: { value: T; onChange: (value: T) => void; options: readonly { value: T; label: string }[] }) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={itemClass}>
          <span className="flex size-4 items-center justify-center">
            <Radix.ItemIndicator>
              <Check aria-hidden className="size-4" />
            </Radix.ItemIndicator>
          </span>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-tiny text-faint">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="my-1 border-t border-line" />;
}
