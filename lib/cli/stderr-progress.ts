import type { Progress } from '@/lib/pipeline/context';

const EVERY_MS = 2_000;

/** Tells progress on stderr: each new step at once, counts every two seconds. */
export function stderrProgress(): (update: Progress) => void {
  let step: string | undefined;
  let last = 0;
  return (update) => {
    const isNew = update.step !== undefined && update.step !== step;
    if (!isNew && performance.now() - last < EVERY_MS) return;
    step = update.step ?? step;
    last = performance.now();
    const count = update.total === undefined || update.total === null ? '' : ` ${update.done ?? 0} of ${update.total}`;
    process.stderr.write(`${step ?? 'working'}${count}\n`);
  };
}
