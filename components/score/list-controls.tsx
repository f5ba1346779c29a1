'use client';

import { ArrowDownWideNarrow, ArrowUpNarrowWide, LayoutGrid, Table2 } from 'lucide-react';
import { useMemo } from 'react';
import type { Sort, SortKey } from '@/lib/figures/ranking';
import type { ScoreTable } from '@/lib/figures/score-table';
import { isSortable, knownParts } from '@/lib/figures/table-columns';
import type { ViewState } from '@/lib/figures/view-state';
import { IconButton } from '../ui/icon-button';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';

const sortOptions: readonly { value: SortKey; label: string }[] = [
  { value: 'quality', label: 'Quality' },
  { value: 'probability', label: 'p(anomalous)' },
  { value: 'density', label: 'Density' },
  { value: 'rarity', label: 'Rarity' },
  { value: 'zone', label: 'Zone' },
  { value: 'decision', label: 'Decision' },
  { value: 'defectType', label: 'Defect type' },
  { value: 'qualityLabel', label: 'Label' },
  { value: 'role', label: 'Role' },
];

/** What samples are ordered by, among what the run knows, and in which direction. */
export function SortControl({ table, sort, onSort }: { table: ScoreTable; sort: Sort; onSort: (sort: Sort) => void }) {
  const known = useMemo(() => knownParts(table), [table]);
  return (
    <>
      <Select aria-label="Sort by" size="sm" className="w-32" value={sort.key} options={sortOptions.filter(({ value }) => value === sort.key || isSortable(value, known))} onChange={(key) => onSort({ ...sort, key })} />
      <IconButton
        size="sm"
        icon={sort.descending ? ArrowDownWideNarrow : ArrowUpNarrowWide}
        label={sort.descending ? 'Largest first' : 'Smallest first'}
        onClick={() => onSort({ ...sort, descending: !sort.descending })}
      />
    </>
  );
}

const layouts = [
  { value: 'gallery' as const, label: 'Gallery', icon: LayoutGrid },
  { value: 'table' as const, label: 'Table', icon: Table2 },
];

/** Samples as images or as lines of numbers. */
export function LayoutSwitch({ layout, onLayout }: { layout: ViewState['layout']; onLayout: (layout: ViewState['layout']) => void }) {
  return <Segmented label="Show as" size="sm" iconsOnly value={layout} onChange={onLayout} options={layouts} />;
}
