'use client';

import { useCallback, useState } from 'react';

/** Inner size of an element in whole px, followed as it changes; 0 × 0 before the first layout. */
export function useSize<T extends HTMLElement>(): readonly [(element: T | null) => (() => void) | undefined, { width: number; height: number }] {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const ref = useCallback((element: T | null) => {
    if (element === null) return undefined;
    const read = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((last) => (last.width === width && last.height === height ? last : { width, height }));
    };
    const observer = new ResizeObserver(read);
    observer.observe(element);
    read();
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
