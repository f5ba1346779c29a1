'use client';

import { useEffect, useId, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { isModifier, type KeyChoice } from '@/lib/figures/key-choice';
import { capsOfChord, keyActions, type KeyAction, type KeyPress } from '@/lib/figures/keymap';
import { ChordCaps } from '../frame/chord-caps';
import { Button } from '../ui/button';
import { controlBase } from '../ui/field';

type Conflict = Extract<KeyChoice, { kind: 'conflict' }>;

/** The action that waits for its new key: what was refused last, or the key that another action has. */
export type Waiting = { readonly action: KeyAction; readonly refusal: string | null; readonly conflict: Conflict | null };

type KeyRowProps = {
  action: KeyAction;
  chords: readonly string[];
  changed: boolean;
  waiting: Waiting | null;
  onChange: () => void;
  onCancel: () => void;
  /** Tells what the press meant; only a free key ends the wait. */
  onPress: (event: KeyPress) => KeyChoice['kind'];
  onSwap: (conflict: Conflict) => void;
  onNone: () => void;
  onReset: () => void;
};

/** One action: what it does, its keys, and the buttons; while it waits, the field that takes the next key. */
export function KeyRow({ action, chords, changed, waiting, onChange, onCancel, onPress, onSwap, onNone, onReset }: KeyRowProps) {
  const change = useRef<HTMLButtonElement>(null);
  const { label } = keyActions[action];
  /** Ends the wait, or the reset; the focus goes back to where it began. */
  const finish = (act: () => void) => {
    flushSync(act);
    change.current?.focus();
  };
  const press = (event: KeyPress) => {
    let kind: KeyChoice['kind'] = 'leave';
    // Only after a free key the button is there again; else the wait goes on and the focus stays.
    finish(() => {
      kind = onPress(event);
    });
    return kind;
  };
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-2 pr-3 text-left font-normal">
        {label}
      </th>
      {waiting === null ? (
        <>
          <td className="py-2 pr-3">
            <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
              <ChordCaps chords={chords.map((chord) => capsOfChord(chord).split(' '))} />
              {changed && <span className="text-small text-muted">changed</span>}
            </span>
          </td>
          <td className="py-1">
            <span className="flex flex-wrap justify-end gap-1">
              {changed && (
                <Button size="sm" variant="ghost" aria-label={`Reset ${label}`} onClick={() => finish(onReset)}>
                  Reset
                </Button>
              )}
              <Button ref={change} size="sm" aria-label={`Change ${label}`} onClick={onChange}>
                Change
              </Button>
            </span>
          </td>
        </>
      ) : (
        <td colSpan={2} className="py-1">
          <Leaving {...(waiting.conflict === null && waiting.refusal === null ? { onLeave: onCancel } : {})} onEscape={() => finish(onCancel)}>
            {waiting.conflict === null ? (
              <KeyField label={label} refusal={waiting.refusal} onPress={press} />
            ) : (
              <ConflictChoice conflict={waiting.conflict} label={label} onSwap={(conflict) => finish(() => onSwap(conflict))} onOther={onChange} />
            )}
            <Button size="sm" variant="ghost" onClick={() => finish(onNone)}>
              No key
            </Button>
            <Button size="sm" variant="ghost" onClick={() => finish(onCancel)}>
              Cancel
            </Button>
          </Leaving>
        </td>
      )}
    </tr>
  );
}

/**
 * Around what waits: Escape ends it, and so does a focus that goes elsewhere. While a sentence stands there it stays:
 * a row that shrinks under the pointer would make the press miss its target.
 */
function Leaving({ onLeave, onEscape, children }: { onLeave?: () => void; onEscape: () => void; children: ReactNode }) {
  const blur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) onLeave?.();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onEscape();
  };
  return (
    // The keys that bubble here are those of the field and the buttons inside.
    <div onBlur={blur} onKeyDown={keyDown} className="flex flex-wrap items-center justify-end gap-1">
      {children}
    </div>
  );
}

/** Takes the next key. A field, not a button: screen readers hand single keys through only there. */
function KeyField({ label, refusal, onPress }: { label: string; refusal: string | null; onPress: (event: KeyPress) => KeyChoice['kind'] }) {
  const field = useRef<HTMLInputElement>(null);
  /** A modifier that went down: it may begin a chord, and is refused only when it is let go alone. */
  const held = useRef<string | null>(null);
  const note = useId();
  useEffect(() => field.current?.focus(), []);
  const down = (event: KeyboardEvent<HTMLInputElement>) => {
    held.current = isModifier(event) ? event.key : null;
    if (held.current !== null || event.repeat) return;
    const kind = onPress(event);
    if (kind === 'leave' || kind === 'cancel') return;
    event.preventDefault();
    event.stopPropagation();
  };
  const up = (event: KeyboardEvent<HTMLInputElement>) => {
    if (held.current === event.key) onPress(event);
    held.current = null;
  };
  return (
    <>
      <span id={note} role="status" className={refusal === null ? 'sr-only' : 'mr-auto text-small text-danger'}>
        {refusal ?? 'Escape cancels.'}
      </span>
      <input
        ref={field}
        readOnly
        value=""
        aria-label={`New key of: ${label}`}
        aria-describedby={note}
        aria-invalid={refusal === null ? undefined : true}
        placeholder="Press a key"
        onKeyDown={down}
        onKeyUp={up}
        className={`${controlBase} h-7 w-28 px-2 text-small max-md:h-10`}
      />
    </>
  );
}

/** The key belongs to another action: who has it, and what a swap would do. */
function ConflictChoice({ conflict, label, onSwap, onOther }: { conflict: Conflict; label: string; onSwap: (conflict: Conflict) => void; onOther: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const note = useId();
  useEffect(() => button.current?.focus(), []);
  const { chord, holder, given } = conflict;
  const other = keyActions[holder].label;
  const key = capsOfChord(chord);
  const outcome = given === null ? `“${other}” keeps its other key.` : given === '' ? `“${other}” would have no key.` : `“${other}” would get ${capsOfChord(given)}.`;
  return (
    <>
      <span id={note} className="mr-auto text-small">
        {key} is the key of “{other}”. If “{label}” takes it, {outcome}
      </span>
      <Button ref={button} size="sm" variant="primary" aria-describedby={note} onClick={() => onSwap(conflict)}>
        {given ? 'Swap' : `Take ${key}`}
      </Button>
      <Button size="sm" onClick={onOther}>
        Another key
      </Button>
    </>
  );
}
