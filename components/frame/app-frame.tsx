'use client';

import { KeyRound } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useParams } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { useAccountTheme } from '../account/use-choose-theme';
import { JobTray } from '../jobs/job-tray';
import { useProjectOverview } from '../projects/use-projects';
import { useKeyBindings, useKeymap } from '../review/use-keymap';
import { UploadIndicator } from '../upload/upload-indicator';
import { useHotkeys } from '../ui/use-hotkeys';
import { useOpened } from '../ui/use-opened';
import { BottomBar } from './bottom-bar';
import { CommandPalette } from './command-palette';
import type { FrameUser } from './frame-user';
import { Rail } from './rail';
import { stagePath } from './stages';
import { keepCookie, railCookie } from './theme';
import { TopLine } from './top-line';
import { TopLineSlotProvider } from './top-line-slot';
import { UserMenu } from './user-menu';

// Only browsers of private projects compute.
const ComputeIndicator = dynamic(() => import('../compute/compute-indicator').then((module) => module.ComputeIndicator));
// Fetched when it is asked for first.
const ShortcutSheet = dynamic(() => import('./shortcut-sheet').then((module) => module.ShortcutSheet));

/** Rail, top line and the page between them. The page scrolls in its own box, so that it can also fill the screen. */
export function AppFrame({ user, railCollapsed, children }: { user: FrameUser; railCollapsed: boolean; children: ReactNode }) {
  const { projectId } = useParams<{ projectId?: string }>();
  const { data: overview } = useProjectOverview(projectId);
  const [collapsed, setCollapsed] = useState(railCollapsed);
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const sheetOpened = useOpened(sheet);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useAccountTheme();
  useHotkeys({ 'mod+k': () => setPalette(true) });
  useKeymap({ bindings: useKeyBindings(), painted: true, choosingReason: false, actions: { help: () => setSheet(true) } });
  const collapse = (next: boolean) => {
    setCollapsed(next);
    keepCookie(railCookie, next ? 'narrow' : 'wide');
  };
  return (
    <div className="grid h-dvh grid-cols-[auto_minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto]">
      <a href="#main" className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-page focus:not-sr-only focus:absolute focus:top-1 focus:left-1">
        Skip to the page
      </a>
      <Rail projectId={projectId} overview={overview} isAdmin={user.isAdmin} collapsed={collapsed} onCollapse={collapse} />
      <div className="col-start-2 min-w-0 max-md:col-span-2 max-md:col-start-1">
        <TopLine projectId={projectId} overview={overview} slotRef={setSlot} onPalette={() => setPalette(true)}>
          {projectId !== undefined && <UploadIndicator projectId={projectId} href={stagePath(projectId, 'samples')} />}
          {projectId !== undefined && overview?.isPrivate === true && <ComputeIndicator key={`compute ${projectId}`} projectId={projectId} />}
          {projectId !== undefined && <JobTray key={projectId} projectId={projectId} mayAct={overview?.role === 'lead'} />}
          <UserMenu user={user} onShortcuts={() => setSheet(true)} />
        </TopLine>
        {user.mustSetPassword && (
          <p className="flex flex-wrap items-center gap-2 border-b border-line bg-warning-surface px-4 py-1.5">
            <KeyRound aria-hidden className="size-4 text-warning" />
            Other machines can reach Assay and your account has no password yet.
            <Link href="/account" className="font-medium text-accent underline">
              Set a password
            </Link>
          </p>
        )}
      </div>
      <TopLineSlotProvider value={slot}>
        <main id="main" tabIndex={-1} className="col-start-2 min-h-0 min-w-0 overflow-y-auto focus:outline-none max-md:col-span-2 max-md:col-start-1">
          {children}
        </main>
      </TopLineSlotProvider>
      <div className="col-span-2">
        <BottomBar projectId={projectId} isAdmin={user.isAdmin} />
      </div>
      <CommandPalette open={palette} onOpenChange={setPalette} overview={overview} />
      {sheetOpened && <ShortcutSheet open={sheet} onOpenChange={setSheet} />}
    </div>
  );
}
