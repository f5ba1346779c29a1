'use client';

import { ArrowLeft, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/icon-button';

type DrawerProps = { label: string; title: ReactNode; /** To what the drawer showed before. */ onBack?: () => void; backLabel?: string; onClose: () => void; children: ReactNode };

/** Beside the map on wide screens, over its lower part on narrow ones. */
export function Drawer({ label, title, onBack, backLabel = 'Back', onClose, children }: DrawerProps) {
  return (
    <aside aria-label={label} className="flex min-h-0 w-[400px] shrink-0 flex-col border-l border-line bg-surface max-md:absolute max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:h-2/3 max-md:w-auto max-md:border-t max-md:border-l-0 max-md:bg-raised max-md:shadow-float">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-1 pl-4">
        {onBack && <IconButton icon={ArrowLeft} label={backLabel} onClick={onBack} className="-ml-3" />}
        <div className="flex min-w-0 flex-1 items-center gap-2 font-medium">{title}</div>
        <IconButton icon={X} label="Close" shortcut="Esc" onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}
