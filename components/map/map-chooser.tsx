'use client';

import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Projection } from '@/lib/api/contracts/runs';
import { mapManner, mapName } from '@/lib/figures/map-words';
import { jobProgressLine } from '../jobs/job-words';
import { useJob } from '../jobs/use-jobs';
import { Select } from '../ui/select';
import { NewMap } from './new-map';

type ChooserProps = {
  projectId: string;
  /** Ready ones, newest first. */
  maps: readonly Projection[];
  map: Projection;
  pending: Projection | undefined;
  /** Null: the newest. */
  onMap: (id: string | null) => void;
};

/** A map that a worker computes now; one that a browser computes tells of itself elsewhere. */
function isWaiting(pending: Projection | undefined): pending is Projection {
  return pending !== undefined && pending.jobId !== null;
}

/** Which map is shown, and the one that is being computed. */
export function MapChooser({ projectId, maps, map, pending, onMap }: ChooserProps) {
  const job = useJob(projectId, pending?.jobId ?? null);
  return (
    <>
      {maps.length > 1 && <Select aria-label="Map" size="sm" className="w-80 max-w-full max-sm:w-full" value={map.id} onChange={onMap} options={maps.map((one) => ({ value: one.id, label: `${mapName(one)} · ${mapManner(one)}` }))} />}
      {isWaiting(pending) && (
        <p role="status" className="text-small text-muted tabular-nums">
          {pending.method}: {job ? jobProgressLine(job) : 'waiting for a worker'}
        </p>
      )}
    </>
  );
}

/** The way to another map, for those who may start one, while none is being computed. */
export function AnotherMap({ projectId, overview, pending, onMap }: Pick<ChooserProps, 'projectId' | 'pending' | 'onMap'> & { overview: ProjectOverview | undefined }) {
  if (isWaiting(pending) || overview?.role !== 'lead') return null;
  return <NewMap projectId={projectId} overview={overview} label="New map" size="sm" onStarted={() => onMap(null)} />;
}
