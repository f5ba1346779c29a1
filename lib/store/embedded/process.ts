import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The start time of a process in clock ticks since boot (Linux), which together with the pid names it for good:
 * a reused pid has another one. `undefined` where the system does not tell or no such process runs.
 */
export function processStartTime(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/**
 * Whether a process runs. A zombie does not: in a container whose first process collects no orphans, a killed
 * process stays visible to `kill(pid, 0)` for ever.
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = statFields(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** Pids of the running processes whose working directory is `folder`; `undefined` without a /proc file system. */
export function processesWorkingIn(folder: string): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === folder && isRunning(pid));
}

/** Resolves to true as soon as `condition` holds, to false when it still does not after `timeoutMs`. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** Fields of /proc/PID/stat from the third (state) on; the second may hold blanks and brackets, so it is cut off. */
function statFields(pid: number): string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
