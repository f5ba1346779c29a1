'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { PrivateBadge } from '../private/private-badge';
import { cn } from '../ui/cn';
import { Kbd } from '../ui/kbd';
import { stageOf } from './stages';

type TopLineProps = { projectId: string | undefined; overview: ProjectOverview | undefined; slotRef: (element: HTMLElement | null) => void; onPalette: () => void; children: ReactNode };

/** On a phone the badge of a private project takes the room that the run switcher needs; the bottom bar says where one is. */
const besideSlot = 'max-sm:group-has-[~div:not(:empty)]:sr-only';

const places: Record<string, string> = { '/': 'Projects', '/account': 'Account', '/admin/users': 'Users' };

/** Where am I; what every number on the page comes from; jobs, commands, account. */
export function TopLine({ projectId, overview, slotRef, onPalette, children }: TopLineProps) {
  const pathname = usePathname();
  const stage = stageOf(pathname)?.label ?? places[pathname] ?? (projectId === undefined ? '' : 'Overview');
  const isPrivate = overview?.isPrivate === true;
  return (
    <header className="flex h-11 min-w-0 items-center gap-2 border-b border-line bg-surface px-4 max-md:px-2">
      <nav aria-label="Where you are" className="group flex min-w-0 items-center gap-2">
        {projectId !== undefined && (
          <>
            <Link href={`/projects/${projectId}`} className="truncate text-muted hover:text-ink max-md:hidden">
              {overview?.name ?? '…'}
            </Link>
            <span aria-hidden className="text-faint max-md:hidden">
              /
            </span>
          </>
        )}
        <span aria-current="page" className={cn('truncate font-medium max-md:pl-2', isPrivate && besideSlot)}>
          {stage}
        </span>
      </nav>
      {isPrivate && <PrivateBadge />}
      <div ref={slotRef} className="flex min-w-0 flex-1 items-center gap-2 pl-2" />
      <button
        type="button"
        onClick={onPalette}
        aria-keyshortcuts="Control+K"
        aria-label="Commands"
        className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-muted hover:bg-hover hover:text-ink max-md:size-10 max-md:justify-center"
      >
        <Search aria-hidden className="size-4" />
        <span aria-hidden className="flex gap-0.5 max-lg:hidden pointer-coarse:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      {children}
    </header>
  );
}
