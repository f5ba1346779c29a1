'use client';

import { ChevronsUpDown, LayoutGrid } from 'lucide-react';
import { useProjects } from '../projects/use-projects';
import { cn } from '../ui/cn';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu';

const listed = 12;

/** Two letters that stand for a project in the narrow rail. */
function initials(name: string): string {
  const words = name.split(/[\s_-]+/).filter((word) => word !== '');
  return (words.length > 1 ? `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}` : name.slice(0, 2)).toUpperCase();
}

/** The current project; opens the list of the others. */
export function ProjectSwitcher({ projectId, name, collapsed }: { projectId: string | undefined; name: string | undefined; collapsed: boolean }) {
  const { data } = useProjects();
  const shown = name ?? (projectId === undefined ? 'All projects' : '');
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Project: ${shown}. Switch project`}
          className={cn('flex h-9 items-center gap-2 rounded-md text-left hover:bg-hover data-[state=open]:bg-pressed', collapsed ? 'w-10 justify-center' : 'w-full px-2')}
        >
          <span aria-hidden className="flex size-6 shrink-0 items-center justify-center rounded-md bg-ink text-tiny font-semibold text-page">
            {projectId === undefined ? 'A' : initials(shown)}
          </span>
          {!collapsed && <span className="min-w-0 flex-1 truncate font-semibold">{shown}</span>}
          {!collapsed && <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />}
        </button>
      }
    >
      {(data?.projects.length ?? 0) > 0 && <MenuLabel>Projects</MenuLabel>}
      {data?.projects.slice(0, listed).map((project) => (
        <MenuItem key={project.id} href={`/projects/${project.id}`}>
          <span className={cn(project.id === projectId && 'font-semibold')}>{project.name}</span>
        </MenuItem>
      ))}
      {(data?.projects.length ?? 0) > 0 && <MenuLine />}
      <MenuItem icon={LayoutGrid} href="/">
        All projects
      </MenuItem>
    </Menu>
  );
}
