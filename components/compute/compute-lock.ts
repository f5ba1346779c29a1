import type { ComputeItem } from './compute-item';

const PREFIX = 'assay-compute-';

/** Web Locks tell tabs of one browser from each other; on plain HTTP to another machine browsers have none. */
const locks = (): LockManager | undefined => (globalThis.navigator as { locks?: LockManager } | undefined)?.locks;

/** Holds the lock of an item until the answer is called, or the tab closes; null when another tab holds it. */
export async function holdItem({ id }: ComputeItem): Promise<(() => void) | null> {
  const manager = locks();
  if (manager === undefined) return () => undefined;
  return new Promise((resolve, reject) => {
    manager
      .request(`${PREFIX}${id}`, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(() => release()));
      })
      .catch(reject);
  });
}

/** Ids of what tabs of this browser compute. */
export async function heldItems(): Promise<string[]> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return held.flatMap(({ name }) => (name?.startsWith(PREFIX) === true ? [name.slice(PREFIX.length)] : []));
}
