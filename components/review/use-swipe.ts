'use client';

import { useRef, type PointerEvent } from 'react';

/** A finger must travel this far across, and twice as far as up or down. */
const least = 70;

/** Tells a sideways swipe of one finger; mouse and pen are left alone. */
export function useSwipe(enabled: boolean, onSwipe: ((direction: 'left' | 'right') => void) | undefined) {
  const start = useRef<{ id: number; x: number; y: number } | null>(null);
  if (!enabled || !onSwipe) return {};
  return {
    onPointerDownCapture: (event: PointerEvent) => {
      start.current = event.pointerType === 'touch' && event.isPrimary ? { id: event.pointerId, x: event.clientX, y: event.clientY } : null;
    },
    onPointerUpCapture: (event: PointerEvent) => {
      const from = start.current;
      start.current = null;
      if (from === null || from.id !== event.pointerId) return;
      const across = event.clientX - from.x;
      if (Math.abs(across) > least && Math.abs(across) > 2 * Math.abs(event.clientY - from.y)) onSwipe(across > 0 ? 'right' : 'left');
    },
  };
}
