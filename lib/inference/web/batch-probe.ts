/** Batches that are tried, smallest first. */
const candidates = [1, 2, 4, 8, 16] as const;

/** A larger batch must be faster by this factor to be worth its memory. */
const WORTH = 1.05;

/** No larger batch is tried once one takes longer: the person wants to see progress and to cancel. */
const LONGEST_MS = 1500;

/**
 * Finds how many images one inference should take: doubles as long as that makes an image cheaper. Each size runs
 * twice, because the first run of a size compiles.
 * @param run one inference of so many images; a failure (out of memory) ends the search
 * @param now milliseconds
 */
export async function probeBatchSize(run: (count: number) => Promise<void>, now: () => number = () => performance.now()): Promise<number> {
  let best = 1;
  let bestPerImage = Infinity;
  for (const count of candidates) {
    const took = await timed(run, count, now);
    if (took === null) break;
    const perImage = took / count;
    if (perImage * WORTH >= bestPerImage) break;
    [best, bestPerImage] = [count, perImage];
    if (took > LONGEST_MS) break;
  }
  return best;
}

/** Milliseconds of the second run, or null when the size does not work. The first size must work. */
async function timed(run: (count: number) => Promise<void>, count: number, now: () => number): Promise<number | null> {
  try {
    await run(count);
    const started = now();
    await run(count);
    return now() - started;
  } catch (error) {
    if (count === 1) throw error;
    return null;
  }
}
