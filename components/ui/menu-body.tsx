'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import { Menu as Radix } from 'radix-ui/internal';
import { useRef, type ReactNode, type RefObject } from 'react';
import { cn } from './cn';
import { Kbd } from './kbd';
import { MenuPartsContext, type MenuChoiceProps, type MenuItemProps, type MenuParts } from './menu-parts';

const itemClass =
  'flex min-h-8 w-full cursor-default items-center gap-2 rounded-sm px-2 text-left text-body outline-none select-none data-[highlighted]:bg-pressed data-[disabled]:opacity-50 max-md:min-h-10';

type MenuBodyProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The trigger. */
  anchor: RefObject<HTMLElement | null>;
  /** It was opened by a key: its first item has the focus. */
  byKey: boolean;
  id: string;
  labelledBy: string;
  align: 'start' | 'end';
  side: 'top' | 'right' | 'bottom';
  children: ReactNode;
};

/** The menu of a trigger that stands elsewhere; when it closes, the focus goes back to the trigger unless it went elsewhere. */
export function MenuBody({ open, onOpenChange, anchor, byKey, id, labelledBy, align, side, children }: MenuBodyProps) {
  const leftByPointer = useRef(false);
  const entered = useRef(false);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Anchor virtualRef={anchor} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          aria-labelledby={labelledBy}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onEntryFocus={(event) => {
            // Only a key that is pressed inside the menu is known to it; the one that opened it was pressed outside.
            if (!byKey || entered.current) return;
            entered.current = true;
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.querySelector<HTMLElement>('[role^=menuitem]:not([data-disabled])')?.focus();
          }}
          onInteractOutside={(event) => {
            leftByPointer.current = true;
            // The trigger closes its menu itself.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!leftByPointer.current) anchor.current?.focus();
            leftByPointer.current = false;
            entered.current = false;
          }}
          className="z-50 max-h-[70vh] min-w-48 max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          <MenuPartsContext value={parts}>{children}</MenuPartsContext>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ children, icon: Icon, shortcut, disabled = false, danger = false, onSelect, href }: MenuItemProps) {
  const content = (
    <>
      {Icon !== undefined && <Icon aria-hidden className="size-4 shrink-0 text-muted" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut !== undefined && <Kbd className="pointer-coarse:hidden">{shortcut}</Kbd>}
    </>
  );
  return (
    <Radix.Item asChild={href !== undefined} disabled={disabled} className={cn(itemClass, danger && 'text-danger')} {...(onSelect === undefined ? {} : { onSelect })}>
      {href === undefined ? content : <Link href={href}>{content}</Link>}
    </Radix.Item>
  );
}

function Choice({ value, onChange, options }: MenuChoiceProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange}>
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

function Label({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-tiny text-faint">{children}</Radix.Label>;
}

function Line() {
  return <Radix.Separator className="my-1 border-t border-line" />;
}

const parts: MenuParts = { Item, Choice, Label, Line };
