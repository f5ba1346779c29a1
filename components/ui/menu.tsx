'use client';

import { lazy, Suspense, use, useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { Attributed } from './attributed';
import { MenuPartsContext, type MenuItemProps, type MenuParts } from './menu-parts';
import { useOpened } from './use-opened';

const fetchBody = () => import('./menu-body');
const MenuBody = lazy(async () => ({ default: (await fetchBody()).MenuBody }));
/** Ahead of the press; one that fails is told when the menu is opened. */
const fetchAhead = () => void fetchBody().catch(() => undefined);

type MenuProps = { trigger: ReactElement<Record<string, unknown>>; children: ReactNode; align?: 'start' | 'end'; side?: 'top' | 'right' | 'bottom' };

/** A drop-down menu. `trigger` is one element that takes a ref (a Button or an IconButton). All but the trigger is fetched when it is pointed at. */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [byKey, setByKey] = useState(false);
  const opened = useOpened(open);
  const anchor = useRef<HTMLElement>(null);
  const [triggerId, menuId] = [useId(), useId()];
  const toggle = (keyboard: boolean) => {
    setByKey(keyboard);
    setOpen((last) => !last);
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0 || event.ctrlKey) return;
    toggle(false);
    // The menu takes the focus, not the button.
    if (!open) event.preventDefault();
  };
  const key = (event: KeyboardEvent) => {
    if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    if (event.key !== 'ArrowDown' || !open) toggle(true);
  };
  return (
    <>
      <Attributed
        element={trigger}
        ref={anchor}
        id={triggerId}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        data-state={open ? 'open' : 'closed'}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onPointerDown={press}
        onKeyDown={key}
      />
      {opened && (
        <Suspense fallback={open && <span hidden role="menu" data-state="open" />}>
          <MenuBody open={open} onOpenChange={setOpen} anchor={anchor} byKey={byKey} id={menuId} labelledBy={triggerId} align={align} side={side}>
            {children}
          </MenuBody>
        </Suspense>
      )}
    </>
  );
}

function useParts(): MenuParts {
  const parts = use(MenuPartsContext);
  if (parts === null) throw new Error('This stands in a Menu.');
  return parts;
}

export function MenuItem(props: MenuItemProps) {
  const { Item } = useParts();
  return <Item {...props} />;
}

/** One of several choices, the current one ticked. */
export function MenuChoice<T extends string>({ value, onChange, options }: { value: T; onChange: (value: T) => void; options: readonly { value: T; label: string }[] }) {
  const { Choice } = useParts();
  return <Choice value={value} onChange={(next) => onChange(next as T)} options={options} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label>{children}</Label>;
}

export function MenuLine() {
  const { Line } = useParts();
  return <Line />;
}
