'use client';

import type { PointerEvent, RefObject } from 'react';
import { keepAtPosition, positionOfCut } from '@/lib/figures/cut';
import { CutFlag } from './gallery-cut-line';
import { dragHandlers, useLiveKeep, type Cut } from './use-cut';

/** The cut between two lines of the table. Hidden from those who hear the page: the slider of the cut bar is theirs. */
export function TableCutLine({ cut, order, lineHeight, content }: { cut: Cut; order: Uint32Array; lineHeight: number; content: RefObject<HTMLDivElement | null> }) {
  const keep = useLiveKeep(cut);
  if (keep === null) return null;
  const handlers = dragHandlers(cut, (event: PointerEvent<Element>) => {
    const y = event.clientY - content.current!.getBoundingClientRect().top;
    return keepAtPosition(cut.ranking(), order, Math.min(order.length, Math.max(0, Math.round(y / lineHeight))));
  });
  return (
    <div aria-hidden data-cut-line={keep} className="pointer-events-none absolute inset-x-0 top-0 z-[5]" style={{ transform: `translateY(${positionOfCut(cut.ranking(), order, keep) * lineHeight}px)` }}>
      <span className="absolute inset-x-0 -top-px h-0.5 bg-accent" />
      <span className="pointer-events-auto absolute inset-x-0 -top-1.5 h-3 cursor-ns-resize touch-none" {...handlers} />
      <CutFlag keep={keep} style={{ left: 96, top: 0 }} handlers={handlers} />
    </div>
  );
}
