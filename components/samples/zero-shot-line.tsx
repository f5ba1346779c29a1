'use client';

import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { formatUnit } from '@/lib/figures/format';
import { sampleKeys } from './use-samples';

/** What the pick of the newest choice of a prompt says of a sample; nothing where there is none. */
export function ZeroShotLine({ projectId, sampleId }: { projectId: string; sampleId: string }) {
  const { data } = useQuery({
    queryKey: [...sampleKeys.one(projectId, sampleId), 'zero-shot'],
    queryFn: async ({ signal }) => (await getJson(addresses.zeroShotScore, { params: { projectId, sampleId }, signal })).zeroShot,
    staleTime: 60_000,
  });
  if (data === undefined || data === null) return null;
  return (
    <p className="text-small">
      Zero-shot score <span className="font-medium">{formatUnit(data.score, 3)}</span>{' '}
      <span className="text-muted">
        for “{data.anomalous}” against “{data.normal}” ({data.modelName}
        {data.demonstration && ', a demonstration model'})
      </span>
    </p>
  );
}
