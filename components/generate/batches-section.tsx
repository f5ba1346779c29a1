'use client';

import { useState } from 'react';
import type { Generation } from '@/lib/api/contracts/generators';
import { groupBatches, type GroupOrder } from '@/lib/figures/generation-groups';
import { useJobs } from '../jobs/use-jobs';
import { JobRow } from '../jobs/job-row';
import { isActive } from '../jobs/job-words';
import { BatchesPanel } from '../compute/batches-panel';
import { Section } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { GroupRows } from './batch-rows';
import { useBatches } from './use-batches';

type BatchesSectionProps = { projectId: string; mayAct: boolean; onUse: (batch: Generation) => void };

const columns = ['Settings', 'Made', 'Accepted', 'Rejected as', 'Mean quality', ''] as const;

/** What was made before, by its settings, and what people and scores say of it. */
export function BatchesSection({ projectId, mayAct, onUse }: BatchesSectionProps) {
  const { data: batches, error, refetch, isFetching } = useBatches(projectId);
  const [order, setOrder] = useState<GroupOrder>('newest');
  const several = (batches?.length ?? 0) > 1;
  return (
    <Section
      title="Batches"
      summary="Batches with the same parameters stand together. Accepted: of the samples that were accepted or rejected in the review."
      actions={several ? <Segmented size="sm" label="Order" value={order} onChange={setOrder} options={[{ value: 'newest', label: 'Newest' }, { value: 'best', label: 'Best accepted' }]} /> : undefined}
    >
      <RunningBatches projectId={projectId} mayAct={mayAct} />
      <BatchesPanel projectId={projectId} batches={batches} />
      {batches === undefined ? (
        error === null ? <Skeleton className="h-24" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />
      ) : batches.length === 0 ? (
        <p className="py-6 text-muted">No batch yet. Make one above: it stands here with the share of it that passes the review.</p>
      ) : (
        <table className="w-full border-collapse max-md:block">
          <thead className="max-md:sr-only">
            <tr className="border-b border-line text-left text-small text-muted">
              {columns.map((name) => (
                <th key={name} scope="col" className="py-1.5 pr-4 font-medium">
                  {name === '' ? <span className="sr-only">Next</span> : name}
                </th>
              ))}
            </tr>
          </thead>
          {groupBatches(batches, order).map((group) => (
            <GroupRows key={group.key} projectId={projectId} group={group} mayAct={mayAct} onUse={onUse} />
          ))}
        </table>
      )}
    </Section>
  );
}

/** Batches that a worker makes now, or has not come to. */
function RunningBatches({ projectId, mayAct }: { projectId: string; mayAct: boolean }) {
  const { data: jobs } = useJobs(projectId);
  const running = (jobs ?? []).filter((job) => job.kind === 'generate' && isActive(job));
  if (running.length === 0) return null;
  return (
    <ul aria-label="Batches that are being made" className="mb-3 divide-y divide-line rounded-md border border-line">
      {running.map((job) => (
        <JobRow key={job.id} job={job} projectId={projectId} mayAct={mayAct} />
      ))}
    </ul>
  );
}
