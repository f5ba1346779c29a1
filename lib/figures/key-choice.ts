import { bindKeys, capsOfChord, chordOf, chordsOf, keyActions, type KeyAction, type KeyPress } from './keymap';

/** A person's own keys: action -> chord, only where they differ from the default; the empty chord means no key. */
export type OwnKeys = Readonly<Record<string, string>>;

/** The actions by the work that they belong to, as the help sheet and the account list them. */
export const keyGroups: readonly { readonly title: string; readonly actions: readonly KeyAction[] }[] = [
  { title: 'Everywhere', actions: ['help', 'filter', 'cancel'] },
  { title: 'Decide', actions: ['accept', 'reject', 'skip', 'undo'] },
  { title: 'Look', actions: ['flip', 'mask', 'zoom', 'why'] },
  { title: 'Move', actions: ['next', 'previous', 'rowDown', 'rowUp', 'first', 'last'] },
  { title: 'Select', actions: ['mark', 'extendNext', 'extendPrevious'] },
  { title: 'Map', actions: ['lasso', 'pan'] },
];

/** Esc closes dialogs in every program, so that it is not for choice. */
export const isBindable = (action: KeyAction): boolean => action !== 'cancel';

/** What a key press means for an action that waits for its new key. */
export type KeyChoice =
  | { readonly kind: 'cancel' }
  /** Focus moves on: the wait is not a trap. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'refused'; readonly why: string }
  /** Another action has the key. `given` is the chord it gets in a swap; null where it keeps another key of its own. */
  | { readonly kind: 'conflict'; readonly chord: string; readonly holder: KeyAction; readonly given: string | null }
  | { readonly kind: 'free'; readonly chord: string };

const modifiers: ReadonlySet<string> = new Set(['shift', 'control', 'alt', 'meta', 'altgraph', 'capslock', 'numlock', 'scrolllock', 'fn', 'os']);
/** Keys with a name that neither browsers nor systems use up. */
const namedKeys: ReadonlySet<string> = new Set([
  'space', 'arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'home', 'end', 'pageup', 'pagedown', 'insert', 'delete', 'backspace', 'f2', 'f4', 'f8', 'f9',
]);
/** Ctrl or Command with a letter is the browser's nearly everywhere; these are not. */
const ctrlChords: ReadonlySet<string> = new Set(['ctrl+z', 'ctrl+shift+z', 'ctrl+enter']);
/** Letters that open a menu or the address line together with Alt. */
const menuLetters = 'defvsbth';

/** Whether the key is one that is held together with others: Shift, Ctrl, Alt. */
export const isModifier = ({ key }: Pick<KeyPress, 'key'>): boolean => modifiers.has(key.toLowerCase());

/** Why a press cannot be bound to an action; null where it can. */
export function refusalOf(press: KeyPress, action: KeyAction): string | null {
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const chord = chordOf(press);
  if (isModifier(press)) return `${press.key} alone is no key. Press it together with another one.`;
  if (/^[1-6]$/.test(chord)) return '1 to 6 are the reasons of a rejection.';
  if (chord === 'enter') return 'Enter presses the button or opens the sample that has the focus.';
  if (chord === 'ctrl+k') return 'Ctrl K opens the commands.';
  const held = press.ctrlKey || press.metaKey || press.altKey || press.shiftKey;
  if (action === 'flip' && held) return 'This key is held down: choose one without Ctrl, Alt or Shift.';
  return isReserved(press, key, chord) ? `${capsOfChord(chord)} belongs to the browser or the system.` : null;
}

function isReserved(press: KeyPress, key: string, chord: string): boolean {
  if (press.ctrlKey || press.metaKey) return !ctrlChords.has(chord);
  if (press.altKey) return key.length > 1 || menuLetters.includes(key);
  return [...key].length > 1 && !namedKeys.has(key);
}

/** What to do with a key press while `action` waits for its new key. */
export function chooseKey(press: KeyPress, action: KeyAction, own: OwnKeys): KeyChoice {
  const chord = chordOf(press);
  if (chord === 'escape') return { kind: 'cancel' };
  if (chord === 'tab' || chord === 'shift+tab') return { kind: 'leave' };
  const why = refusalOf(press, action);
  if (why !== null) return { kind: 'refused', why };
  const bindings = bindKeys(own);
  const holder = bindings.get(chord);
  if (holder === undefined || holder === action) return { kind: 'free', chord };
  const keepsAnother = chordsOf(holder, bindings)[0] !== chord;
  const given = keepsAnother ? null : swappable(chordsOf(action, bindings)[0] ?? '', holder);
  return { kind: 'conflict', chord, holder, given };
}

/** The key that is held to flip takes no Ctrl, Alt or Shift, not in a swap either: it gets none then. */
function swappable(chord: string, holder: KeyAction): string {
  return holder === 'flip' && chord.lastIndexOf('+', chord.length - 2) > 0 ? '' : chord;
}

/** Gives a chord (or none: '') to an action; `swap` says what its former holder gets. */
export function withKey(own: OwnKeys, action: KeyAction, chord: string, swap?: { readonly holder: KeyAction; readonly given: string | null }): OwnKeys {
  const next: Record<string, string> = { ...own, [action]: chord };
  if (swap && swap.given !== null) next[swap.holder] = swap.given;
  return tidy(next);
}

/**
 * Gives an action its default keys back. Who took the first of them gets, in turn, the key that the action had; who took
 * another one, or cannot get that key, gets its own default back.
 */
export function withDefault(own: OwnKeys, action: KeyAction): OwnKeys {
  const former = own[action];
  const next = without(own, action);
  for (const chord of keyActions[action].keys) {
    const taker = (Object.keys(next) as KeyAction[]).find((other) => next[other] === chord);
    if (taker === undefined) continue;
    const given = former && chord === keyActions[action].keys[0] ? swappable(former, taker) : '';
    if (given === '') delete next[taker];
    else next[taker] = given;
  }
  return tidy(next);
}

/** Whether an action answers to other keys than by default. */
export function isChanged(own: OwnKeys, action: KeyAction): boolean {
  return chordsOf(action, bindKeys(own)).join(' ') !== keyActions[action].keys.join(' ');
}

function without(own: OwnKeys, action: KeyAction): Record<string, string> {
  return Object.fromEntries(Object.entries(own).filter(([other]) => other !== action));
}

/** Leaves out what is the default anyway, so that a later default reaches those who never chose. */
function tidy(own: OwnKeys): OwnKeys {
  return Object.fromEntries(Object.entries(own).filter(([action, chord]) => !Object.hasOwn(keyActions, action) || keyActions[action as KeyAction].keys[0] !== chord));
}
