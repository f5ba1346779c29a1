'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { extractFeatures } from '@/app/actions/features';
import { startProjection, startRuns } from '@/app/actions/runs';
import { callAction } from '@/lib/api/client';
import type { ActionInput } from '@/lib/api/contracts/actions';
import { isForBrowser, mapItem, runItem } from '../compute/compute-item';
import { computeQueue } from '../compute/use-compute';
import { refreshJobs, refreshProject } from './use-jobs';

function useStarted(projectId: string) {
  const client = useQueryClient();
  return () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]);
}

/** Starts a feature extraction with a model; null standardises vectors that came in tables. */
export function useStartExtraction(projectId: string) {
  const started = useStarted(projectId);
  return useMutation({ mutationFn: (modelId: string | null) => callAction(extractFeatures, { projectId, modelId }), onSuccess: started });
}

/**
 * Starts score runs; what is left out takes the defaults (one run of EAP, preset "paper", seed 0). Those of a private project this
 * browser computes.
 */
export function useStartRuns(projectId: string) {
  const started = useStarted(projectId);
  return useMutation({
    mutationFn: (input: Omit<ActionInput<'startRuns'>, 'projectId'>) => callAction(startRuns, { projectId, ...input }),
    onSuccess: ({ runs }) => {
      void computeQueue.add(runs.filter(isForBrowser).map((run) => runItem(projectId, run)));
      return started();
    },
  });
}

/** Starts a map of a feature set; that of a private project this browser computes. */
export function useStartProjection(projectId: string) {
  const started = useStarted(projectId);
  return useMutation({
    mutationFn: (input: Omit<ActionInput<'startProjection'>, 'projectId'>) => callAction(startProjection, { projectId, ...input }),
    onSuccess: (projection) => {
      if (isForBrowser(projection)) void computeQueue.add([mapItem(projectId, projection)]);
      return started();
    },
  });
}
