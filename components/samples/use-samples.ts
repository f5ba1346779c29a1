'use client';

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changeSamples, deleteSamples } from '@/app/actions/samples';
import { callAction, getJson, urlOf } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { ImageVariant, SampleChange, SampleFilter, SampleSelection } from '@/lib/api/contracts/samples';
import { refreshProject } from '../jobs/use-jobs';
import { compareHeld } from '../private/held-images';
import { useIsPrivate } from '../private/private-project';
import { projectKey } from '../projects/keys';

export const sampleKeys = {
  all: (projectId: string) => [...projectKey(projectId), 'samples'] as const,
  list: (projectId: string, filter: SampleFilter) => [...sampleKeys.all(projectId), 'list', filter] as const,
  facets: (projectId: string) => [...sampleKeys.all(projectId), 'facets'] as const,
  problems: (projectId: string) => [...sampleKeys.all(projectId), 'problems'] as const,
  one: (projectId: string, sampleId: string) => [...sampleKeys.all(projectId), 'one', sampleId] as const,
};

const pageSize = 300;

/** Samples that match, page after page in the order of the server. `live`: an import adds samples just now. */
export function useSamples(projectId: string, filter: SampleFilter, live: boolean) {
  return useInfiniteQuery({
    queryKey: sampleKeys.list(projectId, filter),
    queryFn: ({ pageParam, signal }) => getJson(addresses.samples, { params: { projectId }, query: { ...filter, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    // A long list is not read again and again while it grows; its end comes by scrolling.
    refetchInterval: ({ state }) => (live && (state.data?.pages.length ?? 0) <= 1 ? 3_000 : false),
  });
}

/** Counts by role, defect type and folder. */
export function useSampleFacets(projectId: string, live: boolean) {
  return useQuery({
    queryKey: sampleKeys.facets(projectId),
    queryFn: ({ signal }) => getJson(addresses.sampleFacets, { params: { projectId }, signal }),
    refetchInterval: live ? 2_000 : false,
  });
}

export function useSample(projectId: string, sampleId: string | null) {
  return useQuery({
    queryKey: sampleKeys.one(projectId, sampleId ?? ''),
    queryFn: ({ signal }) => getJson(addresses.sample, { params: { projectId, sampleId: sampleId ?? '' }, signal }),
    enabled: sampleId !== null,
  });
}

/** Refused files of all uploads, newest first. */
export function useProblemFiles(projectId: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: sampleKeys.problems(projectId),
    queryFn: ({ pageParam, signal }) => getJson(addresses.problemFiles, { params: { projectId }, query: { limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
}

/** An action takes at most this many ids at once. */
const idsAtOnce = 5000;

function inParts(selection: SampleSelection): SampleSelection[] {
  if (!('ids' in selection)) return [selection];
  return Array.from({ length: Math.ceil(selection.ids.length / idsAtOnce) }, (_, part) => ({ ids: selection.ids.slice(part * idsAtOnce, (part + 1) * idsAtOnce) }));
}

export function useChangeSamples(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ selection, change }: { selection: SampleSelection; change: SampleChange }) => {
      let changed = 0;
      for (const part of inParts(selection)) changed += (await callAction(changeSamples, { projectId, selection: part, change })).changed;
      return { changed };
    },
    onSuccess: () => refreshProject(client, projectId),
  });
}

export function useDeleteSamples(projectId: string) {
  const client = useQueryClient();
  const isPrivate = useIsPrivate();
  return useMutation({
    mutationFn: async (selection: SampleSelection) => {
      let deleted = 0;
      for (const part of inParts(selection)) deleted += (await callAction(deleteSamples, { projectId, selection: part })).deleted;
      return { deleted };
    },
    onSuccess: async () => {
      // What of them this browser keeps goes too; a comparison that fails is made again when the project is opened.
      if (isPrivate) await compareHeld(projectId).catch(() => undefined);
      await refreshProject(client, projectId);
    },
  });
}

/** Address of the bytes of a sample's image. */
export function imageUrl(projectId: string, sampleId: string, variant: ImageVariant): string {
  return urlOf(addresses.sampleImage, { params: { projectId, sampleId }, query: { variant } });
}
