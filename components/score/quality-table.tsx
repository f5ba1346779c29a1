'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { formatNumber, formatUnit } from '@/lib/figures/format';
import type { Sort, SortKey } from '@/lib/figures/ranking';
import { qualityLabelNames, reasonNames, roleNames, verdictNames, zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import { isSortable, knownParts, qualityFormat, type KnownParts } from '@/lib/figures/table-columns';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { cn } from '../ui/cn';
import { RoleMark } from '../ui/role-mark';
import { VerdictMark, reasonLabel } from '../ui/verdict-mark';
import { ZoneMark } from '../ui/zone-mark';
import { TableCutLine } from './cut/table-cut-line';
import type { RankingListProps } from './gallery';
import { SamplePicture } from '../vector/sample-picture';
import { tileId } from './score-tile';
import { howOf, type SelectHow } from './use-marks';
import { useSampleRow } from './use-sample-row';

const lineHeight = 40;
const lineClass = 'grid items-center';

type Header = { readonly label: string; readonly key: SortKey | null; readonly width: string; readonly number?: boolean };

const headers: readonly Header[] = [
  { label: 'Rank', key: null, width: '44px', number: true },
  { label: '', key: null, width: '48px' },
  { label: 'File', key: null, width: 'minmax(120px, 1fr)' },
  { label: 'Quality', key: 'quality', width: '84px', number: true },
  { label: 'p(anom.)', key: 'probability', width: '72px', number: true },
  { label: 'Density', key: 'density', width: '72px', number: true },
  { label: 'Rarity', key: 'rarity', width: '72px', number: true },
  { label: 'Zone', key: 'zone', width: '132px' },
  { label: 'Decision', key: 'decision', width: '148px' },
  { label: 'Role', key: 'role', width: '100px' },
  { label: 'Defect type', key: 'defectType', width: '112px' },
  { label: 'Label', key: 'qualityLabel', width: '92px' },
];

/** The columns that the run knows, how wide they are, and how its qualities are written. */
type Columns = { readonly known: KnownParts; readonly headers: readonly Header[]; readonly template: string; readonly format: (value: number | undefined) => string };

function columnsOf(table: ScoreTable): Columns {
  const known = knownParts(table);
  const shown = headers.filter(({ key }) => key === null || isSortable(key, known));
  return { known, headers: shown, template: shown.map(({ width }) => width).join(' '), format: qualityFormat(table) };
}

/** The ranking as numbers: one line a sample, every column sortable. */
export function QualityTable({ sort, onSort, ...list }: RankingListProps & { sort: Sort; onSort: (sort: Sort) => void }) {
  const { projectId, table, order, verdicts, position, cut, marked, onSelect, onOpen, onColumns } = list;
  const parent = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is read in this component only
  const virtualizer = useVirtualizer({ count: order.length, getScrollElement: () => parent.current, estimateSize: () => lineHeight, overscan: 8, scrollPaddingStart: 32 });
  useEffect(() => onColumns(1), [onColumns]);
  useEffect(() => {
    if (position >= 0) virtualizer.scrollToIndex(position, { align: 'auto' });
  }, [virtualizer, position]);
  const lines = virtualizer.getVirtualItems();
  const selectedShown = position >= 0 && lines.some((line) => line.index === position);
  const columns = useMemo(() => columnsOf(table), [table]);
  return (
    <div
      ref={parent}
      role="grid"
      tabIndex={0}
      aria-multiselectable
      aria-label={`Quality table, ${order.length} samples`}
      aria-rowcount={order.length + 1}
      {...(selectedShown ? { 'aria-activedescendant': tileId(table.ids[order[position]!]!) } : {})}
      className="min-h-0 flex-1 overflow-auto contain-strict focus-visible:outline-offset-[-2px]"
    >
      <div role="presentation" className="w-max min-w-full">
        <TableHead columns={columns} sort={sort} onSort={onSort} />
        <div ref={content} role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {lines.map((line) => (
            <TableLine
              key={line.key}
              projectId={projectId}
              table={table}
              columns={columns}
              verdicts={verdicts}
              row={order[line.index]!}
              rank={line.index + 1}
              start={line.start}
              selected={line.index === position}
              marked={marked?.has(table.ids[order[line.index]!]!) ?? false}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          ))}
          {cut && <TableCutLine cut={cut} order={order} lineHeight={lineHeight} content={content} />}
        </div>
      </div>
    </div>
  );
}

function TableHead({ columns, sort, onSort }: { columns: Columns; sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface">
      <div role="row" aria-rowindex={1} style={{ gridTemplateColumns: columns.template }} className={cn(lineClass, 'h-8 text-small text-muted')}>
        {columns.headers.map(({ label, key, number }) => (
          <span
            key={label}
            role="columnheader"
            {...(key === sort.key ? { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) } : {})}
            className={cn('px-2', number && 'text-right')}
          >
            {key === null ? (
              label || <span className="sr-only">Image</span>
            ) : (
              <button type="button" onClick={() => onSort({ key, descending: key === sort.key ? !sort.descending : true })} className={cn('inline-flex items-center gap-0.5 hover:text-ink', key === sort.key && 'font-medium text-ink')}>
                {label}
                {key === sort.key && (sort.descending ? <ArrowDown aria-hidden className="size-3" /> : <ArrowUp aria-hidden className="size-3" />)}
              </button>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

type LineProps = { projectId: string; table: ScoreTable; columns: Columns; verdicts: VerdictColumns; row: number; rank: number; start: number; selected: boolean; marked: boolean; onSelect: (sampleId: string, how?: SelectHow) => void; onOpen: () => void };

const TableLine = memo(function TableLine({ projectId, table, columns, verdicts, row, rank, start, selected, marked, onSelect, onOpen }: LineProps) {
  const { known, format, template: gridTemplateColumns } = columns;
  const sampleId = table.ids[row]!;
  const { data: sample } = useSampleRow(projectId, sampleId);
  const zone = zoneNames[table.zone[row]!];
  const verdict = verdictNames[verdicts.verdict[row]!];
  const reason = reasonNames[verdicts.reason[row]!];
  return (
    <div
      id={tileId(sampleId)}
      role="row"
      aria-rowindex={rank + 1}
      aria-selected={selected || marked}
      // A range of samples is selected, not their text.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => onSelect(sampleId, howOf(event))}
      onDoubleClick={onOpen}
      style={{ height: lineHeight, transform: `translateY(${start}px)`, gridTemplateColumns }}
      className={cn(lineClass, 'absolute inset-x-0 top-0 cursor-default border-b border-line', selected ? 'bg-selected' : marked ? 'bg-selected/60 shadow-[inset_3px_0_0_var(--color-accent)]' : 'hover:bg-hover')}
    >
      <Cell number>{rank}</Cell>
      <span role="gridcell" className="px-1">
        <SamplePicture projectId={projectId} sampleId={sampleId} alt="" vector="glyph" className="size-8 rounded-sm" />
      </span>
      <Cell title={sample?.fileName}>{sample?.fileName ?? ''}</Cell>
      <Cell number strong>{format(table.quality[row])}</Cell>
      {known.probability && <Cell number>{formatUnit(table.probability[row], 3)}</Cell>}
      {known.density && <Cell number>{formatNumber(table.density[row])}</Cell>}
      {known.rarity && <Cell number>{formatNumber(table.rarity[row])}</Cell>}
      {known.zone && <Cell>{zone && <ZoneMark zone={zone} label />}</Cell>}
      <Cell title={reason ? reasonLabel(reason) : undefined}>{verdict && <VerdictMark verdict={verdict} label />}</Cell>
      <Cell>
        <RoleMark role={roleNames[table.role[row]!]!} label />
      </Cell>
      <Cell>{table.defectTypes[table.defectType[row]!]}</Cell>
      <Cell>{qualityLabelNames[table.qualityLabel[row]!]}</Cell>
    </div>
  );
});

function Cell({ children, number = false, strong = false, title }: { children: React.ReactNode; number?: boolean; strong?: boolean; title?: string | undefined }) {
  return (
    <span role="gridcell" title={title} className={cn('truncate px-2', number && 'text-right', strong && 'font-medium')}>
      {children}
    </span>
  );
}
