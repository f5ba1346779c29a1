'use client';

import { useMemo, useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { formatCount } from '@/lib/figures/format';
import { reasonNames, roleNames, verdictNames, zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import type { RankingCounts } from '@/lib/figures/ranking';
import { knownParts } from '@/lib/figures/table-columns';
import { toggled, withoutAbsent } from '@/lib/figures/view-state';
import { Checkbox } from '../ui/checkbox';
import { controlBase } from '../ui/field';
import { roles } from '../ui/role-mark';
import { reasonLabel, verdicts } from '../ui/verdict-mark';
import { zoneOrder, zones } from '../ui/zone-mark';
import { FactChoices, TextCondition } from './filter-facts';

export type FilterFieldsProps = {
  projectId: string;
  table: ScoreTable;
  filter: RankingFilter;
  counts: RankingCounts;
  onFilter: (filter: RankingFilter) => void;
};

type ListKey = 'roles' | 'zones' | 'verdicts' | 'reasons' | 'defectTypes';
type RangeKey = 'quality' | 'probability' | 'density' | 'rarity';

const rangeLabels: Record<RangeKey, string> = { quality: 'Quality', probability: 'p(anomalous)', density: 'Density', rarity: 'Rarity' };

/** The conditions of a filter, with how many samples each choice holds. */
export function FilterFields({ projectId, table, filter, counts, onFilter }: FilterFieldsProps) {
  const known = useMemo(() => knownParts(table), [table]);
  const set = (part: { [K in keyof RankingFilter]?: RankingFilter[K] | undefined }) => onFilter(withoutAbsent({ ...filter, ...part }));
  const group = <T extends string | null>(key: ListKey, entries: readonly { word: T; label: string; count?: number }[]) => (
    <Choices
      entries={entries.map((entry) => ({ ...entry, checked: ((filter[key] ?? []) as readonly (string | null)[]).includes(entry.word) }))}
      onToggle={(word) => set({ [key]: toggled<string | null>(filter[key], word) } as Partial<RankingFilter>)}
    />
  );
  return (
    <div className="grid gap-x-6 gap-y-4 p-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <TextCondition text={filter.text} onText={(text) => set({ text })} />
      </div>
      {known.zone && <Group title="Zone">{group('zones', zoneOrder.map((zone) => ({ word: zone, label: zones[zone].label, count: counts.zones[zoneNames.indexOf(zone)] ?? 0 })))}</Group>}
      <Group title="Decision">
        {group('verdicts', verdictNames.map((verdict, code) => ({ word: verdict, label: verdict === null ? 'Undecided' : verdicts[verdict].label, count: counts.verdicts[code] ?? 0 })))}
      </Group>
      <Group title="Role">{group('roles', roleNames.map((role) => ({ word: role, label: roles[role].label })))}</Group>
      <Group title="Reason of rejection">{group('reasons', reasonNames.flatMap((reason) => (reason === null ? [] : [{ word: reason, label: reasonLabel(reason) }])))}</Group>
      {table.defectTypes.length > 1 && (
        <Group title="Defect type">
          <div className="max-h-40 overflow-y-auto">
            {group('defectTypes', table.defectTypes.flatMap((name, code) => (name === null ? [] : [{ word: name, label: name, count: counts.defectTypes[code] ?? 0 }])))}
          </div>
        </Group>
      )}
      <FactChoices
        projectId={projectId}
        table={table}
        filter={filter}
        onChange={set}
        draw={(title, entries, onToggle) => (
          <Group title={title}>
            <div className="max-h-40 overflow-y-auto">
              <Choices entries={entries} onToggle={onToggle} />
            </div>
          </Group>
        )}
      />
      <Group title="Between">
        {(Object.keys(rangeLabels) as RangeKey[]).filter((key) => key === 'quality' || known[key]).map((key) => (
          <RangeInputs key={`${key}:${filter[key]?.join() ?? ''}`} label={rangeLabels[key]} range={filter[key]} onRange={(range) => set({ [key]: range } as Partial<RankingFilter>)} />
        ))}
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small font-medium">{title}</legend>
      {children}
    </fieldset>
  );
}

type Choice<T> = { word: T; label: string; count?: number; checked: boolean };

function Choices<T extends string | null>({ entries, onToggle }: { entries: readonly Choice<T>[]; onToggle: (word: T) => void }) {
  return (
    <ul>
      {entries.map(({ word, label, count, checked }) => (
        <li key={label} className="flex items-center justify-between gap-2">
          <Checkbox checked={checked} onChange={() => onToggle(word)} label={label} />
          {count !== undefined && <span className="text-small text-muted">{formatCount(count)}</span>}
        </li>
      ))}
    </ul>
  );
}

type Range = readonly [number | null, number | null];

/** Two numbers, either of which may be left open. Taken over when the field is left or Enter is pressed. */
function RangeInputs({ label, range, onRange }: { label: string; range: Range | undefined; onRange: (range: [number | null, number | null] | undefined) => void }) {
  const [low, setLow] = useState(String(range?.[0] ?? ''));
  const [high, setHigh] = useState(String(range?.[1] ?? ''));
  const take = () => {
    const [from, to] = [low, high].map((text) => (text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text)));
    onRange(from === null && to === null ? undefined : [from ?? null, to ?? null]);
  };
  const field = (end: string, value: string, change: (text: string) => void) => (
    <input
      aria-label={`${label}, ${end}`}
      inputMode="decimal"
      value={value}
      placeholder={end === 'from' ? 'from' : 'to'}
      onChange={(event) => change(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
      className={`${controlBase} h-7 w-16 px-2 text-small max-md:h-10`}
    />
  );
  return (
    <div className="flex items-center justify-between gap-1 py-0.5">
      <span className="truncate text-small">{label}</span>
      <span className="flex gap-1">
        {field('from', low, setLow)}
        {field('to', high, setHigh)}
      </span>
    </div>
  );
}
