import { ProblemError } from '@/lib/api/client';

/** Waits before the second, third ... attempt, in ms; a little randomness keeps parallel senders apart. */
const pauses = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** Whether another attempt can help: no answer, overload or a fault of the server; not a refusal of the file. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { status } = error.problem;
  return status === 429 || status >= 500;
}

/**
 * Runs `attempt` until it succeeds, with growing pauses after failures that may pass.
 * @param random in [0, 1), for the spread of the pauses
 * @throws what the last attempt threw, or the signal's reason
 */
export async function withRetry<T>(attempt: () => Promise<T>, options: { signal: AbortSignal; wait?: typeof sleep; random?: () => number }): Promise<T> {
  const { signal, wait = sleep, random = Math.random } = options;
  for (const pause of [...pauses, null]) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (pause === null || signal.aborted || !isPassing(error)) throw error;
      await wait(pause * (0.75 + 0.5 * random()), signal);
    }
  }
  throw new Error('unreachable');
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
