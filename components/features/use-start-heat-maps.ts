'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { startPatchMaps } from '@/app/actions/features';
import { callAction } from '@/lib/api/client';
import { refreshJobs, refreshProject } from '../jobs/use-jobs';

/** Starts heat maps of a feature set, or goes on with them. */
export function useStartHeatMaps(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (featureSetId: string) => callAction(startPatchMaps, { projectId, featureSetId }),
    onSuccess: () => Promise.all([refreshJobs(client, projectId), refreshProject(client, projectId)]),
  });
}
