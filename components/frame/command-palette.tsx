'use client';

import { Dialog as Radix } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { paletteInput, palettePlaceholder } from './palette-input';

const PaletteBody = lazy(() => import('./palette-body').then((module) => ({ default: module.PaletteBody })));

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void; overview: ProjectOverview | undefined };

/** Everything by name: go somewhere, start something, switch project or theme. The dialog is there at once, so that no key that is typed gets lost or decides anything. */
export function CommandPalette({ open, onOpenChange, overview }: PaletteProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <Radix.Content aria-describedby={undefined} className="fixed inset-x-2 top-[10vh] z-50 mx-auto max-w-[560px] overflow-hidden rounded-lg border border-line bg-raised shadow-float focus:outline-none">
          <Radix.Title className="sr-only">Commands</Radix.Title>
          <Palette overview={overview} close={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What is typed before the list has come narrows it when it is there. */
function Palette({ overview, close }: { overview: ProjectOverview | undefined; close: () => void }) {
  const [search, setSearch] = useState('');
  return (
    <Suspense fallback={<input autoFocus aria-label="Commands" value={search} onChange={(event) => setSearch(event.target.value)} placeholder={palettePlaceholder} className={paletteInput} />}>
      <PaletteBody overview={overview} close={close} search={search} onSearch={setSearch} />
    </Suspense>
  );
}
