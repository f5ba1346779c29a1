'use client';

import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { shortcuts } from './shortcuts';

/** All keys on one sheet. */
export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard" description="Single keys are ignored while you type and in dialogs." width="lg">
      <div className="grid gap-x-10 gap-y-5 md:grid-cols-2">
        {shortcuts.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-small font-medium text-muted">{group.title}</h3>
            <dl>
              {group.keys.map(([keys, what]) => (
                <div key={what} className="flex items-center justify-between gap-4 border-t border-line py-1">
                  <dt className="order-2 flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
