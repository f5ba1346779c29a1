'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { refreshProject } from '../jobs/use-jobs';
import { useAnnounce } from '../ui/announcer';
import { heldItems, holdItem } from './compute-lock';
import { ComputeQueue, type ItemState } from './compute-queue';

/** What this tab computes. The code that computes is fetched when there is something to do. */
export const computeQueue = new ComputeQueue({
  work: async (...call) => (await import('./compute-here')).computeHere(...call),
  end: async (...call) => (await import('./compute-doors')).endItem(...call),
  hold: holdItem,
  idle: () => void import('./compute-doors').then(({ forgetVectors }) => forgetVectors()),
});

const none: readonly ItemState[] = [];
const follow = (listener: () => void) => computeQueue.follow(listener);

/** What this tab computes for a project. */
export function useComputing(projectId: string): readonly ItemState[] {
  const states = useSyncExternalStore(follow, () => computeQueue.states, () => none);
  return states.filter(({ item }) => item.projectId === projectId);
}

/** Refetches what ended computations changed, and says so. Mounted once, in the frame. */
export function useComputingEnds(projectId: string): void {
  const client = useQueryClient();
  const announce = useAnnounce();
  useEffect(() => {
    const going = () => computeQueue.states.filter(({ item, phase }) => item.projectId === projectId && phase !== 'failed').map(({ item }) => item);
    let before = going();
    return computeQueue.follow(() => {
      const now = going();
      const ended = before.filter(({ id }) => !now.some((item) => item.id === id));
      before = now;
      if (ended.length === 0) return;
      void refreshProject(client, projectId);
      announce(ended.map(({ title }) => `${title} has ended`).join('. '));
    });
  }, [client, projectId, announce]);
}

const LOOK_EVERY_MS = 2_000;

/** Ids of what other tabs of this browser, or this one, compute; undefined until it is known. Looked at only while something waits. */
export function useComputedInTabs(enabled: boolean): readonly string[] | undefined {
  const { data } = useQuery({ queryKey: ['computed-in-tabs'], queryFn: heldItems, enabled, refetchInterval: LOOK_EVERY_MS, staleTime: 0 });
  return data;
}
