'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { removeView, saveView } from '@/app/actions/views';
import { callAction, getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { SavedView, ViewPage } from '@/lib/api/contracts/views';
import { stagePath } from '../frame/stages';
import { projectKey } from '../projects/keys';

const viewsKey = (projectId: string) => [...projectKey(projectId), 'views'] as const;

/** Saved views of a project, by name. */
export function useViews(projectId: string, enabled = true) {
  return useQuery({ queryKey: viewsKey(projectId), queryFn: async ({ signal }) => (await getJson(addresses.views, { params: { projectId }, signal })).views, enabled, staleTime: 15_000 });
}

/** Keeps a view, or replaces its name and rule. */
export function useSaveView(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (view: { viewId: string | null; name: string; page: ViewPage; address: string }) => callAction(saveView, { projectId, ...view }),
    onSuccess: () => client.invalidateQueries({ queryKey: viewsKey(projectId) }),
  });
}

export function useRemoveView(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (viewId: string) => callAction(removeView, { projectId, viewId }),
    onSuccess: () => client.invalidateQueries({ queryKey: viewsKey(projectId) }),
  });
}

/** Where a view is shown. */
export function viewPath(projectId: string, { page, address }: Pick<SavedView, 'page' | 'address'>): string {
  return `${stagePath(projectId, page)}${address === '' ? '' : `?${address}`}`;
}
