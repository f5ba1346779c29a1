import { AssayError } from '@/lib/errors';

const nameOf = (featureSetId: string): string => `assay extraction ${featureSetId}`;

/** Web Locks need HTTPS or this very machine; TypeScript's DOM library takes them for granted. */
const locks = (): LockManager | undefined => navigator.locks as LockManager | undefined;

/**
 * Takes the right to fill a feature set; one tab of a browser has it at a time, and loses it when it is closed.
 * Where the browser knows no locks, every tab has it: chunks that come twice are dropped by the server.
 * @returns what gives the right back
 * @throws AssayError `request.conflict` when another tab has it
 */
export function holdSet(featureSetId: string): Promise<() => void> {
  const manager = locks();
  if (manager === undefined) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    manager
      .request(nameOf(featureSetId), { ifAvailable: true }, (lock) => {
        if (lock === null) throw new AssayError('request.conflict', 'Another tab of this browser extracts this feature set.', { hint: 'Its progress stands at the feature set below.' });
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

/** Whether a tab of this browser, this one included, fills a feature set. */
export async function isSetHeld(featureSetId: string): Promise<boolean> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return held.some(({ name }) => name === nameOf(featureSetId));
}
