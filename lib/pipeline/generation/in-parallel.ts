import { availableParallelism } from 'node:os';

/** Does the tasks of a list, as many at once as there are cores (at most 8); the first failure ends it when those at work have ended. */
export async function inParallel(indices: readonly number[], task: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let stopped = false;
  const lane = async () => {
    while (next < indices.length && !stopped) {
      const index = indices[next++]!;
      await task(index).catch((error: unknown) => {
        stopped = true;
        throw error;
      });
    }
  };
  const lanes = Array.from({ length: Math.min(8, availableParallelism()) }, lane);
  const outcomes = await Promise.allSettled(lanes);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
