'use client';

import { LayoutGrid, ListChecks, PanelLeftClose, PanelLeftOpen, Users, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { cn } from '../ui/cn';
import { IconButton } from '../ui/icon-button';
import { Tooltip } from '../ui/tooltip';
import { ProjectSwitcher } from './project-switcher';
import { stagePath, stages } from './stages';

type RailProps = { projectId: string | undefined; overview: ProjectOverview | undefined; isAdmin: boolean; collapsed: boolean; onCollapse: (collapsed: boolean) => void };

/** The stages of the project at the left edge, each with its state at a glance. */
export function Rail({ projectId, overview, isAdmin, collapsed, onCollapse }: RailProps) {
  return (
    <div className={cn('row-span-2 hidden min-h-0 flex-col border-r border-line bg-surface md:flex', collapsed ? 'w-14' : 'w-[200px]')}>
      <div className="flex h-11 shrink-0 items-center border-b border-line px-2">
        <ProjectSwitcher projectId={projectId} name={overview?.name} collapsed={collapsed} />
      </div>
      <nav aria-label={projectId === undefined ? 'Assay' : 'Stages'} className="flex min-h-0 flex-1 flex-col gap-px overflow-y-auto p-2">
        {projectId === undefined ? (
          <>
            <RailLink href="/" icon={LayoutGrid} label="Projects" collapsed={collapsed} exact />
            {isAdmin && <RailLink href="/admin/users" icon={Users} label="Users" collapsed={collapsed} />}
          </>
        ) : (
          <>
            <RailLink href={`/projects/${projectId}`} icon={ListChecks} label="Overview" collapsed={collapsed} exact />
            {stages.map((stage) => (
              <RailLink key={stage.id} href={stagePath(projectId, stage.id)} icon={stage.icon} label={stage.label} glance={overview === undefined ? '' : stage.glance(overview)} collapsed={collapsed} />
            ))}
          </>
        )}
      </nav>
      <div className={cn('flex border-t border-line p-2', collapsed ? 'justify-center' : 'justify-end')}>
        <IconButton icon={collapsed ? PanelLeftOpen : PanelLeftClose} label={collapsed ? 'Widen the rail' : 'Narrow the rail'} onClick={() => onCollapse(!collapsed)} />
      </div>
    </div>
  );
}

type RailLinkProps = { href: string; icon: LucideIcon; label: string; glance?: string; collapsed: boolean; exact?: boolean };

function RailLink({ href, icon: Icon, label, glance = '', collapsed, exact = false }: RailLinkProps) {
  const pathname = usePathname();
  const current = pathname === href || (!exact && pathname.startsWith(`${href}/`));
  const tone = current ? 'bg-pressed font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink';
  const icon = <Icon aria-hidden className={cn('size-4 shrink-0', current && 'text-accent')} />;
  if (collapsed) {
    const name = glance === '' ? label : `${label}, ${glance}`;
    return (
      <Tooltip text={name} side="right">
        <Link href={href} aria-current={current ? 'page' : undefined} aria-label={name} className={cn('flex h-8 w-10 shrink-0 items-center justify-center rounded-md', tone)}>
          {icon}
        </Link>
      </Tooltip>
    );
  }
  return (
    <Link href={href} aria-current={current ? 'page' : undefined} className={cn('flex h-8 shrink-0 items-center gap-2 rounded-md px-2', tone)}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {glance !== '' && <span className="shrink-0 text-small text-muted">{glance}</span>}
    </Link>
  );
}
