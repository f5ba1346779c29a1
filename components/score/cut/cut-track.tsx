'use client';

import type { PointerEvent } from 'react';
import { cutSliderProps } from './cut-slider';
import { dragHandlers, useLiveKeep, type Cut } from './use-cut';

/** Room left and right of the track, px, so that the grip never leaves it. */
const inset = 8;

/** The cut as a slider over the whole ranking, best on the left. A press anywhere on it moves the cut there. */
export function CutTrack({ cut }: { cut: Cut }) {
  const keep = useLiveKeep(cut);
  if (keep === null || cut.total === 0) return null;
  const keepAt = (event: PointerEvent<Element>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left - inset) / Math.max(1, width - 2 * inset);
    return Math.round(Math.min(1, Math.max(0, share)) * cut.total);
  };
  const handlers = dragHandlers(cut, keepAt);
  const press = (event: PointerEvent<Element>) => {
    handlers.onPointerDown(event);
    if (event.button === 0) cut.live.show(keepAt(event));
  };
  const share = `${(keep / cut.total) * 100}%`;
  return (
    <div className="h-6 min-w-16 flex-1 cursor-pointer touch-none max-md:h-9" style={{ paddingInline: inset }} {...handlers} onPointerDown={press}>
      <div className="relative h-full">
        <span aria-hidden className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-pressed" />
        <span aria-hidden style={{ width: share }} className="absolute top-1/2 left-0 h-1 -translate-y-1/2 rounded-full bg-accent" />
        <span {...cutSliderProps(cut, keep)} style={{ left: share }} className="absolute top-1/2 flex size-6 -translate-1/2 items-center justify-center rounded-full outline-offset-[-2px]">
          <span aria-hidden className="size-4 rounded-full border-2 border-surface bg-accent" />
        </span>
      </div>
    </div>
  );
}
