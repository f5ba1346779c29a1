import { existsSync, readFileSync } from 'node:fs';
import { isRunning, processStartTime } from '@/lib/store/embedded/process';

const watchEveryMs = 500;
/** npm passes a Ctrl+C on that the terminal has sent to us as well; one that comes later is a person's second. */
const impatienceMs = 2_000;

/**
 * Aborts when this process should stop: on Ctrl+C, SIGTERM, SIGHUP; when the parent that supervises it has gone
 * (its message channel closes, also after a kill -9); and when the npm that started it was killed. A second signal ends
 * the process at once: its children end with it, and the next start takes care of the database.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (reason: string) => () => controller.abort(reason);
  let firstAt: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (performance.now() - (firstAt ??= performance.now()) > impatienceMs) process.exit(1);
      controller.abort(name);
    });
  }
  if (process.send !== undefined) process.on('disconnect', stop('parent gone'));
  watchNpm(stop('npm gone'));
  return controller.signal;
}

/** npm passes SIGTERM on, but a kill -9 of npm would leave us behind unseen. */
function watchNpm(onGone: () => void): void {
  const npm = process.env.npm_lifecycle_event === undefined || process.send !== undefined ? undefined : findNpm(process.ppid, 4);
  if (npm === undefined) return;
  const startTime = processStartTime(npm);
  const timer = setInterval(() => {
    if (isRunning(npm) && processStartTime(npm) === startTime) return;
    clearInterval(timer);
    onGone();
  }, watchEveryMs);
  timer.unref();
}

function findNpm(pid: number, generations: number): number | undefined {
  if (generations === 0 || pid <= 1 || !existsSync(`/proc/${pid}/stat`)) return undefined;
  const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  if (/^npm |npm-cli\.js/.test(commandLine)) return pid;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return findNpm(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), generations - 1);
}
