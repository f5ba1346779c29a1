'use client';

import { FolderPlus } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import type { Project } from '@/lib/api/contracts/projects';
import { countOf, formatDate } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { CreateProjectDialog } from './create-project-dialog';
import { useProjects } from './use-projects';

/** All projects of the person. */
export function ProjectsScreen() {
  const { data, error, refetch, isFetching } = useProjects();
  const router = useRouter();
  const pathname = usePathname();
  const creating = useSearchParams().get('new') === '1';
  const setCreating = (open: boolean) => router.replace(open ? `${pathname}?new=1` : pathname);
  const button = (
    <Button variant="primary" icon={FolderPlus} onClick={() => setCreating(true)}>
      New project
    </Button>
  );
  return (
    <Page title="Projects" summary="One project per inspected object." actions={(data?.projects.length ?? 0) > 0 ? button : undefined} width="text">
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && error === null && <Skeleton className="h-32" />}
      {data?.projects.length === 0 && (
        <EmptyState title="No project yet" action={button}>
          A project holds the images of one inspected object: normals, real anomalies, and the synthetic ones to be judged.
        </EmptyState>
      )}
      {data !== undefined && data.projects.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {data.projects.map((project) => (
            <ProjectLine key={project.id} project={project} />
          ))}
        </ul>
      )}
      <CreateProjectDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}

function ProjectLine({ project }: { project: Project }) {
  return (
    <li>
      <Link href={`/projects/${project.id}`} className="-mx-2 flex flex-wrap items-baseline gap-x-4 rounded-md px-2 py-2.5 hover:bg-hover">
        <span className="min-w-0 flex-1 truncate font-medium">
          {project.name}
          {project.isPrivate && <span className="ml-2 rounded-sm border border-line-strong px-1 text-tiny font-normal text-muted">private</span>}
          {project.demoProduct !== null && <span className="ml-2 rounded-sm border border-line-strong px-1 text-tiny font-normal text-muted">demo</span>}
        </span>
        <span className="w-40 truncate text-muted max-md:order-3 max-md:w-auto">{project.objectName}</span>
        <span className="w-28 text-right text-muted">{countOf(project.sampleCount, 'sample')}</span>
        <span className="w-24 text-right text-muted max-md:hidden">{formatDate(project.createdAt)}</span>
      </Link>
    </li>
  );
}
