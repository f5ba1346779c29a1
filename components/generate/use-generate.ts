'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { startGeneration } from '@/app/actions/generations';
import { callAction, getJson } from '@/lib/api/client';
import type { StartGeneration } from '@/lib/api/contracts/generators';
import { addresses } from '@/lib/api/contracts/addresses';
import { heldSampleIds } from '@/lib/browser-store/private-images';
import { batchItem } from '../compute/batch-item';
import { computeQueue } from '../compute/use-compute';
import { refreshJobs, refreshProject } from '../jobs/use-jobs';
import { modelsKey, projectKey } from '../projects/keys';

const keys = {
  seeds: (projectId: string) => [...projectKey(projectId), 'generation-seeds'] as const,
  heldSeeds: (projectId: string) => [...projectKey(projectId), 'held', 'seeds'] as const,
};

/** Ids of the training normals, in the order in which a batch takes them. */
export function useTrainingNormals(projectId: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.seeds(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.generationSeeds, { params: { projectId }, signal })).sampleIds,
    enabled,
  });
}

/** Of a private project: ids of the samples whose images are in this browser. */
export function useHeldIds(projectId: string, enabled: boolean) {
  return useQuery({ queryKey: keys.heldSeeds(projectId), queryFn: () => heldSampleIds(projectId), enabled, structuralSharing: false });
}

export function useDiffusionModels(enabled: boolean) {
  return useQuery({ queryKey: [...modelsKey, 'diffusion'], queryFn: async ({ signal }) => (await getJson(addresses.diffusionModels, { signal })).models, enabled });
}

/** Starts a batch; that of a private project this browser makes. */
export function useStartBatch(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<StartGeneration, 'projectId'>) => callAction(startGeneration, { projectId, ...input }),
    onSuccess: (batch) => {
      if (batch.state === 'pending' && batch.jobId === null) void computeQueue.add([batchItem(projectId, batch)]);
      return Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]);
    },
  });
}
