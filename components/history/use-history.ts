'use client';

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { startExport } from '@/app/actions/exports';
import { callAction, getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { refreshJobs, refreshProject } from '../jobs/use-jobs';
import { projectKey } from '../projects/keys';
import { historyQuery, type HistoryFilter } from './history-filter';

/** Events that a filter lets through, newest first, page by page. */
export function useHistory(projectId: string, filter: HistoryFilter) {
  const query = historyQuery(filter);
  return useInfiniteQuery({
    queryKey: [...projectKey(projectId), 'history', query],
    queryFn: ({ pageParam, signal }) => getJson(addresses.history, { params: { projectId }, query: { ...query, limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Everybody who did something here. */
export function useHistoryPeople(projectId: string) {
  return useQuery({ queryKey: [...projectKey(projectId), 'history', 'people'], queryFn: async ({ signal }) => (await getJson(addresses.historyPeople, { params: { projectId }, signal })).people });
}

/** The project as it stood at a time. */
export function useReplay(projectId: string, at: string) {
  return useQuery({ queryKey: [...projectKey(projectId), 'replay', at], queryFn: ({ signal }) => getJson(addresses.replay, { params: { projectId }, query: { at }, signal }), placeholderData: keepPreviousData });
}

/** Exports what was accepted at a time. */
export function useExportThen(projectId: string, at: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callAction(startExport, { projectId, runId: null, filter: { verdicts: ['accepted'] }, at }),
    onSuccess: () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]),
  });
}
