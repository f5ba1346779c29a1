'use client';

import type { PointerEvent } from 'react';
import { useRef } from 'react';
import { cutSliderProps } from './cut-slider';
import { dragHandlers, useLiveKeep, type Cut } from './use-cut';

/** The cut as a slider over the whole ranking, best on the left. */
export function CutTrack({ cut }: { cut: Cut }) {
  const track = useRef<HTMLDivElement>(null);
  const keep = useLiveKeep(cut);
  if (keep === null || cut.total === 0) return null;
  const keepAt = (event: PointerEvent<Element>) => {
    const { left, width } = track.current!.getBoundingClientRect();
    return Math.min(cut.total, Math.max(0, Math.round(((event.clientX - left) / width) * cut.total)));
  };
  const handlers = dragHandlers(cut, keepAt);
  const share = `${(keep / cut.total) * 100}%`;
  return (
    <div className="relative h-6 min-w-16 flex-1 cursor-pointer touch-none px-2 max-md:h-9" {...handlers} onPointerDown={(event) => { handlers.onPointerDown(event); cut.live.show(keepAt(event)); }}>
      <div ref={track} className="relative h-full">
        <span aria-hidden className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-pressed" />
        <span aria-hidden style={{ width: share }} className="absolute top-1/2 left-0 h-1 -translate-y-1/2 rounded-full bg-accent" />
        <span {...cutSliderProps(cut, keep)} style={{ left: share }} className="absolute top-1/2 size-4 -translate-1/2 rounded-full border-2 border-surface bg-accent outline-offset-2" />
      </div>
    </div>
  );
}
