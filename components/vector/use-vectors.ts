'use client';

import { queryOptions, useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKey } from '../projects/keys';
import { overviewQuery } from '../projects/use-projects';

/** Whether the samples of a project are vectors; null until it is known. */
export function useIsVector(projectId: string): boolean | null {
  const { data } = useQuery({ ...overviewQuery(projectId), select: ({ kind }) => kind === 'vector' });
  return data ?? null;
}

/** How to read all values of a vector; the scale may change with a new feature set. */
export function vectorQuery(projectId: string, sampleId: string) {
  return queryOptions({
    queryKey: [...projectKey(projectId), 'vector', sampleId],
    queryFn: ({ signal }) => getJson(addresses.sampleVector, { params: { projectId, sampleId }, signal }),
    staleTime: 60_000,
  });
}

export function useVector(projectId: string, sampleId: string | null) {
  return useQuery({ ...vectorQuery(projectId, sampleId ?? ''), enabled: sampleId !== null });
}
