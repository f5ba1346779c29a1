'use client';

import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import type { Generation } from '@/lib/api/contracts/generators';
import { addresses } from '@/lib/api/contracts/addresses';
import { useIsPrivate } from '../private/private-project';
import { projectKey } from '../projects/keys';
import { useHeldIds } from './use-generate';

/** How many samples of an ended batch of a private project are not in this browser; 0 while that is not known. */
export function useLacked(projectId: string, { id: generationId, state, samples }: Pick<Generation, 'id' | 'state' | 'samples'>): number {
  const isPrivate = useIsPrivate();
  const enabled = isPrivate && state !== 'pending' && samples > 0;
  const { data: held } = useHeldIds(projectId, enabled);
  const { data: plan } = useQuery({
    queryKey: [...projectKey(projectId), 'generation-plan', generationId],
    queryFn: ({ signal }) => getJson(addresses.generationPlan, { params: { projectId, generationId }, signal }),
    enabled,
  });
  if (held === undefined || plan === undefined) return 0;
  return plan.made.filter(({ sampleId }) => !held.has(sampleId)).length;
}
