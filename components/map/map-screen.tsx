'use client';

import { Map as MapIcon } from 'lucide-react';
import Link from 'next/link';
import type { Projection } from '@/lib/api/contracts/runs';
import { MapPanel } from '../compute/compute-panel';
import { stagePath } from '../frame/stages';
import { jobProgressLine } from '../jobs/job-words';
import { useJob } from '../jobs/use-jobs';
import { useStartProjection } from '../jobs/use-start';
import { RunSwitcher } from '../score/run-switcher';
import { useScoredRun } from '../score/use-scored-run';
import { useViewState } from '../score/use-view-state';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { Skeleton } from '../ui/skeleton';
import { MapWorkspace } from './map-workspace';
import { useMap } from './use-map';

/** Map: the samples in the plane, near ones near, coloured by what the scores and people say of them. */
export function MapScreen({ projectId, address }: { projectId: string; address: string }) {
  const [view, onView] = useViewState(address);
  const { overview, runs, run, table, retry, ...scored } = useScoredRun(projectId, view.run);
  const { map, none, pending, failure, ...mapped } = useMap(projectId);
  const error = mapped.error ?? scored.error;
  const retryAll = () => {
    retry();
    mapped.retry();
  };
  const ready = map !== null && (run === null || table !== undefined);
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <h1 className="sr-only">Map</h1>
      <RunSwitcher runs={runs} run={run} onRun={(id) => onView({ run: id })} />
      <MapPanel projectId={projectId} pending={pending} />
      {error && <ProblemNote className="m-4" error={error} onRetry={retryAll} />}
      {ready && <MapWorkspace projectId={projectId} address={address} projection={map.projection} columns={map.columns} run={run} scores={table ?? null} view={view} onView={onView} />}
      {none && <NoMap projectId={projectId} pending={pending} featureSetId={overview?.latestFeatureSetId ?? null} failure={failure} mayRun={overview?.role === 'lead'} />}
      {!ready && !none && !error && <Skeleton className="m-3 flex-1" />}
    </div>
  );
}

function NoMap({ projectId, pending, featureSetId, failure, mayRun }: { projectId: string; pending: Projection | undefined; featureSetId: string | null; /** Why the newest map has no result. */ failure: string | null; mayRun: boolean }) {
  const job = useJob(projectId, pending?.jobId ?? null);
  const start = useStartProjection(projectId);
  if (pending?.jobId === null) {
    return (
      <EmptyState icon={MapIcon} title="Computing the map">
        A browser computes the map of a private project; how far it is stands above.
      </EmptyState>
    );
  }
  if (pending) {
    return (
      <EmptyState icon={MapIcon} title="Computing the map">
        <p className="mb-3">{job ? jobProgressLine(job) : 'Waiting for a worker'}</p>
        <Progress value={job?.total ? job.done / job.total : null} label="Computing the map" />
      </EmptyState>
    );
  }
  if (featureSetId === null) {
    return (
      <EmptyState
        icon={MapIcon}
        title="No map yet"
        action={
          <Link href={stagePath(projectId, 'features')} className={buttonClass('primary')}>
            Go to features
          </Link>
        }
      >
        A map is computed from features, and there are none yet.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={MapIcon}
      title="No map yet"
      action={
        mayRun && (
          <Button variant="primary" busy={start.isPending} onClick={() => start.mutate({ featureSetId })}>
            Compute map
          </Button>
        )
      }
    >
      {failure !== null && <p className="mb-2 text-danger">The last map failed: {failure}</p>}
      <p>{mayRun ? 'A map lays the samples out in the plane (t-SNE) so that alike ones lie together.' : 'A lead of this project can compute the map.'}</p>
      {start.error && <ProblemNote className="mt-3 text-left" error={start.error} />}
    </EmptyState>
  );
}
