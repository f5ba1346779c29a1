import { cpus } from 'node:os';

/** One line of a Markdown table. */
export const cells = (values: readonly string[]): string => `| ${values.join(' | ')} |`;

/** Prints the head of a Markdown table: the first column to the left, the others to the right. */
export function printHead(names: readonly string[]): void {
  console.log(cells(names));
  console.log(cells(names.map((_, i) => (i === 0 ? '---' : '---:'))));
}

/** Tells what a reader must know of the machine. */
export function printMachine(): void {
  const [first] = cpus();
  console.log(`Measured on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${first?.model ?? 'an unknown processor'}, Node ${process.version.slice(1)}.\n`);
}

/** Wall clock and processor time (all threads of this process) of a computation, in seconds. */
export async function timed<T>(compute: () => Promise<T> | T): Promise<{ value: T; seconds: number; cpuSeconds: number }> {
  const before = process.cpuUsage();
  const started = performance.now();
  const value = await compute();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { value, seconds, cpuSeconds: (user + system) / 1e6 };
}

/** The middle of the given numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
