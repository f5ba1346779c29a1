import { useEffect, useSyncExternalStore } from 'react';
import type { UploadEngine } from './engine';

/** How far an upload is; the tab asks before it is closed while files are being sent. */
export function useUploadSnapshot(engine: UploadEngine): ReturnType<UploadEngine['getSnapshot']> {
  const snapshot = useSyncExternalStore(engine.subscribe, engine.getSnapshot, engine.getSnapshot);
  const busy = snapshot.phase === 'running';
  useEffect(() => {
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [busy]);
  return snapshot;
}
