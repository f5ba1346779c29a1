'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { importPool, removePool, savePool, startPromptSelection } from '@/app/actions/prompts';
import { callAction, getColumns, getJson } from '@/lib/api/client';
import type { ImportPool, Pool, PromptSelectionLine, SavePool, StartPromptSelection } from '@/lib/api/contracts/prompt-selections';
import { addresses } from '@/lib/api/contracts/addresses';
import { imageScores } from '@/lib/figures/selection/image-scores';
import { refreshJobs, refreshProject } from '../../jobs/use-jobs';
import { projectKey } from '../../projects/keys';

const keys = {
  list: (projectId: string) => [...projectKey(projectId), 'prompt-selections'] as const,
  one: (projectId: string, selectionId: string) => [...projectKey(projectId), 'prompt-selection', selectionId] as const,
  scores: (projectId: string, selectionId: string) => [...projectKey(projectId), 'prompt-scores', selectionId] as const,
  pools: (projectId: string) => [...projectKey(projectId), 'prompt-pools'] as const,
};

const liveMs = 2_000;

/** Selections of prompts of a project, newest first; followed while one is being made. */
export function usePromptSelections(projectId: string) {
  return useQuery({
    queryKey: keys.list(projectId),
    queryFn: async ({ signal }): Promise<PromptSelectionLine[]> => (await getJson(addresses.promptSelections, { params: { projectId }, signal })).selections,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'pending') ? liveMs : false),
  });
}

/** One selection, read every two seconds while it is being made. */
export function usePromptSelection(projectId: string, selectionId: string) {
  return useQuery({
    queryKey: keys.one(projectId, selectionId),
    queryFn: ({ signal }) => getJson(addresses.promptSelection, { params: { projectId, selectionId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? liveMs : false),
  });
}

/** Zero-shot scores of all samples by the picked pair; never change. */
export function usePromptScores(projectId: string, selectionId: string) {
  return useQuery({
    queryKey: keys.scores(projectId, selectionId),
    queryFn: async ({ signal }) => imageScores(await getColumns(addresses.promptSelectionColumns, { params: { projectId, selectionId }, signal })),
    staleTime: Infinity,
    structuralSharing: false,
    meta: { immutable: true },
  });
}

export function usePools(projectId: string) {
  return useQuery({ queryKey: keys.pools(projectId), queryFn: async ({ signal }): Promise<Pool[]> => (await getJson(addresses.promptPools, { params: { projectId }, signal })).pools });
}

export function useStartPromptSelection(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<StartPromptSelection, 'projectId'>) => callAction(startPromptSelection, { projectId, ...input }),
    onSuccess: () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]),
  });
}

/** Changes of pools; the list is read again after each. */
export function usePoolChanges(projectId: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: keys.pools(projectId) });
  return {
    save: useMutation({ mutationFn: (input: Omit<SavePool, 'projectId'>) => callAction(savePool, { projectId, ...input }), onSuccess }),
    bring: useMutation({ mutationFn: (input: Omit<ImportPool, 'projectId'>) => callAction(importPool, { projectId, ...input }), onSuccess }),
    remove: useMutation({ mutationFn: (poolId: string) => callAction(removePool, { projectId, poolId }), onSuccess }),
  };
}
