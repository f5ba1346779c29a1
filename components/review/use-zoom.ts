'use client';

import { useCallback, useState, type PointerEvent, type WheelEvent } from 'react';

/** `scale` null fits the image into its frame; else CSS px per image px. Offsets are CSS px from the centre. */
export type Zoom = { readonly scale: number | null; readonly x: number; readonly y: number };

const fit: Zoom = { scale: null, x: 0, y: 0 };
const smallest = 0.05;
const largest = 32;

type Box = { readonly width: number; readonly height: number };

/** The scale at which an image of `natural` size just fills `frame`; small images are not blown up beyond 8 times. */
export function fittingScale(natural: Box, frame: Box): number {
  if (natural.width === 0 || natural.height === 0) return 1;
  return Math.min(8, frame.width / natural.width, frame.height / natural.height);
}

/** The same point of the image stays under the pointer (`px`, `py` from the centre of the frame) while the scale changes. */
export function zoomedAt(zoom: Zoom, from: number, to: number, px: number, py: number): Zoom {
  const factor = to / from;
  return { scale: to, x: px - (px - zoom.x) * factor, y: py - (py - zoom.y) * factor };
}

/** Fit, 1:1, wheel and drag. */
export function useZoom(natural: Box, frame: Box) {
  const [zoom, setZoom] = useState<Zoom>(fit);
  const [drag, setDrag] = useState<{ x: number; y: number } | null>(null);
  const fitting = fittingScale(natural, frame);
  const scale = zoom.scale ?? fitting;
  const zoomBy = useCallback(
    (factor: number, px = 0, py = 0) =>
      setZoom((last) => {
        const from = last.scale ?? fitting;
        return zoomedAt(last, from, Math.min(largest, Math.max(smallest, from * factor)), px, py);
      }),
    [fitting],
  );
  const onWheel = (event: WheelEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    zoomBy(Math.exp(-event.deltaY / 400), event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || zoom.scale === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ x: event.clientX - zoom.x, y: event.clientY - zoom.y });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drag) setZoom((last) => ({ ...last, x: event.clientX - drag.x, y: event.clientY - drag.y }));
  };
  return {
    zoom,
    scale,
    fitted: zoom.scale === null,
    toFit: () => setZoom(fit),
    toOriginal: () => setZoom({ scale: 1, x: 0, y: 0 }),
    toggle: () => setZoom((last) => (last.scale === null ? { scale: fitting === 1 ? 2 : 1, x: 0, y: 0 } : fit)),
    zoomBy,
    dragging: drag !== null,
    handlers: { onWheel, onPointerDown, onPointerMove, onPointerUp: () => setDrag(null), onPointerCancel: () => setDrag(null) },
  };
}
