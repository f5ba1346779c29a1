import { useSyncExternalStore } from 'react';

/** How often the images of a sample came into this browser, and how often a project's were removed from it, in this tab. */
const kept = new Map<string, number>();
let removed = 0;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The images of a sample are in this browser now. */
export function tellKept(sampleId: string): void {
  kept.set(sampleId, (kept.get(sampleId) ?? 0) + 1);
  tell();
}

/** Images were removed from this browser. */
export function tellRemoved(): void {
  removed++;
  tell();
}

/** Changes whenever an image of the sample may look otherwise; a key for what shows it. */
export function useHeldVersion(sampleId: string): string {
  return useSyncExternalStore(follow, () => `${removed}.${kept.get(sampleId) ?? 0}`, () => '0.0');
}
