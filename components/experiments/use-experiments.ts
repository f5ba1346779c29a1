'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { startExperiment } from '@/app/actions/experiments';
import { callAction, getJson } from '@/lib/api/client';
import type { Experiment, StartExperiment } from '@/lib/api/contracts/experiments';
import { addresses } from '@/lib/api/contracts/addresses';
import { refreshJobs, refreshProject } from '../jobs/use-jobs';
import { projectKey } from '../projects/keys';

const experimentKeys = {
  list: (projectId: string) => [...projectKey(projectId), 'experiments'] as const,
  candidates: (projectId: string) => [...projectKey(projectId), 'experiment-candidates'] as const,
  one: (projectId: string, experimentId: string) => [...projectKey(projectId), 'experiment', experimentId] as const,
  results: (projectId: string, experimentId: string, ready: number) => [...projectKey(projectId), 'experiment', experimentId, 'results', ready] as const,
  curves: (projectId: string, experimentId: string, setId: string, ready: number) => [...projectKey(projectId), 'experiment', experimentId, 'curves', setId, ready] as const,
};

const liveMs = 2_000;

/** Experiments of a project, newest first; followed while one runs. */
export function useExperiments(projectId: string) {
  return useQuery({
    queryKey: experimentKeys.list(projectId),
    queryFn: async ({ signal }): Promise<Experiment[]> => (await getJson(addresses.experiments, { params: { projectId }, signal })).experiments,
    refetchInterval: ({ state }) => (state.data?.some(isLive) ? liveMs : false),
  });
}

/** Whether cells still wait or run. */
export function isLive({ state }: Pick<Experiment, 'state'>): boolean {
  return state === 'pending';
}

/** Feature sets that could take part, asked for when the dialog is open. */
export function useExperimentCandidates(projectId: string, enabled: boolean) {
  return useQuery({
    queryKey: experimentKeys.candidates(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.experimentCandidates, { params: { projectId }, signal })).candidates,
    enabled,
  });
}

/** Settings, sets and progress of an experiment; read every two seconds while it runs. */
export function useExperiment(projectId: string, experimentId: string) {
  return useQuery({
    queryKey: experimentKeys.one(projectId, experimentId),
    queryFn: ({ signal }) => getJson(addresses.experiment, { params: { projectId, experimentId }, signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isLive(state.data) ? liveMs : false),
  });
}

/** A function that reads an experiment anew, after its job was started again: one that has ended is not followed. */
export function useRefreshExperiment(projectId: string, experimentId: string): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: experimentKeys.one(projectId, experimentId), exact: true });
}

/** Its results. The number of ready cells is part of the key: they are read again only when there are more. */
export function useExperimentResults(projectId: string, experiment: Experiment) {
  const { id: experimentId } = experiment;
  const { ready } = experiment.cells;
  return useQuery({
    queryKey: experimentKeys.results(projectId, experimentId, ready),
    queryFn: async ({ signal }) => (await getJson(addresses.experimentResults, { params: { projectId, experimentId }, signal })).results,
    enabled: ready > 0,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
    meta: { immutable: true },
  });
}

/** Learning curves of one of its sets, read again when there are more ready cells. */
export function useExperimentCurves(projectId: string, experiment: Experiment, setId: string | null) {
  const { id: experimentId } = experiment;
  const { ready } = experiment.cells;
  return useQuery({
    queryKey: experimentKeys.curves(projectId, experimentId, setId ?? '', ready),
    queryFn: async ({ signal }) => (await getJson(addresses.experimentCurves, { params: { projectId, experimentId }, query: { setId: setId ?? '' }, signal })).curves,
    enabled: setId !== null && ready > 0,
    placeholderData: (last, query) => (query?.queryKey[5] === setId ? last : undefined),
    staleTime: Infinity,
    gcTime: 60_000,
    meta: { immutable: true },
  });
}

export function useStartExperiment(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: StartExperiment) => callAction(startExperiment, input),
    onSuccess: () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]),
  });
}
