'use client';

import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { paletteInput, palettePlaceholder } from './palette-input';

const PaletteBody = lazy(() => import('./palette-body').then((module) => ({ default: module.PaletteBody })));

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void; overview: ProjectOverview | undefined };

/** Everything by name: go somewhere, start something, switch project or theme. The dialog is there at once, so that no key that is typed gets lost or decides anything. */
export function CommandPalette({ open, onOpenChange, overview }: PaletteProps) {
  return open && <PaletteDialog overview={overview} close={() => onOpenChange(false)} />;
}

function PaletteDialog({ overview, close }: { overview: ProjectOverview | undefined; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing gives the focus back to what had it.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      role="dialog"
      data-state="open"
      aria-label="Commands"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // All that stands in the dialog is inside its only child: a press on the dialog itself is one beside it.
      onPointerDown={(event) => event.target === event.currentTarget && close()}
      className="fixed inset-x-2 top-[10vh] bottom-auto mx-auto w-[calc(100%-16px)] max-w-[560px] overflow-hidden rounded-lg border border-line bg-raised p-0 text-ink shadow-float backdrop:bg-scrim focus:outline-none"
    >
      <div>
        <Palette overview={overview} close={close} />
      </div>
    </dialog>
  );
}

/** What is typed before the list has come narrows it when it is there; an Enter before that chooses then. */
function Palette({ overview, close }: { overview: ProjectOverview | undefined; close: () => void }) {
  const [search, setSearch] = useState('');
  const [entered, setEntered] = useState(false);
  return (
    <Suspense fallback={<input autoFocus aria-label="Commands" value={search} onChange={(event) => setSearch(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && setEntered(true)} placeholder={palettePlaceholder} className={paletteInput} />}>
      <PaletteBody overview={overview} close={close} search={search} onSearch={setSearch} entered={entered} />
    </Suspense>
  );
}
