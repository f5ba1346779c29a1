'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getJson, sendBody } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { forgetSamples, heldSampleIds, knownSampleIds } from '@/lib/browser-store/private-images';
import { projectKey } from '../projects/keys';

export type HeldImages = { readonly total: number; readonly held: number; readonly missing: number };

const idsAtOnce = 500;
const heldKey = (projectId: string) => [...projectKey(projectId), 'held'] as const;

/**
 * Compares what this browser keeps of a project with what the project has, and forgets what was deleted in the project.
 * Nothing is forgotten unless the server has answered that a sample is no more.
 */
export async function compareHeld(projectId: string): Promise<HeldImages> {
  // In this order: a sample that comes meanwhile is with the server before its files are here.
  const [known, held] = await Promise.all([knownSampleIds(projectId), heldSampleIds(projectId)]);
  const there = new Set<string>();
  const ids = [...known];
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const { samples } = await sendBody(addresses.sampleRows, { params: { projectId }, body: { ids: ids.slice(at, at + idsAtOnce) } });
    for (const { id } of samples) there.add(id);
  }
  const { total } = await getJson(addresses.sampleFacets, { params: { projectId } });
  await forgetSamples(projectId, ids.filter((id) => !there.has(id)));
  const count = [...held].filter((id) => there.has(id)).length;
  return { total, held: count, missing: Math.max(0, total - count) };
}

/** How many images of a private project are in this browser. Looked at again when an upload ends. */
export function useHeldImages(projectId: string, options: { enabled: boolean; busy?: boolean }) {
  const { enabled, busy = false } = options;
  const client = useQueryClient();
  useEffect(() => {
    if (enabled && !busy) void client.invalidateQueries({ queryKey: heldKey(projectId) });
  }, [client, projectId, enabled, busy]);
  return useQuery({ queryKey: heldKey(projectId), queryFn: () => compareHeld(projectId), enabled: enabled && !busy, staleTime: 60_000 });
}
