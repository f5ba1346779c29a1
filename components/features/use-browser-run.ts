'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { refreshProject } from '../jobs/use-jobs';
import { BrowserRun, type RunRequest, type RunState } from './browser-run';

/** The extraction of this tab: one at a time, because sessions of the runtime are serial. */
let current: BrowserRun | null = null;
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const isLive = ({ phase }: RunState) => phase === 'opening' || phase === 'running' || phase === 'paused';

/** Begins an extraction in this browser. Does nothing while another one runs in this tab. */
export function startBrowserRun(request: RunRequest): void {
  if (current !== null && isLive(current.state)) return;
  current = new BrowserRun(request);
  current.follow(changed);
  changed();
  void current.start();
}

/** Puts an ended extraction out of sight. */
export function dismissBrowserRun(): void {
  if (current === null || isLive(current.state)) return;
  current = null;
  changed();
}

/** The extraction of this tab in a project, and whether any runs. */
export function useBrowserRun(projectId: string): { run: BrowserRun | null; state: RunState | null; busy: boolean } {
  const state = useSyncExternalStore(follow, () => current?.state ?? null, () => null);
  const client = useQueryClient();
  const mine = state?.projectId === projectId;
  const phase = mine ? state.phase : null;
  const setId = mine ? state.featureSetId : null;
  useEffect(() => {
    // A set was made, or ended.
    if (phase !== null) void refreshProject(client, projectId);
  }, [client, projectId, phase, setId]);
  return { run: mine ? current : null, state: mine ? state : null, busy: state !== null && isLive(state) };
}
