'use client';

import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKey } from '../projects/keys';
import { useProjectOverview } from '../projects/use-projects';
import { useSampleFacets } from '../samples/use-samples';
import { useRuns } from '../score/use-runs';

/** Everything that synthetic anomalies of a project can be taken from, as the source picker offers it. */
export type SourceChoices = {
  /** Auxiliary anomalies there are, and how many of them were accepted. */
  readonly auxiliary: number;
  readonly accepted: number;
  /** Evaluators with a ready run, newest run first. */
  readonly evaluators: readonly string[];
  readonly batches: readonly { readonly id: string; readonly generator: string; readonly samples: number; readonly createdAt: string }[];
  /** Folders of auxiliary anomalies. */
  readonly folders: readonly { readonly value: string; readonly count: number }[];
  /** Networks for DiffStyle. */
  readonly diffusionModels: readonly { readonly id: string; readonly name: string }[];
  /** Whether generators can work: only in projects of images. */
  readonly mayGenerate: boolean;
};

/** What the source picker offers; undefined until all of it is known. `error` of the first part that could not be read. */
export function useSourceChoices(projectId: string): { choices: SourceChoices | undefined; error: Error | null } {
  const overview = useProjectOverview(projectId);
  const runs = useRuns(projectId);
  const facets = useSampleFacets(projectId, false);
  const batches = useQuery({
    queryKey: [...projectKey(projectId), 'selection-batches'],
    queryFn: async ({ signal }) => (await getJson(addresses.generations, { params: { projectId }, signal })).generations,
  });
  const diffusion = useQuery({ queryKey: ['diffusion-models'], queryFn: async ({ signal }) => (await getJson(addresses.diffusionModels, { signal })).models });
  const normals = useTrainingNormalsQuery(projectId);
  const error = normals.error ?? overview.error ?? runs.error ?? facets.error ?? batches.error ?? diffusion.error;
  if (!overview.data || !runs.data || !facets.data || !batches.data || !diffusion.data) return { choices: undefined, error };
  const { samples, review, kind } = overview.data;
  return {
    choices: {
      auxiliary: samples.auxiliary,
      accepted: review.accepted,
      evaluators: [...new Set(runs.data.filter(({ state }) => state === 'ready').map(({ evaluator }) => evaluator))],
      batches: batches.data.filter((batch) => batch.state === 'ready' && batch.samples > 0).map(({ id, generator, samples: made, createdAt }) => ({ id, generator, samples: made, createdAt })),
      folders: facets.data.folders.filter(({ role, value }) => role === 'auxiliary' && value !== ''),
      diffusionModels: diffusion.data,
      mayGenerate: kind === 'image',
    },
    error,
  };
}

/** Training normals that a selection can divide: the support set where nothing limits it. Undefined until known; `useSourceChoices` tells why it cannot be. */
export function useTrainingNormals(projectId: string): number | undefined {
  return useTrainingNormalsQuery(projectId).data;
}

function useTrainingNormalsQuery(projectId: string) {
  return useQuery({
    queryKey: [...projectKey(projectId), 'selection-normals'],
    queryFn: async ({ signal }) => (await getJson(addresses.generationSeeds, { params: { projectId }, query: {}, signal })).sampleIds.length,
  });
}
