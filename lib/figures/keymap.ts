import { rejectReasonTerms, type RejectReason } from '@/lib/api/contracts/terms';

/** Everything that a key can do while samples are looked at, with the keys it has unless re-bound. */
export const keyActions = {
  accept: { label: 'Accept', keys: ['a'] },
  reject: { label: 'Reject, then 1 to 6 for the reason', keys: ['r'] },
  skip: { label: 'Skip', keys: ['s'] },
  undo: { label: 'Undo your last decision', keys: ['u', 'ctrl+z'] },
  next: { label: 'Next sample', keys: ['j', 'arrowright'] },
  previous: { label: 'Previous sample', keys: ['k', 'arrowleft'] },
  rowDown: { label: 'One row down', keys: ['arrowdown'] },
  rowUp: { label: 'One row up', keys: ['arrowup'] },
  first: { label: 'First sample', keys: ['home'] },
  last: { label: 'Last sample', keys: ['end'] },
  mark: { label: 'Select the sample for verbs on many', keys: ['x'] },
  extendNext: { label: 'Select on to the next', keys: ['shift+j', 'shift+arrowright'] },
  extendPrevious: { label: 'Select on to the previous', keys: ['shift+k', 'shift+arrowleft'] },
  flip: { label: 'Hold: nearest normal, or the chosen neighbour, in its place', keys: ['space'] },
  mask: { label: 'Mask, heat map, difference, image', keys: ['m'] },
  why: { label: 'Why this score', keys: ['i'] },
  zoom: { label: 'Fit or 1:1', keys: ['f'] },
  lasso: { label: 'Lasso', keys: ['l'] },
  pan: { label: 'Pan', keys: ['g'] },
  filter: { label: 'Filter', keys: ['/'] },
  help: { label: 'All keys', keys: ['?'] },
  cancel: { label: 'Close, clear', keys: ['escape'] },
} as const satisfies Record<string, { label: string; keys: readonly string[] }>;

export type KeyAction = keyof typeof keyActions;
export type KeyBindings = ReadonlyMap<string, KeyAction>;

/** Reasons in the order of their digits 1 to 6. */
export const rejectReasons: readonly RejectReason[] = rejectReasonTerms;

/** Actions that decide something: refused until the image that they are about has been painted. */
const deciding: ReadonlySet<KeyAction> = new Set(['accept', 'reject', 'skip']);
/** Keys that a focused button, link, tab or slider needs for itself, whatever they are bound to. */
const controlKeys: ReadonlySet<string> = new Set(['space', 'enter', 'arrowright', 'arrowleft', 'arrowdown', 'arrowup', 'home', 'end', 'pageup', 'pagedown']);

/** What the guards need to know of a keyboard event. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
};

export type KeySituation = {
  /** Focus is where text is typed. */
  readonly typing: boolean;
  /** A dialog or menu is open. */
  readonly dialogOpen: boolean;
  /** Focus is on a control that uses arrows, Space and the like itself. */
  readonly onControl: boolean;
  /** The image of the current sample is on the screen. */
  readonly painted: boolean;
  /** A rejection waits for its reason. */
  readonly choosingReason: boolean;
};

export type KeyOutcome =
  | { readonly kind: 'action'; readonly action: KeyAction }
  | { readonly kind: 'reason'; readonly reason: RejectReason }
  /** A decision that came too early: the image is not on the screen. */
  | { readonly kind: 'not-painted'; readonly action: KeyAction };

/** "ctrl+z", "a", "space", "?": the way a chord is written in bindings. Shift counts only with named keys. */
export function chordOf(press: KeyPress): string {
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const ctrl = press.ctrlKey || press.metaKey ? 'ctrl+' : '';
  const alt = press.altKey ? 'alt+' : '';
  const shift = press.shiftKey && (key.length > 1 || ctrl || alt) ? 'shift+' : '';
  return `${ctrl}${alt}${shift}${key}`;
}

/**
 * Bindings from the defaults and a person's own choice (action -> chord). The chosen chord replaces the first default one
 * and the others (arrows, Ctrl+Z) stay; the empty chord leaves the action without any key. A chord that was taken goes to
 * its new owner.
 */
export function bindKeys(own: Readonly<Record<string, string>> = {}): KeyBindings {
  const bindings = new Map<string, KeyAction>();
  const actions = Object.keys(keyActions) as KeyAction[];
  const taken = new Set(actions.map((action) => own[action]?.toLowerCase()));
  for (const action of actions) {
    const chosen = own[action]?.toLowerCase();
    if (chosen) bindings.set(chosen, action);
    if (chosen === '') continue;
    const [first, ...others]: readonly string[] = keyActions[action].keys;
    const defaults = chosen === undefined ? [first!, ...others] : others;
    for (const chord of defaults) if (!taken.has(chord)) bindings.set(chord, action);
  }
  return bindings;
}

/** The chords bound to an action, the one to print first. */
export function chordsOf(action: KeyAction, bindings: KeyBindings): string[] {
  return [...bindings].flatMap(([chord, bound]) => (bound === action ? [chord] : []));
}

const keyCaps: Readonly<Record<string, string>> = {
  space: 'Space', escape: 'Esc', arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓', home: 'Home', end: 'End', enter: 'Enter', pageup: 'PageUp', pagedown: 'PageDown',
};

/** The caps to print on a control: "A", "Ctrl Z"; the first chord bound to the action, null when it has none. */
export function capsOf(action: KeyAction, bindings: KeyBindings): string | null {
  const chord = chordsOf(action, bindings)[0];
  return chord === undefined ? null : capsOfChord(chord);
}

/** The caps of one chord, separated by spaces. */
export function capsOfChord(chord: string): string {
  return chord
    .split(/\+(?=.)/)
    .map((part) => keyCaps[part] ?? (part.length === 1 ? part.toUpperCase() : part[0]!.toUpperCase() + part.slice(1)))
    .join(' ');
}

/** What a key press means in a situation; null when it means nothing here and belongs to the browser. */
export function resolveKey(press: KeyPress, situation: KeySituation, bindings: KeyBindings): KeyOutcome | null {
  if (situation.typing || situation.dialogOpen) return null;
  const chord = chordOf(press);
  if (situation.choosingReason && /^[1-6]$/.test(chord) && !press.repeat) {
    return situation.painted ? { kind: 'reason', reason: rejectReasons[Number(chord) - 1]! } : { kind: 'not-painted', action: 'reject' };
  }
  // Shift counts with a letter only where something is bound to both.
  const action = (press.shiftKey && /^[a-z]$/.test(chord) ? bindings.get(`shift+${chord}`) : undefined) ?? bindings.get(chord);
  if (action === undefined) return null;
  if (situation.onControl && controlKeys.has(chord.slice(chord.lastIndexOf('+', chord.length - 2) + 1))) return null;
  if (deciding.has(action) || action === 'undo') return decide(action, press, situation);
  return { kind: 'action', action };
}

/** A held key must not decide a row of samples nobody looked at. */
function decide(action: KeyAction, press: KeyPress, { painted }: KeySituation): KeyOutcome | null {
  if (press.repeat) return null;
  return painted || action === 'undo' ? { kind: 'action', action } : { kind: 'not-painted', action };
}
