import { AssayError } from '@/lib/errors';

const script = '/private-images.js';
const patienceMs = 8_000;

/** Whether requests of this page go through the service worker that answers for kept images. */
export function areKeptImagesShown(): boolean {
  const controller = navigator.serviceWorker?.controller;
  return controller !== undefined && controller !== null && new URL(controller.scriptURL).pathname === script;
}

/**
 * Registers the service worker that answers for kept images and waits until it takes this page in. A page that was
 * reloaded past it (Shift and reload) is taken in again.
 * @throws AssayError `private.no_storage` when the browser does not let it
 */
export async function showKeptImages(): Promise<void> {
  if (navigator.serviceWorker === undefined) throw notShown('this window allows no service worker');
  const taken = new Promise<void>((resolve) => navigator.serviceWorker.addEventListener('controllerchange', () => areKeptImagesShown() && resolve()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notShown('its service worker did not start')), patienceMs);
  });
  try {
    await Promise.race([late, takeIn(taken)]);
  } catch (error) {
    throw error instanceof AssayError ? error : notShown(error instanceof Error ? error.message : String(error), error);
  } finally {
    clearTimeout(timer);
  }
}

async function takeIn(taken: Promise<void>): Promise<void> {
  await navigator.serviceWorker.register(script, { scope: '/', updateViaCache: 'none' });
  if (areKeptImagesShown()) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage('claim');
  await taken;
}

function notShown(why: string, cause?: unknown): AssayError {
  return new AssayError('private.no_storage', `This browser cannot show the images it keeps: ${why}.`, { hint: 'Reload the page. Private windows and blocked site data often keep it from working.', cause });
}
