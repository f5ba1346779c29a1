'use client';

import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { decide, decideMany, undo, undoGroup } from '@/app/actions/review';
import { callAction, ProblemError } from '@/lib/api/client';
import { stateOfConflict } from '@/lib/api/contracts/conflict';
import { emptyLog, overlayOf } from '@/lib/figures/decision-log';
import { mergeStates, noStates, type StateMap } from '@/lib/figures/verdicts';
import { projectKeys } from '../projects/keys';
import { scoreKeys } from '../score/score-keys';
import { DecisionStore, type DecisionIo } from './decision-store';
import { useStates } from './use-states';

const stores = new WeakMap<QueryClient, Map<string, DecisionStore>>();

function storeOf(client: QueryClient, projectId: string): DecisionStore {
  const ofClient = stores.get(client) ?? new Map<string, DecisionStore>();
  stores.set(client, ofClient);
  const known = ofClient.get(projectId);
  if (known) return known;
  const store = new DecisionStore(projectId, ioOf(client, projectId));
  ofClient.set(projectId, store);
  return store;
}

function ioOf(client: QueryClient, projectId: string): DecisionIo {
  const key = scoreKeys.states(projectId);
  return {
    decide: (input) => callAction(decide, input),
    undo: (input) => callAction(undo, input),
    decideMany: (input) => callAction(decideMany, input),
    undoGroup: (input) => callAction(undoGroup, input),
    refresh: async () => {
      await client.refetchQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: projectKeys.overview(projectId) });
    },
    newId: () => crypto.randomUUID(),
    seenAt: () => client.getQueryData<StateMap>(key)?.asOf ?? null,
    known: () => client.getQueryData<StateMap>(key)?.states ?? noStates.states,
    learned: (state) => {
      client.setQueryData<StateMap>(key, (known) => mergeStates(known ?? noStates, [state], null));
      void client.invalidateQueries({ queryKey: projectKeys.overview(projectId) });
    },
    explain: explainRefusal,
    now: () => Date.now(),
  };
}

function explainRefusal(error: unknown): ReturnType<DecisionIo['explain']> {
  if (!(error instanceof ProblemError)) return { conflict: false, message: error instanceof Error ? error.message : String(error), hint: null, current: null };
  const { detail, hint, code } = error.problem;
  return { conflict: code === 'request.conflict', message: detail, hint: hint ?? null, current: stateOfConflict(error.problem) };
}

/** The decisions of a project as the screen shows them, and the verbs that change them. */
export function useDecisions(projectId: string) {
  const client = useQueryClient();
  const [store] = useState(() => storeOf(client, projectId));
  const log = useSyncExternalStore(store.subscribe, store.snapshot, () => emptyLog);
  const { data, error, refetch } = useStates(projectId);
  const overlay = useMemo(() => overlayOf(log), [log]);
  const unsent = log.waiting.length > 0;
  useEffect(() => {
    if (!unsent) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsent]);
  return { store, log, overlay, states: (data ?? noStates).states, loaded: data !== undefined, error, retry: refetch };
}

export type Decisions = ReturnType<typeof useDecisions>;
