import { useSyncExternalStore } from 'react';
import type { UploadEngine } from './engine';

const engines = new Map<string, UploadEngine>();
const listeners = new Set<() => void>();

/** The upload of a project in this tab, or null when it has sent nothing yet. */
export function engineOf(projectId: string): UploadEngine | null {
  return engines.get(projectId) ?? null;
}

/** Makes an upload known to every page of this tab. */
export function keepEngine(projectId: string, engine: UploadEngine): void {
  engines.set(projectId, engine);
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The upload of a project in this tab, for pages that only tell of it: the code that sends files comes with the one that began. */
export function useStartedEngine(projectId: string): UploadEngine | null {
  return useSyncExternalStore(follow, () => engineOf(projectId), () => null);
}
