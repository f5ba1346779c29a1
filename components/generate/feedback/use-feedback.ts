'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKey } from '../../projects/keys';

/** What scores and people say of a generator; of the one with most samples in the run that pages show, unless others are chosen. */
export function useFeedback(projectId: string, chosen: { run: string | null; generator: string | null }) {
  return useQuery({
    queryKey: [...projectKey(projectId), 'generations', 'feedback', chosen],
    queryFn: ({ signal }) =>
      getJson(addresses.generationFeedback, {
        params: { projectId },
        query: { ...(chosen.run === null ? {} : { run: chosen.run }), ...(chosen.generator === null ? {} : { generator: chosen.generator }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}
