'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { SampleRow } from '@/lib/api/contracts/samples';
import { cn } from '../ui/cn';
import { SampleLine } from './sample-line';
import { SampleTile } from './sample-tile';
import { clicked, isSelected, type Selection } from './selection';

type SampleGridProps = {
  projectId: string;
  rows: readonly SampleRow[];
  /** How many match in all, where known. */
  total: number | null;
  view: 'grid' | 'list';
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onSelectAll: () => void;
  onOpen: (sampleId: string) => void;
  onNearEnd: () => void;
};

const tile = 132;
const lineHeight = 40;

/** Columns that fit; the width is watched. */
function useColumns(view: 'grid' | 'list') {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  const columns = view === 'list' ? 1 : Math.max(2, Math.floor(width / tile));
  const rowHeight = view === 'list' ? lineHeight : Math.round(Math.max(width, 2 * tile) / columns) + 20;
  return { element, columns, rowHeight };
}

/** Steps of the arrow keys, in samples. */
function stepOf(key: string, columns: number): number | null {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, PageDown: columns * 4, PageUp: -columns * 4, Home: -Infinity, End: Infinity };
  return steps[key] ?? null;
}

/** All matching samples as pictures or lines, of which only the visible ones exist. Works as a list box. */
export function SampleGrid({ projectId, rows, total, view, selection, onSelect, onSelectAll, onOpen, onNearEnd }: SampleGridProps) {
  const { element, columns, rowHeight } = useColumns(view);
  const [active, setActive] = useState(-1);
  const [anchor, setAnchor] = useState<string | null>(null);
  const baseId = useId();
  const ids = rows.map((row) => row.id);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is read in this component only
  const virtualizer = useVirtualizer({ count: Math.ceil(rows.length / columns), getScrollElement: () => element.current, estimateSize: () => rowHeight, overscan: 3 });
  const lines = virtualizer.getVirtualItems();
  const lastLine = lines.at(-1)?.index ?? -1;
  const measure = useEffectEvent(() => virtualizer.measure());
  const nearEnd = useEffectEvent(onNearEnd);
  useEffect(() => measure(), [rowHeight, columns]);
  useEffect(() => {
    if (rows.length > 0 && (lastLine + 6) * columns >= rows.length) nearEnd();
  }, [lastLine, columns, rows.length]);

  const choose = (index: number, how: { range: boolean; add: boolean }) => {
    const id = ids[index];
    if (id === undefined) return;
    setActive(index);
    if (!how.range) setAnchor(id);
    onSelect(clicked(selection, id, how, ids, anchor));
  };
  const move = (index: number, range: boolean) => {
    virtualizer.scrollToIndex(Math.floor(index / columns));
    if (range) choose(index, { range: true, add: false });
    else setActive(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key, columns);
    const mod = event.ctrlKey || event.metaKey;
    const current = rows[active];
    if (step !== null) move(Math.max(0, Math.min(rows.length - 1, (active < 0 && step > 0 ? -1 : active) + (active < 0 ? 1 : step))), event.shiftKey);
    else if (event.key === 'a' && mod) onSelectAll();
    else if (event.key === ' ' && current !== undefined) choose(active, { range: event.shiftKey, add: true });
    else if (event.key === 'Enter' && current !== undefined) onOpen(current.id);
    else if (event.key === 'Escape') onSelect({ mode: 'some', ids: new Set() });
    else return;
    event.preventDefault();
  };
  const Item = view === 'grid' ? SampleTile : SampleLine;
  return (
    <div
      ref={element}
      role="listbox"
      aria-label="Samples"
      aria-multiselectable
      aria-activedescendant={rows[active] === undefined ? undefined : `${baseId}-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cn('min-h-0 flex-1 overflow-y-auto', rows[active] === undefined ? 'focus-visible:outline-offset-[-2px]' : 'outline-none')}
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {lines.map((line) => (
          <div key={line.key} role="presentation" className="absolute inset-x-0 top-0 grid gap-1" style={{ height: line.size, transform: `translateY(${line.start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {rows.slice(line.index * columns, (line.index + 1) * columns).map((row, column) => {
              const index = line.index * columns + column;
              return (
                <Item
                  key={row.id}
                  row={row}
                  projectId={projectId}
                  optionId={`${baseId}-${index}`}
                  position={index + 1}
                  selected={isSelected(selection, row.id)}
                  active={index === active}
                  onClick={(event) => choose(index, { range: event.shiftKey, add: event.ctrlKey || event.metaKey })}
                  onOpen={() => onOpen(row.id)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {total !== null && total > rows.length && <p className="sr-only">{total} samples match; more load while you scroll.</p>}
    </div>
  );
}
