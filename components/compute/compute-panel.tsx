'use client';

import { MonitorPlay, X } from 'lucide-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Projection, Run } from '@/lib/api/contracts/runs';
import { countOf } from '@/lib/figures/format';
import { refreshProject } from '../jobs/use-jobs';
import { useProjectOverview } from '../projects/use-projects';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { isForBrowser, mapItem, runItem, type ComputeItem } from './compute-item';
import { isLive, type ItemState } from './compute-queue';
import { itemLine, itemShare } from './compute-words';
import { computeQueue, useComputedInTabs, useComputing } from './use-compute';

/** Runs of a private project that this tab computes, or that wait for a browser, the oldest first. Renders nothing without either. */
export function RunsPanel({ projectId, runs }: { projectId: string; runs: readonly Run[] | undefined }) {
  return <ComputePanel kind="run" projectId={projectId} pending={(runs ?? []).filter(isForBrowser).toReversed().map((run) => runItem(projectId, run))} />;
}

/** The same of its map. */
export function MapPanel({ projectId, pending }: { projectId: string; pending: Projection | undefined }) {
  return <ComputePanel kind="map" projectId={projectId} pending={pending !== undefined && isForBrowser(pending) ? [mapItem(projectId, pending)] : []} />;
}

/** What this tab computes of one kind, and what waits for a browser. */
export function ComputePanel({ projectId, pending, kind }: { projectId: string; pending: readonly ComputeItem[]; kind: ComputeItem['kind'] }) {
  const { data: overview } = useProjectOverview(projectId);
  const own = useComputing(projectId).filter(({ item }) => item.kind === kind);
  const waiting = pending.filter(({ id }) => !own.some(({ item }) => item.id === id));
  if (own.length === 0 && waiting.length === 0) return null;
  return (
    <section aria-label="Computing in this browser" className="flex flex-col gap-2 border-b border-line p-3">
      {own.map((state) => (isLive(state) ? <LiveItem key={state.item.id} state={state} /> : <EndedItem key={state.item.id} state={state} />))}
      {waiting.length > 0 && <WaitingItems projectId={projectId} items={waiting} mayAct={overview?.role === 'lead'} />}
    </section>
  );
}

function LiveItem({ state }: { state: ItemState }) {
  const { item } = state;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1">
          <span className="font-medium">{item.title}</span> <span className="text-muted">{itemLine(state)}</span>
        </p>
        <Button size="sm" icon={X} onClick={() => computeQueue.cancel(item.id)} aria-label={`Cancel ${item.title}`}>
          Cancel
        </Button>
      </div>
      <Progress value={itemShare(state)} label={`${item.title}: progress`} />
    </div>
  );
}

function EndedItem({ state: { item, phase, error } }: { state: ItemState }) {
  return (
    <ProblemNote
      error={error}
      title={phase === 'failed' ? `${item.title} failed in this browser` : `${item.title} stopped; it can be computed again`}
      {...(phase === 'stopped' ? { onRetry: () => void computeQueue.add([item]) } : {})}
      action={
        <Button size="sm" onClick={() => computeQueue.dismiss(item.id)}>
          Close
        </Button>
      }
    />
  );
}

/** Begun in a tab that was closed or reloaded, in another tab, or by somebody else. */
function WaitingItems({ projectId, items, mayAct }: { projectId: string; items: readonly ComputeItem[]; mayAct: boolean }) {
  const client = useQueryClient();
  const inTabs = useComputedInTabs(true);
  const giveUp = useMutation({
    mutationFn: async (all: readonly ComputeItem[]) => {
      const { endItem } = await import('./compute-doors');
      for (const item of all) await endItem(item, { outcome: 'cancelled' });
    },
    onSettled: () => refreshProject(client, projectId),
  });
  const elsewhere = items.filter(({ id }) => inTabs?.includes(id) === true);
  const free = items.filter(({ id }) => inTabs?.includes(id) === false);
  const names = (of: readonly ComputeItem[]) => of.map(({ title }) => title).join('; ');
  return (
    <>
      {elsewhere.length > 0 && <p className="text-muted">Another tab of this browser computes {names(elsewhere)}.</p>}
      {free.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-1">
            {countOf(free.length, 'computation')} not done: {names(free)}. <span className="text-muted">A browser computes for a private project; the one that began may have been closed.</span>
          </p>
          {mayAct && (
            <>
              <Button size="sm" variant="primary" icon={MonitorPlay} onClick={() => void computeQueue.add(free)}>
                Compute in this browser
              </Button>
              <Button size="sm" icon={X} busy={giveUp.isPending} onClick={() => giveUp.mutate(free)}>
                Give up
              </Button>
            </>
          )}
        </div>
      )}
      {giveUp.error !== null && <ProblemNote error={giveUp.error} />}
    </>
  );
}
