'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { answerItems, claimItems, undoAnswer } from '@/app/actions/review-queues';
import { callAction } from '@/lib/api/client';
import { scoreKeys } from '../../score/score-keys';
import { explain } from '../../ui/problem';
import { decisionClock, measureDurable } from './decision-timing';
import { noItems, QueueStore } from './queue-store';

/** Items that colleagues held come back within minutes; this is how often they are asked for. */
const againMs = 10_000;

/** This person's sitting at a queue; what is held goes back when the page is left. */
export function useQueueStore(projectId: string, queueId: string) {
  const client = useQueryClient();
  const [store] = useState(
    () =>
      new QueueStore(projectId, queueId, {
        claim: (input) => callAction(claimItems, input),
        answer: (input) => callAction(answerItems, input),
        undo: (input) => callAction(undoAnswer, input),
        explain,
        now: decisionClock,
        durable: measureDurable,
      }),
  );
  const state = useSyncExternalStore(store.subscribe, store.snapshot, () => noItems);
  useEffect(() => {
    store.claim();
    return () => {
      store.leave();
      // The other pages show the decisions that were taken here.
      void client.invalidateQueries({ queryKey: scoreKeys.states(projectId) });
    };
  }, [store, client, projectId]);
  const unsent = state.unsent > 0;
  useEffect(() => {
    if (!unsent) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsent]);
  const empty = state.items?.length === 0 && !state.closed;
  useEffect(() => {
    if (!empty) return;
    const timer = setInterval(() => store.claim(), againMs);
    return () => clearInterval(timer);
  }, [empty, store]);
  return { store, state };
}

export type QueueSitting = ReturnType<typeof useQueueStore>;
