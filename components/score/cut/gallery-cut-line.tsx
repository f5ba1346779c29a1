'use client';

import type { PointerEvent, RefObject } from 'react';
import { keepAtPosition, positionOfCut } from '@/lib/figures/cut';
import { formatCount } from '@/lib/figures/format';
import { dragHandlers, useLiveKeep, type Cut } from './use-cut';

/** Where the tiles of a gallery lie, px from the top left of its content. */
export type TileGrid = { readonly columns: number; readonly size: number; readonly lineHeight: number; readonly gap: number; readonly padding: number; readonly width: number };

const reach = 10;

/** The place between two tiles that is nearest to a point of the content. */
export function positionAt({ columns, size, lineHeight, gap, padding }: TileGrid, x: number, y: number, count: number): number {
  const line = Math.floor((y - padding) / lineHeight);
  const column = Math.min(columns, Math.max(0, Math.round((x - padding) / (size + gap))));
  return Math.min(count, Math.max(0, line * columns + column));
}

type GalleryCutLineProps = { cut: Cut; order: Uint32Array; grid: TileGrid; content: RefObject<HTMLDivElement | null> };

/**
 * The cut in the gaps between the tiles: kept ones before it. Dragged with the pointer; the slider of the cut bar does the same
 * by keys, so that this drawing is hidden from those who hear the page.
 */
export function GalleryCutLine({ cut, order, grid, content }: GalleryCutLineProps) {
  const keep = useLiveKeep(cut);
  if (keep === null) return null;
  const { columns, size, lineHeight, gap, padding, width } = grid;
  const position = positionOfCut(cut.ranking(), order, keep);
  const column = position % columns;
  const top = padding + Math.floor(position / columns) * lineHeight - gap / 2;
  const across = padding + column * (size + gap) - gap / 2;
  const path = column === 0 ? `M4 ${reach}H${width - 4}` : `M4 ${reach + lineHeight}H${across}V${reach}H${width - 4}`;
  const handlers = dragHandlers(cut, (event: PointerEvent<Element>) => {
    const box = content.current!.getBoundingClientRect();
    return keepAtPosition(cut.ranking(), order, positionAt(grid, event.clientX - box.left, event.clientY - box.top, order.length));
  });
  return (
    <div aria-hidden data-cut-line={keep} className="pointer-events-none absolute inset-x-0 top-0 z-10" style={{ transform: `translateY(${top - reach}px)` }}>
      <svg width={width} height={lineHeight + 2 * reach} className="absolute top-0 left-0 overflow-visible">
        <path d={path} className="fill-none stroke-surface" strokeWidth={4} />
        <path d={path} className="fill-none stroke-accent" strokeWidth={2} />
        <path d={path} className="[pointer-events:stroke] cursor-ns-resize touch-none fill-none stroke-transparent" strokeWidth={12} {...handlers} />
      </svg>
      <CutFlag keep={keep} style={{ right: 8, top: reach }} handlers={handlers} />
    </div>
  );
}

/** "keep 212" on the line; the larger thing to take hold of. */
export function CutFlag({ keep, style, handlers }: { keep: number; style: React.CSSProperties; handlers: ReturnType<typeof dragHandlers> }) {
  return (
    <span style={style} className="pointer-events-auto absolute flex h-4 -translate-y-1/2 cursor-ns-resize touch-none items-center rounded-full bg-accent px-2 text-tiny font-medium whitespace-nowrap text-on-accent select-none before:absolute before:-inset-2" {...handlers}>
      keep {formatCount(keep)}
    </span>
  );
}
