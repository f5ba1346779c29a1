import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';
import { isRunning, processesWorkingIn, waitUntil } from './process';

const fastShutdownMs = 30_000;
const quitMs = 10_000;

/**
 * Ends a PostgreSQL that a killed Assay left behind in `cluster`, and removes a postmaster.pid that names a
 * process which is gone or is no PostgreSQL (its pid was given to somebody else).
 * @throws AssayError `start.permission` when the orphan belongs to another user
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const pid = await readPostmasterPid(cluster);
  if (pid !== undefined && isPostmasterOf(pid, cluster)) await shutDown(pid);
  await endBackends(cluster);
  await rm(path.join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Stops a postmaster: "fast" first (open transactions are rolled back), "immediate" when that takes too long,
 * which is as safe as a power cut: the next start replays the log.
 */
export async function shutDown(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitUntil(() => !isRunning(pid), fastShutdownMs)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntil(() => !isRunning(pid), quitMs)) return;
  throw new AssayError('start.failed', `The PostgreSQL process ${pid} does not stop.`, { hint: 'End it by hand, then start again.' });
}

/** The pid in postmaster.pid, if there is such a file with one in it. */
export async function readPostmasterPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false;
  const known = processesWorkingIn(cluster);
  if (known !== undefined) return known.includes(pid);
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(cluster);
  } catch {
    return false;
  }
}

/** A killed postmaster's backends leave by themselves; one that is stuck would write beside the new server. */
async function endBackends(cluster: string): Promise<void> {
  const gone = () => (processesWorkingIn(cluster) ?? []).length === 0;
  if (await waitUntil(gone, 5_000)) return;
  for (const pid of processesWorkingIn(cluster) ?? []) signal(pid, 'SIGQUIT');
  if (await waitUntil(gone, quitMs)) return;
  throw new AssayError('start.failed', `A process of an earlier PostgreSQL still works in ${cluster}.`, {
    hint: `End ${(processesWorkingIn(cluster) ?? []).join(', ')} by hand, then start again.`,
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    throw new AssayError('start.permission', `A PostgreSQL of an earlier start still runs as another user (process ${pid}).`, {
      hint: 'Stop it as that user, then start again.',
      cause: error,
    });
  }
}
