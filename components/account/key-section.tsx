'use client';

import { useState } from 'react';
import { chooseKey, isBindable, isChanged, keyGroups, withDefault, withKey, type KeyChoice, type OwnKeys } from '@/lib/figures/key-choice';
import { bindKeys, capsOfChord, chordsOf, keyActions, type KeyAction, type KeyPress } from '@/lib/figures/keymap';
import { useAnnounce } from '../ui/announcer';
import { Button } from '../ui/button';
import { Section } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { KeyRow, type Waiting } from './key-row';
import { useSaveKeys } from './use-own-keys';

const noOwnKeys: OwnKeys = {};
const groups = keyGroups.map(({ title, actions }) => ({ title, actions: actions.filter(isBindable) }));
const allActions = groups.flatMap(({ actions }) => actions);

/** "Accept is Y now." */
function sentence(action: KeyAction, own: OwnKeys): string {
  const chords = chordsOf(action, bindKeys(own)).map(capsOfChord);
  return `${keyActions[action].label}: ${chords.length === 0 ? 'no key' : chords.join(' or ')}.`;
}

/** Every action that a key does, with its keys and the means to change them. */
export function KeySection({ own = noOwnKeys }: { own?: OwnKeys | undefined }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const { save, error, retry } = useSaveKeys();
  const announce = useAnnounce();
  const bindings = bindKeys(own);
  const anyChanged = allActions.some((action) => isChanged(own, action));

  const store = (next: OwnKeys) => {
    setWaiting(null);
    save(next);
    announce(allActions.filter((action) => sentence(action, next) !== sentence(action, own)).map((action) => sentence(action, next)).join(' ') || 'Nothing changed.');
  };
  const press = (action: KeyAction, event: KeyPress): KeyChoice['kind'] => {
    const choice = chooseKey(event, action, own);
    if (choice.kind === 'free') store(withKey(own, action, choice.chord));
    if (choice.kind === 'conflict') setWaiting({ action, refusal: null, conflict: choice });
    if (choice.kind === 'refused') setWaiting({ action, refusal: choice.why, conflict: null });
    return choice.kind;
  };
  return (
    <Section
      title="Keys"
      summary="They work while you look at samples, not while you type. Esc, Enter and 1 to 6 stay as they are."
      actions={
        <Button
          size="sm"
          aria-disabled={!anyChanged || undefined}
          onClick={() => {
            if (anyChanged) store(noOwnKeys);
          }}
        >
          Reset all
        </Button>
      }
    >
      {error !== null && <ProblemNote error={error} title="The keys were not saved; those of before are back" onRetry={retry} className="mb-3" />}
      <table id="keys" className="w-full scroll-mt-4 border-collapse">
        <caption className="sr-only">Actions and their keys</caption>
        <thead>
          <tr className="text-left text-small text-muted">
            <th scope="col" className="py-1 pr-3 font-medium">
              Action
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              Keys
            </th>
            <th scope="col" className="py-1 font-medium">
              <span className="sr-only">Change</span>
            </th>
          </tr>
        </thead>
        {groups.map(({ title, actions }) => (
          <tbody key={title}>
            <tr>
              <th scope="rowgroup" colSpan={3} className="border-t border-line pt-3 pb-1 text-left text-small font-medium text-muted">
                {title}
              </th>
            </tr>
            {actions.map((action) => (
              <KeyRow
                key={action}
                action={action}
                chords={chordsOf(action, bindings)}
                changed={isChanged(own, action)}
                waiting={waiting?.action === action ? waiting : null}
                onChange={() => setWaiting({ action, refusal: null, conflict: null })}
                onCancel={() => setWaiting((last) => (last?.action === action ? null : last))}
                onPress={(event) => press(action, event)}
                onSwap={({ chord, holder, given }) => store(withKey(own, action, chord, { holder, given }))}
                onNone={() => store(withKey(own, action, ''))}
                onReset={() => store(withDefault(own, action))}
              />
            ))}
          </tbody>
        ))}
      </table>
    </Section>
  );
}
