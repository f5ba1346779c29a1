import { NumericsError } from './errors';
import type { MatrixProduct, SingleProduct } from './linalg/matrix';

/** What a long computation may use from the outside: fast matrix products in float64 and float32, a progress listener, a cancel signal. */
export type NumericsContext = {
  readonly product?: MatrixProduct | undefined;
  readonly singleProduct?: SingleProduct | undefined;
  readonly onProgress?: ((done: number, total: number, step: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Throws `job.cancelled` when the caller has aborted. */
export function throwIfCancelled(context: NumericsContext): void {
  if (context.signal?.aborted === true) throw new NumericsError('job.cancelled', 'The computation was cancelled.');
}

/**
 * Lets timers and messages run, so that an abort raised meanwhile is seen, then checks for it. Long synchronous
 * loops call this between blocks.
 */
export async function pause(context: NumericsContext): Promise<void> {
  throwIfCancelled(context);
  if (context.signal === undefined && context.onProgress === undefined) return;
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  throwIfCancelled(context);
}
