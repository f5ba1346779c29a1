'use client';

import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HistoryKind } from '@/lib/api/contracts/history';
import { Button } from '../ui/button';
import { InputField } from '../ui/field';
import { Select, type SelectOption } from '../ui/select';
import { isNarrowed, type HistoryFilter } from './history-filter';
import { useHistoryPeople } from './use-history';

const kinds: readonly SelectOption<HistoryKind | ''>[] = [
  { value: '', label: 'Everything' },
  { value: 'decisions', label: 'Decisions' },
  { value: 'runs', label: 'Runs and other computations' },
  { value: 'generation', label: 'Batches of synthetic anomalies' },
  { value: 'uploads', label: 'Uploads and changes of samples' },
  { value: 'exports', label: 'Exports' },
  { value: 'members', label: 'Members and accounts' },
  { value: 'other', label: 'Other' },
];

export const noFilter: HistoryFilter = { userId: '', kind: '', from: '', to: '', text: '' };

/** Person, kind, days and text of what is shown. */
export function HistoryFilters({ projectId, filter, onFilter }: { projectId: string; filter: HistoryFilter; onFilter: (filter: HistoryFilter) => void }) {
  const { data: people } = useHistoryPeople(projectId);
  const options = [{ value: '', label: 'Everybody' }, ...(people ?? []).map(({ userId, name }) => ({ value: userId, label: name }))];
  return (
    <div role="search" aria-label="Filter the history" className="grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:grid-cols-3">
      <label className="flex min-w-0 flex-col gap-1 text-small font-medium">
        Person
        <Select value={filter.userId} onChange={(userId) => onFilter({ ...filter, userId })} options={options} />
      </label>
      <label className="flex min-w-0 flex-col gap-1 text-small font-medium">
        What
        <Select value={filter.kind} onChange={(kind) => onFilter({ ...filter, kind })} options={kinds} />
      </label>
      <TextFilter text={filter.text} onText={(text) => onFilter({ ...filter, text })} />
      <InputField label="From" type="date" value={filter.from} max={filter.to || undefined} onChange={(event) => onFilter({ ...filter, from: event.target.value })} />
      <InputField label="To" type="date" value={filter.to} min={filter.from || undefined} onChange={(event) => onFilter({ ...filter, to: event.target.value })} />
      <Button icon={X} variant="ghost" className="justify-self-start" disabled={!isNarrowed(filter)} onClick={() => onFilter(noFilter)}>
        Clear
      </Button>
    </div>
  );
}

/** Asks when typing has paused: every letter would be a question of its own. */
const pauseMs = 350;

function TextFilter({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(text);
  if (shown !== text) {
    setShown(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), pauseMs);
    return () => clearTimeout(timer);
  });
  return <InputField label="Text" type="search" placeholder="File or name" value={typed} onChange={(event) => setTyped(event.target.value)} />;
}
