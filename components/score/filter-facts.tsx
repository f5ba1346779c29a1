'use client';

import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { formatDateTime } from '@/lib/figures/format';
import { countTags, countWords, rowFacts, type WordCount } from '@/lib/figures/sample-facts';
import type { ScoreTable } from '@/lib/figures/score-table';
import { toggled } from '@/lib/figures/view-state';
import { noStates } from '@/lib/figures/verdicts';
import { useBatches } from '../generate/use-batches';
import { useStates } from '../review/use-states';
import { cn } from '../ui/cn';
import { controlBase } from '../ui/field';
import { useSampleFacts } from './use-sample-facts';

/** The filter follows this long after the last letter. */
const typingMs = 300;

export type FilterChange = { [K in keyof RankingFilter]?: RankingFilter[K] | undefined };

/** Words that the texts of a sample must hold. */
export function TextCondition({ text, onText }: { text: string | undefined; onText: (text: string | undefined) => void }) {
  const [typed, setTyped] = useState(text ?? '');
  const [followed, setFollowed] = useState(text);
  if (text !== followed) {
    setFollowed(text);
    // Changed elsewhere (a chip, a saved view): what is typed here is no longer what holds.
    if ((text ?? '') !== typed.trim()) setTyped(text ?? '');
  }
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const take = (value: string) => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    const words = value.trim().slice(0, 200);
    if (words !== (text ?? '')) onText(words === '' ? undefined : words);
  };
  useEffect(() => () => void (timer.current !== null && clearTimeout(timer.current)), []);
  return (
    <span className="relative block">
      <Search aria-hidden className="absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint" />
      <input autoFocus
        type="search"
        aria-label="Words in file name, folder, defect type, generator, prompt, tags and notes"
        placeholder="Words in names, prompts, tags, notes"
        value={typed}
        maxLength={200}
        onChange={({ target: { value } }) => {
          setTyped(value);
          if (timer.current !== null) clearTimeout(timer.current);
          timer.current = setTimeout(() => take(value), typingMs);
        }}
        onKeyDown={(event) => event.key === 'Enter' && take(typed)}
        onBlur={() => take(typed)}
        className={cn(controlBase, 'h-8 w-full pr-2 pl-7 text-small max-md:h-10')}
      />
    </span>
  );
}

type ListPart = 'tags' | 'generators' | 'batches' | 'reviewers';
/** How the popover draws a list of choices with counts. */
type DrawChoices = (title: string, entries: readonly { word: string; label: string; count: number; checked: boolean }[], onToggle: (word: string) => void) => ReactNode;

type FactChoicesProps = { projectId: string; table: ScoreTable; filter: RankingFilter; onChange: (change: FilterChange) => void; draw: DrawChoices };

/** Tags, generators, batches and reviewers that the samples of the ranking have, with how many have each. */
export function FactChoices({ projectId, table, filter, onChange, draw }: FactChoicesProps) {
  const { data: facts } = useSampleFacts(projectId, true);
  const states = useStates(projectId).data?.states ?? noStates.states;
  const batches = useBatches(projectId).data;
  const rows = useMemo(() => rowFacts(table, facts ?? null, { states, matches: null }), [table, facts, states]);
  const people = useMemo(() => new Map([...states.values()].map(({ userId, userName }) => [userId, userName])), [states]);
  const nameOfBatch = (id: string) => batchName(batches?.find((batch) => batch.id === id), id);
  const list = (title: string, key: ListPart, counts: readonly WordCount[], nameOf: (word: string) => string = (word) => word) => {
    const chosen = filter[key] ?? [];
    const listed = [...counts, ...chosen.filter((word) => !counts.some((one) => one.word === word)).map((word) => ({ word, count: 0 }))];
    if (listed.length === 0) return null;
    const entries = listed.map(({ word, count }) => ({ word, count, label: nameOf(word), checked: chosen.includes(word) }));
    return draw(title, entries, (word) => onChange({ [key]: toggled(filter[key], word) }));
  };
  return (
    <>
      {list('Tag', 'tags', countTags(rows))}
      {list('Generator', 'generators', countWords(rows.generator))}
      {list('Batch', 'batches', countWords(rows.batch), nameOfBatch)}
      {list('Decided by', 'reviewers', countWords(rows.reviewer), (id) => people.get(id) ?? 'a former member')}
    </>
  );
}

/** "cutpaste, 12 Nov 2026, 14:05". */
export function batchName(batch: { generator: string; createdAt: string } | undefined, id: string): string {
  return batch === undefined ? `batch ${id.slice(-6)}` : `${batch.generator}, ${formatDateTime(batch.createdAt)}`;
}
