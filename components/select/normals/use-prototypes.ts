'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { startPrototypeSearch } from '@/app/actions/prototypes';
import { callAction, getJson, sendBody } from '@/lib/api/client';
import type { PrototypeSearch, PrototypeSettings, StartPrototypeSearch } from '@/lib/api/contracts/prototypes';
import { addresses } from '@/lib/api/contracts/addresses';
import { refreshJobs, refreshProject } from '../../jobs/use-jobs';
import { projectKey } from '../../projects/keys';

const keys = {
  list: (projectId: string) => [...projectKey(projectId), 'prototypes'] as const,
  estimate: (projectId: string, featureSetId: string, settings: PrototypeSettings) => [...projectKey(projectId), 'prototypes', 'estimate', featureSetId, settings] as const,
  tail: (projectId: string, searchId: string) => [...projectKey(projectId), 'prototypes', searchId, 'tail'] as const,
  excluded: (projectId: string) => [...projectKey(projectId), 'samples', 'excluded'] as const,
};

/** Searches of a project, newest first; followed while one runs. */
export function usePrototypeSearches(projectId: string) {
  return useQuery({
    queryKey: keys.list(projectId),
    queryFn: async ({ signal }): Promise<PrototypeSearch[]> => (await getJson(addresses.prototypeSearches, { params: { projectId }, signal })).searches,
    refetchInterval: ({ state }) => (state.data?.some((search) => search.state === 'pending') ? 2_000 : false),
  });
}

/** What a search would work on and how long it would take; the last answer stands until the next is there. */
export function usePrototypeEstimate(projectId: string, featureSetId: string, settings: PrototypeSettings | null) {
  return useQuery({
    queryKey: keys.estimate(projectId, featureSetId, settings ?? ({} as PrototypeSettings)),
    queryFn: ({ signal }) => sendBody(addresses.prototypeEstimate, { params: { projectId }, body: { featureSetId, settings: settings ?? undefined }, signal }),
    enabled: settings !== null,
    placeholderData: keepPreviousData,
  });
}

/** Every candidate of a ready search, most harmful first. */
export function usePrototypeTail(projectId: string, search: PrototypeSearch) {
  return useQuery({
    queryKey: keys.tail(projectId, search.id),
    queryFn: async ({ signal }) => (await getJson(addresses.prototypeTail, { params: { projectId, searchId: search.id }, signal })).tail,
    enabled: search.state === 'ready',
    staleTime: Infinity,
    meta: { immutable: true },
  });
}

/** Ids of the normals that are excluded now, oldest first. */
export function useExcluded(projectId: string) {
  return useQuery({
    queryKey: keys.excluded(projectId),
    queryFn: async ({ signal }): Promise<string[]> => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await getJson(addresses.samples, { params: { projectId }, query: { excluded: 'only', limit: 500, ...(cursor === undefined ? {} : { cursor }) }, signal });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return ids;
    },
  });
}

export function useStartPrototypeSearch(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: StartPrototypeSearch) => callAction(startPrototypeSearch, input),
    onSuccess: () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]),
  });
}
