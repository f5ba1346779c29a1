'use client';

import { useId, useState } from 'react';
import type { ExperimentCandidate, ExperimentSettings, SetKind } from '@/lib/api/contracts/experiments';
import { groupCandidates } from '@/lib/figures/experiments/form';
import { splitOf } from '@/lib/figures/experiments/plan';
import { countOf, formatCount } from '@/lib/figures/format';
import { Checkbox } from '../ui/checkbox';
import { cn } from '../ui/cn';
import { InputField } from '../ui/field';
import { Select } from '../ui/select';

type SetChoiceProps = {
  candidates: readonly ExperimentCandidate[];
  chosen: ReadonlyMap<string, SetKind>;
  split: ExperimentSettings['split'];
  error: string | undefined;
  onChange: (chosen: ReadonlyMap<string, SetKind>) => void;
};

const kindOptions = [
  { value: 'image', label: 'image' },
  { value: 'tabular', label: 'tabular' },
] as const;

/** Feature sets to tick, by project; what cannot take part says why. */
export function SetChoice({ candidates, chosen, split, error, onChange }: SetChoiceProps) {
  const [filter, setFilter] = useState('');
  const errorId = useId();
  const groups = groupCandidates(candidates, filter);
  const set = (candidate: ExperimentCandidate, kind: SetKind | null) => {
    const next = new Map(chosen);
    if (kind === null) next.delete(candidate.featureSetId);
    else next.set(candidate.featureSetId, kind);
    onChange(next);
  };
  return (
    <fieldset className="min-w-0" aria-describedby={error === undefined ? undefined : errorId}>
      <legend className="text-small font-medium">
        Sets <span className="font-normal text-muted">{chosen.size === 0 ? '' : `${formatCount(chosen.size)} chosen`}</span>
      </legend>
      <InputField
        label="Filter sets"
        hideLabel
        type="search"
        placeholder="Filter by project or source"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        // Enter starts the experiment from other fields; here it would be meant for the filter.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        fieldClassName="mt-1"
      />
      <div tabIndex={0} role="group" aria-label="Sets by project" className="mt-1 max-h-72 overflow-y-auto rounded-md border border-line px-3 py-2">
        {groups.length === 0 && <p className="text-muted">{candidates.length === 0 ? 'There is no feature set yet. Extract features of a project with real anomalies first.' : 'No set matches the filter.'}</p>}
        {groups.map(({ projectId, projectName, sets }) => (
          <div key={projectId} className="py-1">
            <p className="truncate text-small text-muted">{projectName}</p>
            <ul>
              {sets.map((candidate) => (
                <SetItem key={candidate.featureSetId} candidate={candidate} kind={chosen.get(candidate.featureSetId) ?? null} split={split} onKind={(kind) => set(candidate, kind)} />
              ))}
            </ul>
          </div>
        ))}
      </div>
      {error !== undefined && (
        <p id={errorId} role="alert" className="mt-1 text-small text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}

type SetItemProps = { candidate: ExperimentCandidate; kind: SetKind | null; split: ExperimentSettings['split']; onKind: (kind: SetKind | null) => void };

function SetItem({ candidate, kind, split, onKind }: SetItemProps) {
  const { obstacle, projectName, source, normals, anomalies, dim } = candidate;
  const counts = splitOf(candidate, { split, maxNormals: 1_000 });
  const reason = obstacle ?? (typeof counts === 'string' ? counts : null);
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-0.5">
      <Checkbox
        checked={kind !== null}
        disabled={obstacle !== null || (reason !== null && kind === null)}
        onChange={(checked) => onKind(checked ? candidate.kind : null)}
        label={
          <>
            <span className="sr-only">{projectName}, </span>
            {source}
          </>
        }
        className={cn('min-w-0 flex-1', reason !== null && kind === null && 'text-muted')}
      />
      {kind !== null && <Select size="sm" aria-label={`Kind of ${projectName}, ${source}`} value={kind} options={kindOptions} onChange={onKind} className="w-24" />}
      <span className="text-small text-muted">
        {countOf(normals, 'normal')}, {countOf(anomalies, 'anomaly', 'anomalies')}, {formatCount(dim)} dim
      </span>
      {reason !== null && <p className="w-full pl-6 text-small text-warning">{reason}</p>}
    </li>
  );
}
