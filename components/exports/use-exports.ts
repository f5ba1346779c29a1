'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { startExport } from '@/app/actions/exports';
import { callAction, getJson, sendBody, urlOf } from '@/lib/api/client';
import type { Export, ExportFormat, ExportRule } from '@/lib/api/contracts/exports';
import { addresses } from '@/lib/api/contracts/addresses';
import { refreshJobs, refreshProject } from '../jobs/use-jobs';
import { projectKey } from '../projects/keys';
import { useStartBrowserExport } from './use-browser-export';

const exportKeys = {
  list: (projectId: string) => [...projectKey(projectId), 'exports'] as const,
  count: (projectId: string, rule: ExportRule) => [...projectKey(projectId), 'export-count', rule] as const,
};

/** Exports of a project, newest first; followed while a job makes one. */
export function useExports(projectId: string) {
  return useQuery({
    queryKey: exportKeys.list(projectId),
    queryFn: async ({ signal }): Promise<Export[]> => (await getJson(addresses.exports, { params: { projectId }, signal })).exports,
    refetchInterval: ({ state }) => (state.data?.some((item) => item.state === 'pending' && item.jobId !== null) ? 2_000 : false),
  });
}

/** How many samples a rule selects now. */
export function useExportCount(projectId: string, rule: ExportRule, enabled: boolean) {
  return useQuery({
    queryKey: exportKeys.count(projectId, rule),
    queryFn: async ({ signal }): Promise<number> => (await sendBody(addresses.exportCount, { params: { projectId }, body: rule, signal })).count,
    enabled,
  });
}

/** Starts an export. The folder of a private project is written in this tab: no job can, as the images are in browsers only. */
export function useStartExport(projectId: string) {
  const client = useQueryClient();
  const writeHere = useStartBrowserExport(projectId);
  return useMutation({
    mutationFn: ({ runId, filter, format }: ExportRule & { format: ExportFormat }) => callAction(startExport, { projectId, runId, filter, format }),
    onSuccess: (begun) => {
      if (begun.jobId === null) writeHere(begun);
      return Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]);
    },
  });
}

/** Address of the file of an export. */
export function exportFileUrl(projectId: string, exportId: string): string {
  return urlOf(addresses.exportFile, { params: { projectId, exportId } });
}

/** Address where a browser shows the report of an export. */
export function exportReportUrl(projectId: string, exportId: string): string {
  return urlOf(addresses.exportReport, { params: { projectId, exportId } });
}
