import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKey } from '../projects/keys';

/** Batches of a project, newest first. */
export function useBatches(projectId: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...projectKey(projectId), 'generations'],
    queryFn: async ({ signal }) => (await getJson(addresses.generations, { params: { projectId }, signal })).generations,
    refetchInterval: ({ state }) => (state.data?.some((batch) => batch.state === 'pending') ? 2_000 : false),
  });
}
