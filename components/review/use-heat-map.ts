'use client';

import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import type { PatchMap } from '@/lib/api/contracts/patches';
import { addresses } from '@/lib/api/contracts/addresses';
import { heatMapSource } from '@/lib/figures/heat-map';
import { useFeatureSets } from '../features/use-features';
import { projectKey } from '../projects/keys';

export type HeatMap = {
  /** The project has heat maps. */
  readonly available: boolean;
  /** Why it has none; empty where it has, or while that is not known. */
  readonly absence: string;
  readonly map: PatchMap | null;
  /** Why the map of this sample is not there; null while it loads. */
  readonly problem: string | null;
};

/**
 * The heat map of a sample, asked for only when it is wanted.
 * @param runSetId feature set of the run that is looked at; its maps go before others
 */
export function useHeatMap(projectId: string, sampleId: string, runSetId: string | null, wanted: boolean): HeatMap {
  const sets = useFeatureSets(projectId);
  const { setId, absence } = sets.data === undefined ? { setId: null, absence: '' } : heatMapSource(sets.data, runSetId);
  const { data, error } = useQuery({
    queryKey: [...projectKey(projectId), 'patch-map', setId, sampleId],
    queryFn: ({ signal }) => getJson(addresses.patchMap, { params: { projectId, featureSetId: setId ?? '', sampleId }, signal }),
    enabled: wanted && setId !== null,
    staleTime: Infinity,
    meta: { immutable: true },
  });
  const missing = data?.map === null ? 'No heat map of this sample: it came after the maps were made.' : null;
  return { available: setId !== null, absence, map: data?.map ?? null, problem: error === null ? missing : `The heat map could not be loaded: ${error.message}` };
}
