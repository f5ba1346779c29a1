'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { closeReviewQueue, startReviewQueue } from '@/app/actions/review-queues';
import { callAction, getJson } from '@/lib/api/client';
import type { StartReviewQueue } from '@/lib/api/contracts/review-queues';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKey } from '../../projects/keys';

const queueKeys = {
  all: (projectId: string) => [...projectKey(projectId), 'queues'] as const,
  one: (projectId: string, queueId: string) => [...projectKey(projectId), 'queues', queueId] as const,
  report: (projectId: string, queueId: string) => [...projectKey(projectId), 'queues', queueId, 'report'] as const,
};

/** The list is looked at in passing, a queue while people work on it. */
const listPollMs = 15_000;
const queuePollMs = 4_000;

/** Review queues of a project, newest first. */
export function useReviewQueues(projectId: string) {
  return useQuery({
    queryKey: queueKeys.all(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.reviewQueues, { params: { projectId }, signal })).queues,
    refetchInterval: listPollMs,
  });
}

/** One queue and how far it is. */
export function useReviewQueue(projectId: string, queueId: string) {
  return useQuery({
    queryKey: queueKeys.one(projectId, queueId),
    queryFn: ({ signal }) => getJson(addresses.reviewQueue, { params: { projectId, queueId }, signal }),
    refetchInterval: queuePollMs,
  });
}

/** How the reviewers of a queue judge. */
export function useReviewReport(projectId: string, queueId: string) {
  return useQuery({
    queryKey: queueKeys.report(projectId, queueId),
    queryFn: ({ signal }) => getJson(addresses.reviewReport, { params: { projectId, queueId }, signal }),
  });
}

export function useStartReviewQueue(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<StartReviewQueue, 'projectId'>) => callAction(startReviewQueue, { projectId, ...input }),
    onSuccess: () => client.invalidateQueries({ queryKey: queueKeys.all(projectId) }),
  });
}

export function useCloseReviewQueue(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (queueId: string) => callAction(closeReviewQueue, { projectId, queueId }),
    onSuccess: () => client.invalidateQueries({ queryKey: queueKeys.all(projectId) }),
  });
}
