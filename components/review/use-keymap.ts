'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { getJson } from '@/lib/api/client';
import type { RejectReason } from '@/lib/api/contracts/common';
import { addresses } from '@/lib/api/contracts/addresses';
import { bindKeys, chordOf, resolveKey, type KeyAction, type KeyBindings } from '@/lib/figures/keymap';

/** The person's key bindings; the defaults until they are known. */
export function useKeyBindings(): KeyBindings {
  const { data } = useQuery({ queryKey: ['session'], queryFn: ({ signal }) => getJson(addresses.session, { signal }), staleTime: 60_000 });
  const own = data?.preferences.keys;
  return useMemo(() => bindKeys(own), [own]);
}

const typingTargets = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]';
/** A link takes Enter only. */
const controlTargets = 'button, summary, [role=button], [role=separator], [role=slider], [role=tab], [role=radio], [role=menuitem], input';
/** A neighbour that can be chosen: the key that is held to flip flips there too. */
const flipping = '[data-flips]';
const openDialogs = '[role=dialog][data-state=open]:not([data-hotkeys]), [role=alertdialog][data-state=open], [role=menu][data-state=open]';

function within(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

type KeymapOptions = {
  readonly bindings: KeyBindings;
  readonly painted: boolean;
  readonly choosingReason: boolean;
  /** What an action does here; actions that are left out keep their meaning in the browser. */
  readonly actions: { readonly [A in KeyAction]?: () => void };
  readonly onReason?: (reason: RejectReason) => void;
  /** A decision was asked for before the image was on the screen. */
  readonly onNotPainted?: () => void;
  /** The key that is held to flip was let go. */
  readonly onFlipEnd?: () => void;
};

/** Listens on the window for the keys of a working page, under the guards of lib/figures/keymap. */
export function useKeymap(options: KeymapOptions): void {
  const onDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const outcome = resolveKey(
      event,
      {
        typing: within(event.target, typingTargets),
        dialogOpen: document.querySelector(openDialogs) !== null,
        onControl: within(event.target, event.key === 'Enter' ? `${controlTargets}, a[href]` : controlTargets) && !(within(event.target, flipping) && options.bindings.get(chordOf(event)) === 'flip'),
        painted: options.painted,
        choosingReason: options.choosingReason,
      },
      options.bindings,
    );
    if (outcome === null) return;
    const run = runOf(outcome, options);
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
  const onUp = useEffectEvent((event: KeyboardEvent | FocusEvent) => {
    if (!(event instanceof KeyboardEvent) || options.bindings.get(event.key === ' ' ? 'space' : event.key.toLowerCase()) === 'flip') options.onFlipEnd?.();
  });
  useEffect(() => {
    const down = (event: KeyboardEvent) => onDown(event);
    const up = (event: KeyboardEvent | FocusEvent) => onUp(event);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', up);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', up);
    };
  }, []);
}

function runOf(outcome: NonNullable<ReturnType<typeof resolveKey>>, { actions, onReason, onNotPainted }: KeymapOptions): (() => void) | undefined {
  switch (outcome.kind) {
    case 'action':
      return actions[outcome.action];
    case 'reason':
      return onReason && (() => onReason(outcome.reason));
    case 'not-painted':
      return actions[outcome.action] && onNotPainted;
  }
}
