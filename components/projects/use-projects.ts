'use client';

import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createProject, deleteProject, updateProject } from '@/app/actions/projects';
import { callAction, getJson } from '@/lib/api/client';
import type { ActionInput } from '@/lib/api/contracts/actions';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKeys } from './keys';

/** The projects that the person may see. */
export function useProjects() {
  return useQuery({ queryKey: projectKeys.list, queryFn: ({ signal }) => getJson(addresses.projects, { signal }) });
}

/** How to read the state of a project. */
export function overviewQuery(projectId: string) {
  return queryOptions({
    queryKey: projectKeys.overview(projectId),
    queryFn: ({ signal }) => getJson(addresses.projectOverview, { params: { projectId }, signal }),
  });
}

/** State of every stage of a project; followed closely while jobs change it. */
export function useProjectOverview(projectId: string | undefined) {
  return useQuery({
    ...overviewQuery(projectId ?? ''),
    enabled: projectId !== undefined,
    refetchInterval: ({ state }) => ((state.data?.activeJobs ?? 0) > 0 ? 3_000 : 30_000),
  });
}

export function useCreateProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ActionInput<'createProject'>) => callAction(createProject, input),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKeys.list }),
  });
}

export function useUpdateProject(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Omit<ActionInput<'updateProject'>, 'projectId'>) => callAction(updateProject, { projectId, ...change }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: projectKeys.list }), client.invalidateQueries({ queryKey: projectKeys.overview(projectId) })]),
  });
}

export function useDeleteProject(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => callAction(deleteProject, { projectId, name }),
    onSuccess: () => client.invalidateQueries({ queryKey: projectKeys.list }),
  });
}
