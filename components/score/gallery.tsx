'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { formatUnit } from '@/lib/figures/format';
import type { SortKey } from '@/lib/figures/ranking';
import { verdictNames, zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import { qualityFormat } from '@/lib/figures/table-columns';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { GalleryCutLine } from './cut/gallery-cut-line';
import type { Cut } from './cut/use-cut';
import { ScoreTile, captionHeight, tileId } from './score-tile';
import { useSize } from '../charts/use-size';
import type { SelectHow } from './use-marks';

const gap = 8;
const least = 104;
const padding = 12;

export type RankingListProps = {
  projectId: string;
  table: ScoreTable;
  order: Uint32Array;
  verdicts: VerdictColumns;
  /** Position of the selected sample in `order`; -1 when it is not there. */
  position: number;
  sortKey: SortKey;
  /** Drawn between the samples; null where the order is not that of the cut. */
  cut: Cut | null;
  /** Samples that are marked for the verbs below the ranking. */
  marked?: ReadonlySet<string>;
  onSelect: (sampleId: string, how?: SelectHow) => void;
  /** Show the sample large (on narrow screens that is another pane). */
  onOpen: () => void;
  /** Reports how many samples stand side by side, for the keys that move by a row. */
  onColumns: (columns: number) => void;
};

/** The column whose number a tile shows. */
export function shownColumn(table: ScoreTable, sortKey: SortKey): { name: string; values: Float64Array } {
  const key = sortKey === 'probability' || sortKey === 'density' || sortKey === 'rarity' ? sortKey : 'quality';
  return { name: key, values: table[key] };
}

/** The ranking as images. Only what is on the screen exists, so 50,000 samples scroll as 50 do. */
export function Gallery({ projectId, table, order, verdicts, position, sortKey, cut, marked, onSelect, onOpen, onColumns }: RankingListProps) {
  const parent = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [sizeRef, { width }] = useSize<HTMLDivElement>();
  const inner = Math.max(0, width - 2 * padding);
  const columns = Math.max(1, Math.floor((inner + gap) / (least + gap)));
  const size = Math.max(40, Math.floor((inner - gap * (columns - 1)) / columns));
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is read in this component only
  const virtualizer = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(order.length / columns),
    getScrollElement: () => parent.current,
    estimateSize: () => size + captionHeight + gap,
    overscan: 3,
    paddingStart: padding,
    paddingEnd: padding,
  });
  useEffect(() => onColumns(columns), [columns, onColumns]);
  useEffect(() => virtualizer.measure(), [virtualizer, size]);
  useEffect(() => {
    if (position >= 0 && width > 0) virtualizer.scrollToIndex(Math.floor(position / columns), { align: 'auto' });
  }, [virtualizer, position, columns, width]);
  const { name, values } = shownColumn(table, sortKey);
  const formatValue = useMemo(() => qualityFormat(table), [table]);
  const format = name === 'quality' ? formatValue : (value: number | undefined) => formatUnit(value, 3);
  const rows = virtualizer.getVirtualItems();
  const selectedLine = Math.floor(position / columns);
  const selectedShown = position >= 0 && rows.some((line) => line.index === selectedLine);
  return (
    <div
      ref={(element) => {
        parent.current = element;
        return sizeRef(element);
      }}
      role="grid"
      tabIndex={0}
      aria-multiselectable
      aria-label={`Ranking, ${order.length} samples`}
      aria-rowcount={Math.ceil(order.length / columns)}
      aria-colcount={columns}
      {...(selectedShown ? { 'aria-activedescendant': tileId(table.ids[order[position]!]!) } : {})}
      className="min-h-0 flex-1 overflow-y-auto contain-strict focus-visible:outline-offset-[-2px]"
    >
      <div ref={content} role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((line) => (
          <div
            key={line.key}
            role="row"
            aria-rowindex={line.index + 1}
            className="absolute top-0 flex"
            style={{ transform: `translateY(${line.start}px)`, left: padding, gap }}
          >
            {Array.from(order.subarray(line.index * columns, (line.index + 1) * columns), (row, column) => (
              <ScoreTile
                key={table.ids[row]}
                projectId={projectId}
                sampleId={table.ids[row]!}
                rank={line.index * columns + column + 1}
                value={format(values[row])}
                valueName={name}
                zone={zoneNames[table.zone[row]!] ?? null}
                verdict={verdictNames[verdicts.verdict[row]!] ?? null}
                selected={line.index * columns + column === position}
                marked={marked?.has(table.ids[row]!) ?? false}
                column={column}
                size={size}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            ))}
          </div>
        ))}
        {cut && width > 0 && <GalleryCutLine cut={cut} order={order} grid={{ columns, size, lineHeight: size + captionHeight + gap, gap, padding, width }} content={content} />}
      </div>
    </div>
  );
}
