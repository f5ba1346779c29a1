import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tell } from './run.mjs';

/**
 * Runs work that only one process at a time may do. Others wait; the lock of a process that is gone is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(file, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let told = false; !claim(file); ) {
    const holder = Number.parseInt(readText(file), 10);
    if (!isRunning(holder)) {
      discard(file, holder);
      continue;
    }
    if (!told) tell(`waiting for the set-up that process ${holder} is doing`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Linking is atomic and brings the pid along.
 * @param {string} file
 */
function claim(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes the lock of `holder`; a fresh one that slipped in meanwhile is put back.
 * @param {string} file
 * @param {number} holder
 */
function discard(file, holder) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    const found = Number.parseInt(readText(aside), 10);
    if (!Object.is(found, holder)) linkSync(aside, file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * A zombie counts as gone: in a container without an init process it would hold the lock for ever.
 * @param {number} pid
 */
function isRunning(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return !/\) [ZX] /.test(readText(`/proc/${pid}/stat`));
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
