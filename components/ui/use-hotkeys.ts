'use client';

import { useEffect, useEffectEvent } from 'react';

/** Key (as `KeyboardEvent.key`, letters in lower case, with "mod+" for Ctrl or Command and "shift+") to what it does. */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>;

/** The name under which a key press is looked up: "a", "?", "escape", "mod+k", "shift+arrowdown". */
export function hotkeyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  // Shift is part of "?" already; it is named only where it does not change the character.
  const shift = event.shiftKey && (key.length > 1 || mod !== '') ? 'shift+' : '';
  return `${event.altKey ? 'alt+' : ''}${mod}${shift}${key}`;
}

/** Whether a key press belongs to someone else: a text control, an open dialog or a menu. */
export function keysAreTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], [role=menu]') !== null) return true;
  return document.querySelector('[role=dialog][data-state=open]:not([data-hotkeys]), [role=alertdialog][data-state=open]') !== null;
}

/**
 * Listens for keys on the window while `enabled`. Ignored in text controls, menus and while a dialog is open
 * (a dialog with `data-hotkeys` lets them through). A handled key does nothing else in the browser.
 */
export function useHotkeys(keys: Hotkeys, enabled = true): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = keys[hotkeyName(event)];
    if (act === undefined || event.defaultPrevented || event.isComposing || keysAreTaken(event.target)) return;
    event.preventDefault();
    act(event);
  });
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [enabled]);
}
