'use client';

import { Command } from 'cmdk';
import { Bookmark, Boxes, FileText, FlaskConical, FolderPlus, Gauge, LayoutGrid, ListChecks, Map as MapIcon, SlidersHorizontal, SunMoon, Upload, type LucideIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { useChooseTheme } from '../account/use-choose-theme';
import { useStartProjection, useStartRuns } from '../jobs/use-start';
import { useProjects } from '../projects/use-projects';
import { useViews, viewPath } from '../score/use-views';
import { useConfirmation } from '../ui/toaster';
import { ProblemNote } from '../ui/problem';
import { matchCommand } from './match-command';
import { paletteInput, palettePlaceholder } from './palette-input';
import { stageParts, stagePath, stages } from './stages';
import { themes } from './theme';

type PaletteBodyProps = { overview: ProjectOverview | undefined; close: () => void; search: string; onSearch: (search: string) => void; /** Enter was pressed before this was there. */ entered: boolean };

/** The list of commands that a text narrows. */
export function PaletteBody({ overview, close, search, onSearch, entered }: PaletteBodyProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!entered) return;
    // The list is in its order, the best first, when it is drawn.
    const frame = requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[cmdk-item]')?.click());
    return () => cancelAnimationFrame(frame);
  }, [entered]);
  const router = useRouter();
  const { data } = useProjects();
  const { choose } = useChooseTheme();
  const go = (href: string) => () => {
    close();
    router.push(href);
  };
  return (
    <Command label="Commands" loop filter={(value, typed, keywords) => matchCommand(keywords?.join(' ') ?? value, typed)}>
      <Command.Input autoFocus value={search} onValueChange={onSearch} placeholder={palettePlaceholder} className={paletteInput} />
      <Command.List ref={list} className="max-h-[50vh] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-6 text-center text-muted">No command has that name.</Command.Empty>
        {overview !== undefined && (
          <>
            <Group heading="Go to">
              <Item icon={ListChecks} onSelect={go(`/projects/${overview.id}`)}>
                Overview
              </Item>
              {stages.map((stage) => (
                <Item key={stage.id} icon={stage.icon} onSelect={go(stagePath(overview.id, stage.id))}>
                  {stage.label}
                </Item>
              ))}
              {stageParts.map(({ stage, path, label }) => (
                <Item key={path} icon={stages.find(({ id }) => id === stage)?.icon ?? ListChecks} onSelect={go(stagePath(overview.id, path))}>
                  {label}
                </Item>
              ))}
            </Group>
            <ViewsGroup projectId={overview.id} go={go} />
            {overview.role === 'lead' && <StartGroup overview={overview} close={close} go={go} />}
          </>
        )}
        <Group heading="Projects">
          {data?.projects.map((project) => (
            <Item key={project.id} id={project.id} kind="project" icon={LayoutGrid} onSelect={go(`/projects/${project.id}`)}>
              {project.name}
            </Item>
          ))}
          <Item icon={FolderPlus} onSelect={go('/?new=1')}>
            New project
          </Item>
        </Group>
        <Group heading="Theme">
          {themes.map(({ value, label }) => (
            <Item
              key={value}
              id={value}
              kind="theme"
              icon={SunMoon}
              onSelect={() => {
                choose(value);
                close();
              }}
            >
              {label}
            </Item>
          ))}
        </Group>
      </Command.List>
    </Command>
  );
}

function ViewsGroup({ projectId, go }: { projectId: string; go: (href: string) => () => void }) {
  const { data: views } = useViews(projectId);
  if (views === undefined || views.length === 0) return null;
  return (
    <Group heading="Views">
      {views.map((view) => (
        <Item key={view.id} id={view.id} kind="view" icon={Bookmark} onSelect={go(viewPath(projectId, view))}>
          {view.name}
        </Item>
      ))}
    </Group>
  );
}

function StartGroup({ overview, close, go }: { overview: ProjectOverview; close: () => void; go: (href: string) => () => void }) {
  const confirm = useConfirmation();
  const run = useStartRuns(overview.id);
  const projection = useStartProjection(overview.id);
  const featureSetId = overview.latestFeatureSetId;
  const failure = run.error ?? projection.error;
  const done = (message: string) => () => {
    close();
    confirm(message);
  };
  return (
    <Group heading="Start">
      <Item icon={Upload} onSelect={go(stagePath(overview.id, 'samples'))}>
        Add samples
      </Item>
      <Item icon={Boxes} onSelect={go(`${stagePath(overview.id, 'features')}?extract=1`)}>
        Extract features
      </Item>
      <Item icon={FlaskConical} onSelect={go(`${stagePath(overview.id, 'experiments')}?new=1`)}>
        New experiment
      </Item>
      <Item icon={SlidersHorizontal} onSelect={go(`${stagePath(overview.id, 'select')}/models`)}>
        Choose a network without labels
      </Item>
      <Item icon={FileText} onSelect={go(`${stagePath(overview.id, 'exports')}?new=1&format=report`)}>
        Make a report
      </Item>
      {featureSetId !== null && (
        <>
          <Item icon={Gauge} onSelect={() => run.mutate({ featureSetId }, { onSuccess: done('Scoring started') })}>
            Score with EAP, default settings
          </Item>
          <Item icon={MapIcon} onSelect={() => projection.mutate({ featureSetId }, { onSuccess: done('The map is being drawn') })}>
            Draw the map
          </Item>
        </>
      )}
      {failure !== null && <ProblemNote error={failure} className="m-1" />}
    </Group>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group heading={heading} className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-tiny [&_[cmdk-group-heading]]:text-faint">
      {children}
    </Command.Group>
  );
}

type ItemProps = { icon: LucideIcon; children: string; onSelect: () => void; /** What the command is about, where several may bear one name. */ id?: string; /** Typed with or without the name: "theme dark". */ kind?: string };

function Item({ icon: Icon, children, onSelect, id = children, kind = '' }: ItemProps) {
  return (
    <Command.Item value={`${kind} ${id}`} keywords={[children, kind]} onSelect={onSelect} className="flex h-9 cursor-default items-center gap-3 rounded-sm px-3 data-[selected=true]:bg-pressed">
      <Icon aria-hidden className="size-4 text-muted" />
      <span className="truncate">{children}</span>
    </Command.Item>
  );
}
