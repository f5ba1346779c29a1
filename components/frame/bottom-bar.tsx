'use client';

import { LayoutGrid, ListChecks, Menu as MenuIcon, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '../ui/cn';
import { Menu, MenuItem, MenuLine } from '../ui/menu';
import { stageOf, stagePath, stages } from './stages';

const itemClass = 'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-tiny';

/** The stages at the bottom of narrow screens, within reach of the thumb. */
export function BottomBar({ projectId, isAdmin }: { projectId: string | undefined; isAdmin: boolean }) {
  const pathname = usePathname();
  const current = stageOf(pathname);
  if (projectId === undefined) return null;
  return (
    <nav aria-label="Stages" className="flex h-14 border-t border-line bg-surface md:hidden">
      {stages
        .filter((stage) => stage.main)
        .map(({ id, label, icon: Icon }) => (
          <Link key={id} href={stagePath(projectId, id)} aria-current={current?.id === id ? 'page' : undefined} className={cn(itemClass, current?.id === id ? 'font-medium text-accent' : 'text-muted')}>
            <Icon aria-hidden className="size-5" />
            {label}
          </Link>
        ))}
      <Menu
        side="top"
        align="end"
        trigger={
          <button type="button" className={cn(itemClass, current !== undefined && !current.main ? 'font-medium text-accent' : 'text-muted')}>
            <MenuIcon aria-hidden className="size-5" />
            More
          </button>
        }
      >
        <MenuItem icon={ListChecks} href={`/projects/${projectId}`}>
          Overview
        </MenuItem>
        {stages
          .filter((stage) => !stage.main)
          .map((stage) => (
            <MenuItem key={stage.id} icon={stage.icon} href={stagePath(projectId, stage.id)}>
              {stage.label}
            </MenuItem>
          ))}
        <MenuLine />
        <MenuItem icon={LayoutGrid} href="/">
          All projects
        </MenuItem>
        {isAdmin && (
          <MenuItem icon={Users} href="/admin/users">
            Users
          </MenuItem>
        )}
      </Menu>
    </nav>
  );
}
