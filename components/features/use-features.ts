'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { removeModel } from '@/app/actions/features';
import { callAction, getJson, urlOf } from '@/lib/api/client';
import type { FeatureSet, Model } from '@/lib/api/contracts/features';
import { addresses } from '@/lib/api/contracts/addresses';
import { modelsKey, projectKey } from '../projects/keys';
import { sendFile } from '../upload/send-file';

export const featureKeys = {
  sets: (projectId: string) => [...projectKey(projectId), 'feature-sets'] as const,
  models: modelsKey,
};

/** Feature sets of a project, newest first; followed while one is being made. */
export function useFeatureSets(projectId: string) {
  return useQuery({
    queryKey: featureKeys.sets(projectId),
    queryFn: async ({ signal }): Promise<FeatureSet[]> => (await getJson(addresses.featureSets, { params: { projectId }, signal })).featureSets,
    refetchInterval: ({ state }) => (state.data?.some((set) => set.state === 'pending' || set.patches?.state === 'pending') ? 3_000 : false),
  });
}

/** Networks that turn images into vectors. */
export function useModels() {
  return useQuery({ queryKey: featureKeys.models, queryFn: async ({ signal }): Promise<Model[]> => (await getJson(addresses.models, { signal })).models });
}

/** Sends an ONNX file with its manifest; answered when a worker has tried it. */
export function useRegisterModel(onSent: (share: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, manifest }: { file: File; manifest: string }) =>
      sendFile<Model>(urlOf(addresses.putModel, { query: { manifest } }), file, (bytes) => onSent(bytes / file.size), new AbortController().signal),
    onSuccess: () => client.invalidateQueries({ queryKey: featureKeys.models }),
  });
}

export function useRemoveModel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (modelId: string) => callAction(removeModel, { modelId }),
    onSuccess: () => client.invalidateQueries({ queryKey: featureKeys.models }),
  });
}
