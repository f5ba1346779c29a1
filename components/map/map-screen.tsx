'use client';

import { Map as MapIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Projection } from '@/lib/api/contracts/runs';
import { StageLink } from '../frame/stage-link';
import { stagePath } from '../frame/stages';
import { jobProgressLine } from '../jobs/job-words';
import { useJob } from '../jobs/use-jobs';
import { useStartProjection } from '../jobs/use-start';
import { useIsPrivate } from '../private/private-project';
import { RunSwitcher } from '../score/run-switcher';
import { useScoredRun } from '../score/use-scored-run';
import { useViewState } from '../score/use-view-state';
import { ViewsMenu } from '../score/views-menu';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { AnotherMap, MapChooser } from './map-chooser';
import { MapWorkspace } from './map-workspace';
import { NewMap } from './new-map';
import { useMap } from './use-map';

// Only browsers of private projects compute maps.
const MapPanel = dynamic(() => import('../compute/compute-panel').then((module) => module.MapPanel));

/** Map: the samples in the plane, near ones near, coloured by what the scores and people say of them. */
export function MapScreen({ projectId, address }: { projectId: string; address: string }) {
  const [view, onView] = useViewState(address);
  const isPrivate = useIsPrivate();
  const { overview, runs, run, table, retry, ...scored } = useScoredRun(projectId, view.run);
  const [params, changeAddress] = useUrlState();
  const { map, ready: maps, none, pending, failure, ...mapped } = useMap(projectId, params.get('map'));
  const error = mapped.error ?? scored.error;
  const retryAll = () => {
    retry();
    mapped.retry();
  };
  const onMap = (id: string | null) => changeAddress({ map: id });
  const ready = map !== null && (run === null || table !== undefined);
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <h1 className="sr-only">Map</h1>
      <RunSwitcher runs={runs} run={run} onRun={(id) => onView({ run: id })}>
        <ViewsMenu projectId={projectId} page="map" onView={onView} />
      </RunSwitcher>
      {isPrivate && <MapPanel projectId={projectId} pending={pending} />}
      {error && <ProblemNote className="m-4" error={error} onRetry={retryAll} />}
      {ready && (
        <MapWorkspace
          projectId={projectId}
          address={address}
          projection={map.projection}
          columns={map.columns}
          run={run}
          runs={runs ?? []}
          scores={table ?? null}
          view={view}
          onView={onView}
          chooser={<MapChooser projectId={projectId} maps={maps} map={map.projection} pending={pending} onMap={onMap} />}
          another={<AnotherMap projectId={projectId} overview={overview} pending={pending} onMap={onMap} />}
        />
      )}
      {none && <NoMap projectId={projectId} pending={pending} failure={failure} overview={overview} />}
      {!ready && !none && !error && <Skeleton className="m-3 flex-1" />}
    </div>
  );
}

type NoMapProps = { projectId: string; pending: Projection | undefined; overview: ProjectOverview | undefined; /** Why the newest map has no result. */ failure: string | null };

function NoMap({ projectId, pending, overview, failure }: NoMapProps) {
  const job = useJob(projectId, pending?.jobId ?? null);
  const featureSetId = overview?.latestFeatureSetId ?? null;
  if (pending?.jobId === null) {
    return (
      <EmptyState icon={MapIcon} title="Computing the map" action={null}>
        A browser computes the map of a private project; how far it is stands above.
      </EmptyState>
    );
  }
  if (pending) {
    return (
      <EmptyState icon={MapIcon} title="Computing the map" action={null}>
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
  return <FirstMap projectId={projectId} overview={overview} featureSetId={featureSetId} failure={failure} />;
}

function FirstMap({ projectId, overview, featureSetId, failure }: Pick<NoMapProps, 'projectId' | 'overview' | 'failure'> & { featureSetId: string }) {
  const start = useStartProjection(projectId);
  const mayRun = overview?.role === 'lead';
  return (
    <EmptyState
      icon={MapIcon}
      title="No map yet"
      action={
        !mayRun ? (
          <StageLink projectId={projectId} to="scores">
            Go to the scores
          </StageLink>
        ) : (
          <div className="flex flex-wrap justify-center gap-2">
            <Button variant="primary" busy={start.isPending} onClick={() => start.mutate({ featureSetId })}>
              Compute map
            </Button>
            <NewMap projectId={projectId} overview={overview} label="Choose how" />
          </div>
        )
      }
    >
      {failure !== null && <p className="mb-2 text-danger">The last map failed: {failure}</p>}
      <p>{mayRun ? 'A map lays the samples out in the plane (t-SNE) so that alike ones lie together.' : 'A lead of this project can compute the map.'}</p>
      {start.error && <ProblemNote className="mt-3 text-left" error={start.error} />}
    </EmptyState>
  );
}
