import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What a step found. Counts are individual tests, or one for a step that is a single check.
 * @typedef {{ passed: number, failed: number, skipped: number, note?: string }} Outcome
 */

/** Where the steps leave their output and reports. */
export const reportFolder = path.join('.assay', 'test');
const timeLimitMs = 20 * 60_000;
const graceMs = 30_000;

/**
 * Runs a program with its output in a file; ends it and all its children when it takes too long.
 * @param {string} name names the log
 * @param {readonly string[]} args of node
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ ok: boolean, log: string, reason: string }>}
 */
export function runLogged(name, args, env = {}) {
  mkdirSync(reportFolder, { recursive: true });
  const log = path.join(reportFolder, `${name}.log`);
  const descriptor = openSync(log, 'w');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', descriptor, descriptor],
      env: { ...withoutColour(), NEXT_TELEMETRY_DISABLED: '1', ...env },
      detached: true,
    });
    closeSync(descriptor);
    // Asked first: an Assay that the browser tests started then stops its database.
    const ask = () => signalGroup(child.pid, 'SIGTERM');
    const timers = [setTimeout(ask, timeLimitMs), setTimeout(() => signalGroup(child.pid, 'SIGKILL'), timeLimitMs + graceMs)];
    process.once('exit', ask);
    child.once('error', (error) => done(false, error.message));
    child.once('exit', (code, signal) => done(code === 0, signal ?? `exit code ${code}`));
    /**
     * @param {boolean} ok
     * @param {string} reason
     */
    function done(ok, reason) {
      timers.forEach(clearTimeout);
      process.off('exit', ask);
      resolve({ ok, log, reason });
    }
  });
}

/**
 * A check that is one program: it passes or fails as a whole.
 * @param {string} name
 * @param {readonly (readonly string[])[]} commands arguments of node, run one after the other
 * @returns {Promise<Outcome>}
 */
export async function check(name, commands) {
  for (const [index, args] of commands.entries()) {
    const { ok, log, reason } = await runLogged(index === 0 ? name : `${name}-${index + 1}`, args);
    if (!ok) return { passed: 0, failed: 1, skipped: 0, note: `${reason}\n${tail(log)}` };
  }
  return { passed: 1, failed: 0, skipped: 0 };
}

/**
 * The last lines of a log, for the summary of a failure.
 * @param {string} file
 */
export function tail(file, lines = 60) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function withoutColour() {
  const { FORCE_COLOR: _, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1' };
}

/**
 * @param {number | undefined} pid leader of the group
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}
