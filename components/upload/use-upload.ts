'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { cancelUpload, closeUpload, retryUploadFile, setFolderRoles } from '@/app/actions/uploads';
import { callAction, getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { FolderRole } from '@/lib/api/contracts/uploads';
import { refreshJobs, refreshProject } from '../jobs/use-jobs';
import { projectKey } from '../projects/keys';
import { forgetHandles, keptHandles } from './kept-handles';
import { uploadEngineOf } from './upload-center';
import { useUploadSnapshot } from './use-upload-snapshot';

export const uploadKeys = {
  all: (projectId: string) => [...projectKey(projectId), 'uploads'] as const,
  list: (projectId: string) => [...uploadKeys.all(projectId), 'list'] as const,
  one: (projectId: string, uploadId: string) => [...uploadKeys.all(projectId), uploadId] as const,
  refused: (projectId: string, uploadId: string) => [...uploadKeys.one(projectId, uploadId), 'refused'] as const,
  handles: (projectId: string, uploadId: string) => [...uploadKeys.one(projectId, uploadId), 'handles'] as const,
};

/** What this tab is sending, and the engine that sends it. */
export function useUploadEngine(projectId: string) {
  const engine = uploadEngineOf(projectId);
  const snapshot = useUploadSnapshot(engine);
  return { engine, snapshot };
}

/** Uploads that the server still holds open, newest first: those that a reload interrupted. */
export function useOpenUploads(projectId: string, enabled: boolean) {
  return useQuery({
    queryKey: uploadKeys.list(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.uploads, { params: { projectId }, signal })).uploads.filter((upload) => upload.state === 'open'),
    enabled,
  });
}

/** An upload as the server sees it: what is stored, and the folders with their roles. */
export function useUpload(projectId: string, uploadId: string | null, live: boolean) {
  return useQuery({
    queryKey: uploadKeys.one(projectId, uploadId ?? ''),
    queryFn: ({ signal }) => getJson(addresses.upload, { params: { projectId, uploadId: uploadId ?? '' }, signal }),
    enabled: uploadId !== null,
    // Followed until the last file is decoded, which is after the last one was sent.
    refetchInterval: ({ state }) => (live || (state.data?.counts.expected ?? 0) + (state.data?.counts.received ?? 0) > 0 ? 1_500 : false),
  });
}

/** Files that the server refused in this upload. */
export function useRefusedFiles(projectId: string, uploadId: string | null, count: number) {
  return useQuery({
    queryKey: [...uploadKeys.refused(projectId, uploadId ?? ''), count],
    queryFn: async ({ signal }) => (await getJson(addresses.uploadFiles, { params: { projectId, uploadId: uploadId ?? '' }, query: { state: 'refused', limit: 500 }, signal })).items,
    enabled: uploadId !== null && count > 0,
    placeholderData: (previous) => previous,
  });
}

/** File handles that this browser kept of an interrupted upload. */
export function useKeptHandles(projectId: string, uploadId: string) {
  return useQuery({ queryKey: uploadKeys.handles(projectId, uploadId), queryFn: () => keptHandles(uploadId), retry: false, staleTime: Infinity });
}

/** What can be done with an upload at the server. */
export function useUploadActions(projectId: string, uploadId: string | null) {
  const client = useQueryClient();
  const named = { projectId, uploadId: uploadId ?? '' };
  const refresh = () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]);
  return {
    setRoles: useMutation({
      mutationFn: (folders: Record<string, FolderRole>) => callAction(setFolderRoles, { ...named, folders }),
      onSuccess: (upload) => {
        client.setQueryData(uploadKeys.one(projectId, upload.id), upload);
        return refresh();
      },
    }),
    close: useMutation({ mutationFn: () => callAction(closeUpload, named), onSuccess: refresh }),
    cancel: useMutation({
      mutationFn: async (id: string) => {
        await callAction(cancelUpload, { projectId, uploadId: id });
        await forgetHandles(id).catch(() => undefined);
      },
      onSuccess: refresh,
    }),
    retryFile: useMutation({ mutationFn: (fileId: string) => callAction(retryUploadFile, { ...named, fileId }), onSuccess: refresh }),
  };
}
