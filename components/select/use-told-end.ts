'use client';

import { useEffect, useRef } from 'react';
import type { ResultState } from '@/lib/api/contracts/common';
import { useAnnounce } from '../ui/announcer';

/** A screen reader hears what came out (null: nothing did) when a selection that was followed ends. */
export function useToldEnd(state: ResultState, sentence: string | null): void {
  const announce = useAnnounce();
  const before = useRef(state);
  const told = sentence ?? `Selection ${state}`;
  useEffect(() => {
    if (before.current === 'pending' && state !== 'pending') announce(told);
    before.current = state;
  }, [state, told, announce]);
}
