'use client';

import { useQuery } from '@tanstack/react-query';
import { getColumns, getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { scoreKeys } from '../score/score-keys';

/** All maps of a project, newest first. */
export function useProjections(projectId: string) {
  return useQuery({
    queryKey: scoreKeys.projections(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.projections, { params: { projectId }, signal })).projections,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'pending') ? 2_000 : false),
  });
}

/** Coordinates of a map; they never change. */
export function useMapColumns(projectId: string, projectionId: string | null) {
  return useQuery({
    queryKey: scoreKeys.map(projectId, projectionId ?? ''),
    queryFn: ({ signal }) => getColumns(addresses.projectionColumns, { params: { projectId, projectionId: projectionId ?? '' }, signal }),
    enabled: projectionId !== null,
    staleTime: Infinity,
    structuralSharing: false,
    meta: { immutable: true },
  });
}

/** The chosen map, or the newest one that is ready, with its coordinates. */
export function useMap(projectId: string, chosen: string | null) {
  const projections = useProjections(projectId);
  const all = projections.data ?? [];
  const ready = all.filter((one) => one.state === 'ready');
  const projection = ready.find(({ id }) => id === chosen) ?? ready[0] ?? null;
  const columns = useMapColumns(projectId, projection?.id ?? null);
  return {
    map: projection && columns.data ? { projection, columns: columns.data } : null,
    /** All that can be shown, newest first. */
    ready,
    /** There is no map, and that is known. */
    none: projections.data !== undefined && projection === null,
    pending: all.find((one) => one.state === 'pending'),
    failure: all[0]?.error?.message ?? null,
    error: projections.error ?? columns.error,
    retry: () => void (projections.error ? projections.refetch() : columns.refetch()),
  };
}
