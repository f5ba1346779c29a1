'use client';

import { useCallback, useEffect, useId, useRef, useState, type FocusEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Attributed } from './attributed';
import { Kbd } from './kbd';
import { placeTooltip, type Side } from './tooltip-place';

/** A pointer that passes over asks for nothing; one that comes from another tooltip does. */
const openAfterMs = 400;
const againWithinMs = 200;
/** Time to move the pointer onto the tooltip. */
const closeAfterMs = 120;

let lastClosed = -Infinity;
/** Only one tooltip is open at a time. */
let closeOpen: (() => void) | null = null;

type TooltipProps = { text: ReactNode; shortcut?: string | undefined; side?: Side; children: ReactElement<Record<string, unknown>> };

/** A short explanation of one element on hover and focus; Escape, a press and scrolling take it away. */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  const id = useId();
  const { of, handlers, stay, leave } = useTooltip();
  return (
    <>
      <Attributed element={children} {...handlers} {...(of === null ? {} : { 'aria-describedby': id })} />
      {of !== null &&
        createPortal(
          <Bubble id={id} of={of} side={side} onEnter={stay} onLeave={leave}>
            {text}
            {shortcut !== undefined && <Kbd inverse>{shortcut}</Kbd>}
          </Bubble>,
          document.body,
        )}
    </>
  );
}

/** The element that is explained now, and what it listens to. */
function useTooltip() {
  const [of, setOf] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setOf(null);
  }, []);
  const open = (element: HTMLElement, afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOf(element), afterMs);
  };
  const leave = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOf(null), closeAfterMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (of === null) return;
    closeOpen?.();
    closeOpen = close;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close();
    const onScroll = (event: Event) => event.target instanceof Node && event.target.contains(of) && close();
    document.addEventListener('keydown', onKey, true);
    window.addEventListener('scroll', onScroll, true);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      window.removeEventListener('scroll', onScroll, true);
      if (closeOpen === close) closeOpen = null;
      lastClosed = performance.now();
    };
  }, [of, close]);
  const handlers = {
    onPointerEnter: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== 'touch') open(event.currentTarget, performance.now() - lastClosed < againWithinMs ? 0 : openAfterMs);
    },
    onPointerLeave: leave,
    onPointerDown: close,
    onClick: close,
    onFocus: (event: FocusEvent<HTMLElement>) => {
      if (event.currentTarget.matches(':focus-visible')) open(event.currentTarget, 0);
    },
    onBlur: close,
  };
  return { of, handlers, stay: () => clearTimeout(timer.current), leave };
}

type BubbleProps = { id: string; of: HTMLElement; side: Side; onEnter: () => void; onLeave: () => void; children: ReactNode };

function Bubble({ id, of, side, onEnter, onLeave, children }: BubbleProps) {
  const place = useCallback(
    (bubble: HTMLDivElement | null) => {
      if (bubble === null) return;
      const { left, top } = placeTooltip(of.getBoundingClientRect(), bubble.getBoundingClientRect(), side, { width: window.innerWidth, height: window.innerHeight });
      bubble.style.left = `${left}px`;
      bubble.style.top = `${top}px`;
    },
    [of, side],
  );
  return (
    <div ref={place} id={id} role="tooltip" onPointerEnter={onEnter} onPointerLeave={onLeave} className="pointer-events-auto fixed top-0 left-0 z-50 flex w-max max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-small text-page">
      {children}
    </div>
  );
}
