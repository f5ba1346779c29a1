'use client';

import { useEffect, useRef, type RefObject } from 'react';
import { inverted } from '@/lib/figures/axis';
import type { Reach } from '@/lib/figures/map-grid';
import type { PlotFrame } from './plot';

/** A press that moved less than this is a click. */
const clickSlack = 4;
/** A point so near in pixels is meant. */
const reach = 10;

/** A place in pixels as data coordinates, with how far around it a point is looked for. */
export function reachOf({ x, y }: PlotFrame, left: number, top: number): Reach {
  return { x: inverted(x, left), y: inverted(y, top), scaleX: perUnit(x), scaleY: perUnit(y), reach };
}

function perUnit({ domain, range }: PlotFrame['x']): number {
  return Math.abs((range[1] - range[0]) / (domain[1] - domain[0]));
}

type ParentPointer = { enabled: boolean; onHover: (x: number | null, y: number) => void; onClick: (x: number, y: number) => void };

/**
 * Listens on the element around the plot while the plot itself pans: in the capture phase, because the plot
 * keeps its events to itself.
 */
export function useParentPointer(layer: RefObject<HTMLDivElement | null>, pointer: ParentPointer): void {
  const latest = useRef(pointer);
  useEffect(() => {
    latest.current = pointer;
  });
  useEffect(() => {
    const parent = layer.current?.parentElement;
    if (!parent) return;
    let pressed: { x: number; y: number } | null = null;
    let pending = 0;
    const place = (event: globalThis.PointerEvent) => {
      const bounds = parent.getBoundingClientRect();
      return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
    };
    const listeners = {
      pointerdown: (event: globalThis.PointerEvent) => void (pressed = event.button === 0 ? place(event) : null),
      pointermove: (event: globalThis.PointerEvent) => {
        cancelAnimationFrame(pending);
        const to = place(event);
        pending = requestAnimationFrame(() => latest.current.onHover(latest.current.enabled && event.pointerType === 'mouse' && event.buttons === 0 ? to.x : null, to.y));
      },
      pointerleave: () => latest.current.onHover(null, 0),
    };
    // While a button is down the plot may lay a cover of its own over the page: then the release never reaches the element.
    const released = (event: globalThis.PointerEvent) => {
      const to = place(event);
      if (latest.current.enabled && pressed && Math.hypot(to.x - pressed.x, to.y - pressed.y) <= clickSlack) latest.current.onClick(to.x, to.y);
      pressed = null;
    };
    window.addEventListener('pointerup', released, true);
    for (const [name, listener] of Object.entries(listeners)) parent.addEventListener(name, listener as EventListener, true);
    return () => {
      cancelAnimationFrame(pending);
      window.removeEventListener('pointerup', released, true);
      for (const [name, listener] of Object.entries(listeners)) parent.removeEventListener(name, listener as EventListener, true);
    };
  }, [layer]);
}
