import type { Progress } from '@/lib/pipeline/context';

const EVERY_MS = 2_000;

/** Tells progress on stderr: each new step at once, counts every two seconds. What an update leaves out stays as it was. */
export function stderrProgress(): (update: Progress) => void {
  let step: string | undefined;
  let total: number | null = null;
  let last = 0;
  return (update) => {
    const isNew = update.step !== undefined && update.step !== step;
    if (isNew || update.total !== undefined) total = update.total ?? null;
    if (!isNew && performance.now() - last < EVERY_MS) return;
    step = update.step ?? step;
    last = performance.now();
    const count = total === null ? '' : ` ${update.done ?? 0} of ${total}`;
    process.stderr.write(`${step ?? 'working'}${count}\n`);
  };
}
