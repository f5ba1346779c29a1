/** Does the tasks of a list, `lanes` at once; the first failure ends it when those at work have ended. */
export async function inParallel(indices: readonly number[], lanes: number, task: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let stopped = false;
  const work = async () => {
    while (next < indices.length && !stopped) {
      const index = indices[next++]!;
      await task(index).catch((error: unknown) => {
        stopped = true;
        throw error;
      });
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: lanes }, work));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
