type Listener = (projectId: string, sampleId: string | null) => void;

const listeners = new Set<Listener>();

/** Told whenever images of a sample are kept in this browser by this tab, or (sample null) removed. */
export function followHeld(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellKept(projectId: string, sampleId: string): void {
  for (const listener of listeners) listener(projectId, sampleId);
}

export function tellRemoved(projectId: string): void {
  for (const listener of listeners) listener(projectId, null);
}
