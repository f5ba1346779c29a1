'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { cn } from './cn';

type VirtualListProps = {
  count: number;
  /** Height of a row in px; all rows are equal. */
  rowHeight: number;
  children: (index: number) => ReactNode;
  label: string;
  className?: string;
  overscan?: number;
  /** Called when rows close to the end are on the screen. */
  onNearEnd?: () => void;
};

/** A scrolling list of which only the visible rows exist. Give it a height through `className`. */
export function VirtualList({ count, rowHeight, children, label, className, overscan = 6, onNearEnd }: VirtualListProps) {
  const parent = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is read in this component only
  const virtualizer = useVirtualizer({ count, getScrollElement: () => parent.current, estimateSize: () => rowHeight, overscan });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  const nearEnd = useEffectEvent(() => onNearEnd?.());
  useEffect(() => {
    if (count > 0 && last >= count - 2 * overscan) nearEnd();
  }, [last, count, overscan]);
  return (
    <div ref={parent} role="list" aria-label={label} tabIndex={0} className={cn('overflow-y-auto contain-strict', className)}>
      <div role="presentation" className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <div key={row.key} role="listitem" aria-setsize={count} aria-posinset={row.index + 1} className="absolute inset-x-0 top-0" style={{ height: row.size, transform: `translateY(${row.start}px)` }}>
            {children(row.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
