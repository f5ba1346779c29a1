'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { tagSamples } from '@/app/actions/views';
import { callAction, getJson } from '@/lib/api/client';
import type { BulkTarget } from '@/lib/api/contracts/bulk';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKey } from '../projects/keys';
import { inParts } from '../review/decision-store';
import { sampleKeys } from './use-samples';

export const tagKeys = {
  list: (projectId: string) => [...projectKey(projectId), 'tags'] as const,
  facts: (projectId: string) => [...projectKey(projectId), 'sample-facts'] as const,
  /** Below it the answers to every text that was looked for. */
  matches: (projectId: string) => [...projectKey(projectId), 'text-matches'] as const,
};

/** Tags of a project with how many samples carry each. */
export function useTags(projectId: string) {
  return useQuery({ queryKey: tagKeys.list(projectId), queryFn: ({ signal }) => getJson(addresses.tags, { params: { projectId }, signal }), staleTime: 30_000 });
}

/** Puts tags on samples and takes tags off; everything that shows or filters by tags is read again. */
export function useTagSamples(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ target, add = [], remove = [] }: { target: BulkTarget; add?: string[]; remove?: string[] }) => {
      const sum = { added: 0, removed: 0 };
      for (const part of inParts(target)) {
        const { added, removed } = await callAction(tagSamples, { projectId, target: part, add, remove });
        sum.added += added;
        sum.removed += removed;
      }
      return sum;
    },
    onSuccess: () => Promise.all([...Object.values(tagKeys).map((key) => key(projectId)), sampleKeys.all(projectId)].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
