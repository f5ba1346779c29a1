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
  overview: ProjectOverview | undefined;
  /** Ready ones, newest first. */
  maps: readonly Projection[];
  map: Projection;
  pending: Projection | undefined;
  /** Null: the newest. */
  onMap: (id: string | null) => void;
};

/** Which map is shown, the one that is being computed, and the way to a new one. */
export function MapChooser({ projectId, overview, maps, map, pending, onMap }: ChooserProps) {
  const job = useJob(projectId, pending?.jobId ?? null);
  const isWaiting = pending !== undefined && pending.jobId !== null;
  return (
    <>
      {maps.length > 1 && <Select aria-label="Map" size="sm" className="w-80 max-w-full max-sm:w-full" value={map.id} onChange={onMap} options={maps.map((one) => ({ value: one.id, label: `${mapName(one)} · ${mapManner(one)}` }))} />}
      {isWaiting && (
        <p role="status" className="text-small text-muted tabular-nums">
          {pending.method}: {job ? jobProgressLine(job) : 'waiting for a worker'}
        </p>
      )}
      {!isWaiting && overview?.role === 'lead' && <NewMap projectId={projectId} overview={overview} label="New map" size="sm" onStarted={() => onMap(null)} />}
    </>
  );
}
