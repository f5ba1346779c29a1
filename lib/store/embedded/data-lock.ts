import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';
import { makeDataFolder } from './cluster';
import { explaining } from './explain';
import { isRunning, processStartTime, waitUntil } from './process';

/** Who holds a data folder. */
export type Holder = { pid: number; startTime: string | undefined; command: string; since: string };

/** A held lock. */
export type DataLock = { release(): Promise<void> };

const lockName = 'assay.lock';
const attempts = 5;

/**
 * Takes the lock on a data folder, unless a running process holds it. The lock of a process that is gone counts
 * for nothing, also when its pid was given to another process since (Linux tells by the start time).
 * @param command what to tell others who is using the folder, for example "npm start"
 */
export async function tryLockDataFolder(dataDir: string, command: string): Promise<DataLock | Holder> {
  return explaining(dataDir, 'start', async () => {
    await makeDataFolder(dataDir);
    const file = path.join(dataDir, lockName);
    const mine = JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid), command, since: new Date().toISOString() });
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (await claim(file, mine)) return { release: () => releaseOwn(file, mine) };
      const seen = await readFile(file, 'utf8').catch(() => null);
      // Given back meanwhile: whoever comes first takes it; there is nothing to remove.
      if (seen === null) continue;
      const holder = parseHolder(seen);
      if (holder !== undefined && isHolding(holder)) return holder;
      await discard(file, seen);
    }
    throw new AssayError('start.failed', `The lock on ${dataDir} changes hands too fast.`, { hint: 'Start again.' });
  });
}

/**
 * Takes the lock or says who holds it.
 * @param patienceMs how long to wait for a holder that is about to end
 * @throws AssayError `start.failed`
 */
export async function lockDataFolder(dataDir: string, command: string, patienceMs = 0): Promise<DataLock> {
  let outcome = await tryLockDataFolder(dataDir, command);
  await waitUntil(async () => {
    if (!('release' in outcome)) outcome = await tryLockDataFolder(dataDir, command);
    return 'release' in outcome;
  }, patienceMs);
  if ('release' in outcome) return outcome;
  throw new AssayError('start.failed', `${dataDir} is in use by "${outcome.command}" (process ${outcome.pid}).`, {
    hint: 'Stop that one first, or choose another folder with --data.',
  });
}

/** Linking is atomic and brings the content along, so that nobody ever reads half a lock. */
async function claim(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o644 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the stale lock that was `seen`; a fresh one that slipped in meanwhile is put back. */
async function discard(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomUUID()}.stale`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) !== seen) await link(aside, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function releaseOwn(file: string, mine: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => '')) === mine) await rm(file, { force: true });
}

function isHolding(holder: Holder): boolean {
  return isRunning(holder.pid) && processStartTime(holder.pid) === holder.startTime;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Holder;
    return Number.isInteger(value.pid) && value.pid > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
