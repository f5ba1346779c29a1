'use client';

import { useMemo, type ReactNode } from 'react';
import type { Zone } from '@/lib/api/contracts/common';
import { countOf, formatCount } from '@/lib/figures/format';
import type { RankingCounts } from '@/lib/figures/ranking';
import { zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import { knownParts } from '@/lib/figures/table-columns';
import { toggled, withoutAbsent, type ViewState } from '@/lib/figures/view-state';
import { Chip } from '../ui/chip';
import { ZoneMark, zoneOrder, zones } from '../ui/zone-mark';
import { FilterChips } from './filter-chips';
import { FilterPopover } from './filter-popover';
import { LayoutSwitch, SortControl } from './list-controls';
import type { ChangeView } from './use-view-state';

type RankingBarProps = {
  projectId: string;
  table: ScoreTable;
  view: ViewState;
  onView: ChangeView;
  counts: RankingCounts;
  matches: number;
  filterOpen: boolean;
  onFilterOpen: (open: boolean) => void;
  /** What else can be done with those that match, beside the filter. */
  children: ReactNode;
};

/** Order, filter and how many match: what the ranking below shows. */
export function RankingBar({ projectId, table, view, onView, counts, matches, filterOpen, onFilterOpen, children }: RankingBarProps) {
  const { sort, filter } = view;
  const known = useMemo(() => knownParts(table), [table]);
  const toggleZone = (zone: Zone) => onView({ filter: withoutAbsent({ ...filter, zones: toggled(filter.zones, zone) }) });
  return (
    <div className="flex flex-col gap-1.5 border-b border-line px-3 py-1.5 max-md:py-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <SortControl table={table} sort={sort} onSort={(next) => onView({ sort: next })} />
        <FilterPopover projectId={projectId} table={table} filter={filter} counts={counts} open={filterOpen} onOpenChange={onFilterOpen} onFilter={(next) => onView({ filter: next })} />
        {children}
        <span className="ml-auto" />
        <LayoutSwitch layout={view.layout} onLayout={(layout) => onView({ layout })} />
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        {!known.zone && <p className="text-small text-muted">This run has no zones; EAP runs do.</p>}
        {known.zone && zoneOrder.map((zone) => (
          <Chip key={zone} pressed={filter.zones?.includes(zone) ?? false} count={formatCount(counts.zones[zoneNames.indexOf(zone)])} aria-label={`${zones[zone].label} only`} onClick={() => toggleZone(zone)}>
            <ZoneMark zone={zone} />
          </Chip>
        ))}
        <p role="status" className="ml-auto text-small text-muted">
          {countOf(matches, 'match', 'matches')}
        </p>
      </div>
      <FilterChips projectId={projectId} filter={filter} onFilter={(next) => onView({ filter: next })} />
    </div>
  );
}
