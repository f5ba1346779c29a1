import { keyGroups } from '@/lib/figures/key-choice';
import { capsOfChord, chordsOf, keyActions, type KeyBindings } from '@/lib/figures/keymap';

/** One line of the help sheet: the chords that do it, each as its caps; none when it has no key. */
type Shortcut = { readonly what: string; readonly chords: readonly (readonly string[])[] };
type ShortcutGroup = { readonly title: string; readonly keys: readonly Shortcut[] };

const commands: Shortcut = { what: 'Commands: go to, start, switch', chords: [['Ctrl', 'K']] };
/** Keys of the sample grid; they are those of lists everywhere and not for choice. */
const samples: ShortcutGroup = {
  title: 'Samples',
  keys: [
    { what: 'Select all that match', chords: [['Ctrl', 'A']] },
    { what: 'Select a range', chords: [['Shift', 'Click']] },
    { what: 'Open the sample', chords: [['Enter']] },
    { what: 'Select the sample', chords: [['Space']] },
  ],
};

/** Keys of the Generate page. */
const generate: ShortcutGroup = {
  title: 'Generate',
  keys: [
    { what: 'Another seed', chords: [['N']] },
    { what: 'Make the batch', chords: [['Ctrl', 'Enter']] },
  ],
};

/** The keys that Assay knows, as they are bound now. */
export function shortcutGroups(bindings: KeyBindings): readonly ShortcutGroup[] {
  const bound = keyGroups.map(({ title, actions }, at) => ({
    title,
    keys: [
      ...(at === 0 ? [commands] : []),
      ...actions.map((action) => ({ what: keyActions[action].label, chords: chordsOf(action, bindings).map((chord) => capsOfChord(chord).split(' ')) })),
    ],
  }));
  return [...bound, samples, generate];
}
