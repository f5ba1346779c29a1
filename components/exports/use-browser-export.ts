'use client';

import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Export } from '@/lib/api/contracts/exports';
import { keptZip, removeExpiredZips } from '@/lib/browser-export/kept-zips';
import { zipName } from '@/lib/export/layout';
import { refreshProject } from '../jobs/use-jobs';
import { projectKey } from '../projects/keys';
import { useProjectOverview } from '../projects/use-projects';
import { BrowserExport, saveZip, type BrowserExportState } from './browser-export';

/** The zips that this tab writes or wrote, by export. */
const exports = new Map<string, BrowserExport>();
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const zipKey = (projectId: string, exportId: string) => [...projectKey(projectId), 'kept-zip', exportId] as const;

/** Begins to write the zip of an export in this tab, and saves it at the end. Does nothing while this tab writes it. */
export function useStartBrowserExport(projectId: string): (item: Export) => void {
  const client = useQueryClient();
  const fileName = useFileName(projectId);
  return (item) => {
    if (exports.get(item.id)?.isLive === true) return;
    const begun = new BrowserExport({ projectId, item, fileName: fileName(item) }, changed);
    exports.set(item.id, begun);
    changed();
    void begun.start().then(() => refresh(client, projectId, item.id));
  };
}

async function refresh(client: QueryClient, projectId: string, exportId: string): Promise<void> {
  await Promise.all([refreshProject(client, projectId), client.invalidateQueries({ queryKey: zipKey(projectId, exportId) })]);
}

/** What this tab makes of an export; null where it has not begun to. */
export function useBrowserExport(exportId: string): { state: BrowserExportState; isLive: boolean; cancel: () => void } | null {
  const state = useSyncExternalStore(follow, () => exports.get(exportId)?.state ?? null, () => null);
  const found = exports.get(exportId);
  return state === null || found === undefined ? null : { state, isLive: found.isLive, cancel: () => found.cancel() };
}

/** The zip of an export in this browser: size, hash and when it goes; null where there is none. */
export function useKeptZip(projectId: string, exportId: string) {
  return useQuery({
    queryKey: zipKey(projectId, exportId),
    queryFn: async () => {
      const zip = await keptZip({ projectId, exportId });
      return zip === null ? null : { sha256: zip.sha256, bytes: zip.bytes, until: zip.until.toISOString() };
    },
    retry: false,
  });
}

/** Saves the kept zip of an export as a file of the person's machine. */
export function useSaveZip(projectId: string) {
  const client = useQueryClient();
  const fileName = useFileName(projectId);
  return useMutation({
    mutationFn: (item: Export) => saveZip({ projectId, item, fileName: fileName(item) }),
    onError: (_, item) => client.invalidateQueries({ queryKey: zipKey(projectId, item.id) }),
  });
}

/** Removes zips that have lain in this browser long enough, when the exports of a private project are opened. */
export function useExpiredZips(projectId: string, items: readonly Export[] | undefined): void {
  const client = useQueryClient();
  const ids = items?.filter(({ jobId }) => jobId === null).map(({ id }) => id).join(' ') ?? '';
  useEffect(() => {
    if (ids === '') return;
    void removeExpiredZips(projectId, ids.split(' '), new Date()).then(
      () => client.invalidateQueries({ queryKey: [...projectKey(projectId), 'kept-zip'] }),
      () => undefined, // no access to the browser's files: each row says why
    );
  }, [client, projectId, ids]);
}

function useFileName(projectId: string): (item: Export) => string {
  const { data } = useProjectOverview(projectId);
  return ({ id, createdAt }) => zipName({ exportId: id, projectName: data?.name ?? 'export', createdAt });
}
