'use client';

import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { sendBody } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { scoreKeys } from './score-keys';
import { SampleRowLoader } from './sample-row-loader';

/** Long enough to gather a screen of tiles, short enough not to be seen. */
const gatherMs = 25;

const loaders = new WeakMap<QueryClient, Map<string, SampleRowLoader>>();

function loaderOf(client: QueryClient, projectId: string): SampleRowLoader {
  const ofClient = loaders.get(client) ?? new Map<string, SampleRowLoader>();
  loaders.set(client, ofClient);
  const known = ofClient.get(projectId);
  if (known) return known;
  const fetchRows = async (ids: readonly string[]) => (await sendBody(addresses.sampleRows, { params: { projectId }, body: { ids: [...ids] } })).samples;
  const loader = new SampleRowLoader(fetchRows, (run) => setTimeout(run, gatherMs));
  ofClient.set(projectId, loader);
  return loader;
}

/** How to read a slim row, for reading ahead. */
export function sampleRowQuery(client: QueryClient, projectId: string, sampleId: string) {
  return queryOptions({
    queryKey: scoreKeys.sampleRow(projectId, sampleId),
    queryFn: ({ signal }) => loaderOf(client, projectId).load(sampleId, signal),
    staleTime: 60_000,
  });
}

/** The slim row (file name, size, mask) of a sample on the screen; null when the project no longer holds it. */
export function useSampleRow(projectId: string, sampleId: string | null) {
  const client = useQueryClient();
  return useQuery({ ...sampleRowQuery(client, projectId, sampleId ?? ''), enabled: sampleId !== null });
}
