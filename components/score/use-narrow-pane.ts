'use client';

import { useCallback, useRef, useState } from 'react';

/** The panes of a narrow screen, in the order of swiping. */
export const narrowPanes = ['ranking', 'sample', 'why', 'charts'] as const;
export type NarrowPane = (typeof narrowPanes)[number];

/** Which pane fills a narrow screen; panes are also reached by swiping. */
export function useNarrowPane() {
  const scroll = useRef<HTMLDivElement | null>(null);
  const [pane, setPane] = useState<NarrowPane>('ranking');
  const [isNarrow, setNarrow] = useState(false);
  const scrollRef = useCallback((element: HTMLDivElement | null) => {
    scroll.current = element;
    if (element === null) return undefined;
    const query = window.matchMedia('(max-width: 767px)');
    const follow = () => setNarrow(query.matches);
    const settle = () => setPane(narrowPanes[Math.round(element.scrollLeft / Math.max(1, element.clientWidth))] ?? 'ranking');
    follow();
    query.addEventListener('change', follow);
    element.addEventListener('scrollend', settle);
    return () => {
      query.removeEventListener('change', follow);
      element.removeEventListener('scrollend', settle);
    };
  }, []);
  const show = useCallback((next: NarrowPane) => {
    setPane(next);
    const element = scroll.current;
    element?.scrollTo({ left: narrowPanes.indexOf(next) * element.clientWidth, behavior: 'smooth' });
  }, []);
  return { pane, isNarrow, show, scrollRef };
}
