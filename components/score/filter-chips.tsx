'use client';

import { X } from 'lucide-react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { filterConditions, type FilterCondition } from '@/lib/figures/filter-conditions';
import { noStates } from '@/lib/figures/verdicts';
import { withoutAbsent } from '@/lib/figures/view-state';
import { useBatches } from '../generate/use-batches';
import { useStates } from '../review/use-states';
import { batchName } from './filter-facts';

type FilterChipsProps = { projectId: string; filter: RankingFilter; onFilter: (filter: RankingFilter) => void };

/** The conditions of a filter, each with a way to take it back. */
export function FilterChips({ projectId, filter, onFilter }: FilterChipsProps) {
  const conditions = filterConditions(filter);
  if (conditions.length === 0) return null;
  return (
    <ul aria-label="Conditions of the filter" className="flex flex-wrap gap-1">
      {conditions.map((condition) => (
        <li key={`${condition.label} ${condition.value}`}>
          <button
            type="button"
            aria-label={`Remove the condition ${condition.label} ${condition.value}`}
            onClick={() => onFilter(withoutAbsent({ ...filter, ...condition.without }))}
            className="inline-flex h-6 max-w-56 items-center gap-1 rounded-full border border-accent bg-selected px-2 text-small hover:border-line-strong max-md:h-9"
          >
            <span className="text-muted">{condition.label}</span>
            <span className="truncate font-medium">
              <ConditionValue projectId={projectId} condition={condition} />
            </span>
            <X aria-hidden className="size-3 shrink-0" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function ConditionValue({ projectId, condition: { kind, value } }: { projectId: string; condition: FilterCondition }) {
  if (kind === 'batch') return <BatchValue projectId={projectId} id={value} />;
  if (kind === 'reviewer') return <ReviewerValue projectId={projectId} id={value} />;
  return value;
}

function BatchValue({ projectId, id }: { projectId: string; id: string }) {
  return batchName(useBatches(projectId).data?.find((batch) => batch.id === id), id);
}

function ReviewerValue({ projectId, id }: { projectId: string; id: string }) {
  const states = useStates(projectId).data?.states ?? noStates.states;
  for (const { userId, userName } of states.values()) if (userId === id) return userName;
  return 'someone';
}
