'use client';

import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { cancelJob, retryJob } from '@/app/actions/jobs';
import { callAction, getJson } from '@/lib/api/client';
import type { Job } from '@/lib/api/contracts/jobs';
import { addresses } from '@/lib/api/contracts/addresses';
import { modelsKey, projectKey } from '../projects/keys';
import { useAnnounce } from '../ui/announcer';
import { isActive, jobName } from './job-words';

export const jobKeys = { list: (projectId: string) => [...projectKey(projectId), 'jobs'] as const };

const quick = 1_000;
const slow = 10_000;

/** Jobs of a project, newest first. Polled every second while one is active, every ten else, not at all while the page is hidden. */
export function useJobs(projectId: string | undefined) {
  return useQuery({
    queryKey: jobKeys.list(projectId ?? ''),
    queryFn: async ({ signal }) => (await getJson(addresses.jobs, { params: { projectId: projectId ?? '' }, signal })).jobs,
    enabled: projectId !== undefined,
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? quick : slow),
    staleTime: 500,
  });
}

/** The job of that id among the project's latest, or undefined. */
export function useJob(projectId: string, jobId: string | null): Job | undefined {
  const { data } = useJobs(projectId);
  return jobId === null ? undefined : data?.find((job) => job.id === jobId);
}

/** Asks the jobs anew, after one was started. */
export function refreshJobs(client: QueryClient, projectId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: jobKeys.list(projectId) });
}

/** Refetches everything of a project but its jobs and what never changes (queries with `meta.immutable`). */
export function refreshProject(client: QueryClient, projectId: string): Promise<void> {
  return client.invalidateQueries({
    queryKey: projectKey(projectId),
    predicate: ({ queryKey, meta }) => queryKey[2] !== 'jobs' && meta?.immutable !== true,
  });
}

/**
 * Watches for jobs that end: refetches what they changed and says so. Mounted once, in the frame. A job that began and
 * ended between two polls counts too: what has a new end since the last answer has ended.
 */
export function useJobEnds(projectId: string | undefined, jobs: readonly Job[] | undefined): void {
  const client = useQueryClient();
  const announce = useAnnounce();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (projectId === undefined || jobs === undefined) return;
    const before = known.current;
    const over = jobs.filter((job) => !isActive(job));
    known.current = new Set(over.map(endOf));
    const ended = before === null ? [] : over.filter((job) => !before.has(endOf(job)));
    if (ended.length === 0) return;
    void refreshProject(client, projectId);
    if (ended.some(({ kind }) => kind.startsWith('model'))) void client.invalidateQueries({ queryKey: modelsKey });
    announce(ended.map((job) => `${jobName(job)} ${job.state === 'succeeded' ? 'is done' : job.state}`).join('. '));
  }, [projectId, jobs, client, announce]);
}

/** A job may end several times: it can be tried again. */
function endOf(job: Job): string {
  return `${job.id} ${job.finishedAt ?? ''}`;
}

export function useCancelJob(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (jobId: string) => callAction(cancelJob, { projectId, jobId }),
    onSettled: () => refreshJobs(client, projectId),
  });
}

export function useRetryJob(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (jobId: string) => callAction(retryJob, { projectId, jobId }),
    onSettled: () => refreshJobs(client, projectId),
  });
}
