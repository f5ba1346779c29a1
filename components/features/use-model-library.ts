'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addModel, downloadModel } from '@/app/actions/features';
import { callAction, getJson, urlOf } from '@/lib/api/client';
import type { ActionInput } from '@/lib/api/contracts/actions';
import type { ModelCatalogue, StoredModelFile } from '@/lib/api/contracts/models';
import { addresses } from '@/lib/api/contracts/addresses';
import { refreshJobs } from '../jobs/use-jobs';
import { modelsKey } from '../projects/keys';
import { sendFile } from '../upload/send-file';
import type { ChosenFiles } from './chosen-files';

type Wishes = NonNullable<ActionInput<'addModel'>['wishes']>;

/** Public networks that can be added. Asked of this server alone. */
export function useCatalogue(enabled: boolean) {
  return useQuery({
    queryKey: [...modelsKey, 'catalogue'],
    queryFn: ({ signal }): Promise<ModelCatalogue> => getJson(addresses.modelCatalogue, { signal }),
    staleTime: Infinity,
    enabled,
  });
}

/** Starts the download of a network; the job tray shows it. */
export function useDownloadModel(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<ActionInput<'downloadModel'>, 'projectId'>) => callAction(downloadModel, { projectId, ...input }),
    onSuccess: () => refreshJobs(client, projectId),
  });
}

/** Sends the files of a network one after another, then starts the job that tries it. */
export function useAddModel(projectId: string, onSent: (share: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ chosen, wishes }: { chosen: ChosenFiles; wishes: Wishes }) => {
      const total = chosen.files.reduce((sum, { size }) => sum + size, 0);
      const sent: StoredModelFile[] = [];
      let before = 0;
      for (const file of chosen.files) {
        const url = urlOf(addresses.putModelFile, { query: { name: file.name } });
        sent.push(await sendFile<StoredModelFile>(url, file, (bytes) => onSent((before + bytes) / total), new AbortController().signal));
        before += file.size;
      }
      return callAction(addModel, { projectId, source: { files: sent, configurations: chosen.configurations }, wishes });
    },
    onSuccess: () => refreshJobs(client, projectId),
  });
}
