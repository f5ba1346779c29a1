'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { startModelSelection } from '@/app/actions/selections';
import { callAction, getColumns, getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { ModelSelection, StartModelSelection } from '@/lib/api/contracts/selections';
import { mapGroups } from '@/lib/figures/selection/map-groups';
import { refreshJobs, refreshProject } from '../../jobs/use-jobs';
import { projectKey } from '../../projects/keys';

const keys = {
  list: (projectId: string) => [...projectKey(projectId), 'model-selections'] as const,
  map: (projectId: string, selectionId: string) => [...projectKey(projectId), 'model-selection-map', selectionId] as const,
};

const liveMs = 2_000;

/** Selections of models of a project, newest first; followed while one is being made. */
export function useSelections(projectId: string) {
  return useQuery({
    queryKey: keys.list(projectId),
    queryFn: async ({ signal }): Promise<ModelSelection[]> => (await getJson(addresses.selections, { params: { projectId }, signal })).selections,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'pending') ? liveMs : false),
  });
}

/** Where the samples of a selection lie in the vectors of the pick; never changes. */
export function useSelectionMap(projectId: string, selectionId: string) {
  return useQuery({
    queryKey: keys.map(projectId, selectionId),
    queryFn: async ({ signal }) => mapGroups(await getColumns(addresses.selectionMap, { params: { projectId, selectionId }, signal })),
    staleTime: Infinity,
    structuralSharing: false,
    meta: { immutable: true },
  });
}

export function useStartSelection(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<StartModelSelection, 'projectId'>) => callAction(startModelSelection, { projectId, ...input }),
    onSuccess: () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]),
  });
}
