'use client';

import Link from 'next/link';
import { useKeyBindings } from '../review/use-keymap';
import { Dialog } from '../ui/dialog';
import { ChordCaps } from './chord-caps';
import { shortcutGroups } from './shortcuts';

/** All keys on one sheet, as the person has bound them. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const bindings = useKeyBindings();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard" description="Single keys are ignored while you type and in dialogs." width="lg">
      <div className="grid gap-x-10 gap-y-5 md:grid-cols-2">
        {shortcutGroups(bindings).map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-small font-medium text-muted">{group.title}</h3>
            <dl>
              {group.keys.map(({ what, chords }) => (
                <div key={what} className="flex items-center justify-between gap-4 border-t border-line py-1">
                  <dt className="order-2 shrink-0">
                    <ChordCaps chords={chords} />
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-5">
        <Link href="/account#keys" onClick={() => onOpenChange(false)} className="text-accent underline">
          Change keys
        </Link>
      </p>
    </Dialog>
  );
}
