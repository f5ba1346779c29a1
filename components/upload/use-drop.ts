'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { sourcesOfDrop, type Dropped } from './sources';

/** Takes files dropped anywhere on the window. Returns whether files hover over it now. */
export function useDrop(onDrop: (dropped: Dropped) => void, onError: (error: unknown) => void, enabled: boolean): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent((items: DataTransferItemList) => {
    sourcesOfDrop(items).then(onDrop, onError);
  });
  useEffect(() => {
    if (!enabled) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving the window has no related element; moving between elements has one.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      take(event.dataTransfer.items);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [enabled]);
  return over;
}
