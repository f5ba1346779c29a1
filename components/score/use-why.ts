'use client';

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { scoreKeys } from './score-keys';

/** How to read the parts and the reason of one score; they never change, so they can be read ahead. */
export function whyQuery(projectId: string, runId: string, sampleId: string) {
  return queryOptions({
    queryKey: scoreKeys.why(projectId, runId, sampleId),
    queryFn: ({ signal }) => getJson(addresses.score, { params: { projectId, runId, sampleId }, signal }),
    staleTime: Infinity,
    meta: { immutable: true },
  });
}

/** The why of an auxiliary sample; the one before stays readable until the next has come. */
export function useWhy(projectId: string, runId: string | null, sampleId: string | null, scored: boolean) {
  return useQuery({
    ...whyQuery(projectId, runId ?? '', sampleId ?? ''),
    enabled: runId !== null && sampleId !== null && scored,
    placeholderData: keepPreviousData,
  });
}

/** How to read everything that is known of one sample. */
export function sampleQuery(projectId: string, sampleId: string) {
  return queryOptions({
    queryKey: scoreKeys.sample(projectId, sampleId),
    queryFn: ({ signal }) => getJson(addresses.sample, { params: { projectId, sampleId }, signal }),
    staleTime: 60_000,
  });
}

export function useSample(projectId: string, sampleId: string | null) {
  return useQuery({ ...sampleQuery(projectId, sampleId ?? ''), enabled: sampleId !== null });
}
