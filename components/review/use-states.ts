'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { mergeStates, noStates, type StateMap } from '@/lib/figures/verdicts';
import { scoreKeys } from '../score/score-keys';

/** Colleagues see one another's decisions after this long at most. */
const pollMs = 3_000;

/** The decisions of a project. After the first answer only what changed since is asked for. */
export function useStates(projectId: string) {
  const client = useQueryClient();
  const key = scoreKeys.states(projectId);
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<StateMap> => {
      const since = client.getQueryData<StateMap>(key)?.asOf;
      const { states, asOf } = await getJson(addresses.states, { params: { projectId }, query: since ? { since } : {}, signal });
      // Own answers may have been kept while this one was on its way: merge into what is there now.
      return mergeStates(client.getQueryData<StateMap>(key) ?? noStates, states, asOf);
    },
    refetchInterval: pollMs,
    structuralSharing: false,
  });
}
