'use client';

import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { cn } from '../ui/cn';

export type Pane = { readonly id: string; readonly label: string; readonly content: ReactNode; /** Share of the width at first. */ readonly share: number; /** Least width in px. */ readonly least: number };

const keyStep = 24;

function readShares(storageKey: string, panes: readonly Pane[]): number[] {
  const first = panes.map((pane) => pane.share);
  if (typeof window === 'undefined') return first;
  const stored = window.localStorage.getItem(storageKey)?.split(',').map(Number) ?? [];
  return stored.length === panes.length && stored.every((share) => share > 0.05 && share < 1) ? stored : first;
}

/**
 * Panes side by side whose widths are dragged (or moved with arrow keys on the line between them) and
 * remembered in this browser. On narrow screens they stand in a row that is swiped.
 */
export function ResizablePanes({ panes, storageKey, scrollRef }: { panes: readonly Pane[]; storageKey: string; scrollRef?: React.Ref<HTMLDivElement> }) {
  const [shares, setShares] = useState(() => readShares(storageKey, panes));
  const box = useRef<HTMLDivElement>(null);
  const move = (at: number, px: number) => {
    const width = box.current?.clientWidth ?? 1;
    setShares((last) => {
      const next = moved(last, at, px / width, panes.map((pane) => pane.least / width));
      window.localStorage.setItem(storageKey, next.map((share) => share.toFixed(4)).join());
      return next;
    });
  };
  return (
    <div ref={scrollRef} className="relative min-h-0 flex-1 max-md:snap-x max-md:snap-mandatory max-md:overflow-x-auto max-md:overflow-y-hidden">
      <div ref={box} className="flex h-full min-h-0">
        {panes.map((pane, at) => (
          <div key={pane.id} className="contents">
            {at > 0 && <Separator label={`Width of ${panes[at - 1]!.label}`} value={shares[at - 1]!} onMove={(px) => move(at - 1, px)} onReset={() => setShares(panes.map((one) => one.share))} />}
            <section
              id={`pane-${pane.id}`}
              aria-label={pane.label}
              style={{ '--share': shares[at], '--least': `${pane.least}px` } as CSSProperties}
              className="flex min-h-0 min-w-(--least) flex-[var(--share)_1_0%] flex-col max-md:w-full max-md:min-w-full max-md:flex-none max-md:snap-start"
            >
              {pane.content}
            </section>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Moves the line after pane `at` by a share of the width; neither neighbour falls below its least. */
function moved(shares: readonly number[], at: number, by: number, least: readonly number[]): number[] {
  const both = shares[at]! + shares[at + 1]!;
  const left = Math.max(least[at]!, Math.min(both - least[at + 1]!, shares[at]! + by));
  return shares.map((share, i) => (i === at ? left : i === at + 1 ? both - left : share));
}

function Separator({ label, value, onMove, onReset }: { label: string; value: number; onMove: (px: number) => void; onReset: () => void }) {
  const from = useRef<number | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = event.clientX;
  };
  const onPointerMove = (event: PointerEvent) => {
    if (from.current === null) return;
    onMove(event.clientX - from.current);
    from.current = event.clientX;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const px = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
    if (px === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(px);
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(value * 100)}
      aria-valuemin={5}
      aria-valuemax={95}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (from.current = null)}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
      className={cn('group relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line max-md:hidden', 'hover:bg-accent focus-visible:bg-accent')}
    >
      <span aria-hidden className="absolute inset-y-0 -left-1 w-2.5" />
    </div>
  );
}
