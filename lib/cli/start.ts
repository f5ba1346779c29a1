import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { env, sessionSecret, setEnvironment } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { lockDataFolder } from '@/lib/store/embedded/data-lock';
import { waitUntil } from '@/lib/store/embedded/process';
import { supervise } from './child-process';
import { startDatabase } from './database';
import { probeHealth } from './health-probe';
import { requireFreePort } from './port';
import { report } from './report';
import { parseStartOptions } from './start-options';
import { stopSignal } from './stop-signal';

const healthTimeoutMs = 120_000;
const lockPatienceMs = 4_000;
const graceMs = { web: 10_000, worker: 20_000, abandoned: 2_000 } as const;

/** How to stop what was started; run in reverse order. */
type Cleanup = (grace: (of: 'web' | 'worker') => number) => Promise<void>;

/** `npm start`: runs database, web and worker until it is told to stop or one of them cannot be kept running. */
async function start(args: readonly string[]): Promise<void> {
  const { demo, environment } = parseStartOptions(args);
  setEnvironment(environment);
  const asked = stopSignal();
  const failure = new AbortController();
  const stop = AbortSignal.any([asked, failure.signal]);
  const cleanups: Cleanup[] = [];
  try {
    await bringUp(cleanups, stop, failure);
    process.stdout.write(`${await greeting(demo)}\n`);
    await aborted(stop);
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    const grace = (of: 'web' | 'worker') => (asked.reason === 'npm gone' ? graceMs.abandoned : graceMs[of]);
    for (const cleanup of cleanups.reverse()) await cleanup(grace);
  }
  if (failure.signal.aborted) throw failure.signal.reason;
}

async function bringUp(cleanups: Cleanup[], stop: AbortSignal, failure: AbortController): Promise<void> {
  const { dataDir, host, port } = env();
  requireReadable(env().tls);
  const lock = await lockDataFolder(dataDir, 'npm start', lockPatienceMs);
  cleanups.push(() => lock.release());
  await requireFreePort(host, port);
  stop.throwIfAborted();
  const database = await startDatabase((error) => failure.abort(error));
  cleanups.push(() => database.stop());
  stop.throwIfAborted();
  sessionSecret();
  for (const name of ['web', 'worker'] as const) {
    const child = supervise(childPlan(name, dataDir), (reason) => failure.abort(gaveUp(name, reason, dataDir)));
    cleanups.push((grace) => child.stop(grace(name)));
  }
  await waitForHealth(stop, dataDir);
}

function childPlan(name: 'web' | 'worker', dataDir: string) {
  const program = path.join(import.meta.dirname, `${name}.mjs`);
  return { name, program, environment: {}, logFolder: path.join(dataDir, 'logs') };
}

async function waitForHealth(stop: AbortSignal, dataDir: string): Promise<void> {
  const healthy = await waitUntil(async () => stop.aborted || (await probeHealth()) === 200, healthTimeoutMs);
  stop.throwIfAborted();
  if (healthy) return;
  throw new AssayError('start.failed', 'The web interface does not become ready.', {
    hint: `What it says stands in ${path.join(dataDir, 'logs', 'web.log')}.`,
  });
}

/** The one line on stdout. Loaded only now: it needs the database. */
async function greeting(demo: boolean): Promise<string> {
  const { afterStart } = await import('./commands/after-start');
  const { baseUrl } = env();
  const link = await afterStart({ baseUrl, demo });
  return `Assay runs at ${baseUrl} - sign in once with ${link}`;
}

function requireReadable(tls: { certFile: string; keyFile: string } | undefined): void {
  for (const file of tls === undefined ? [] : [tls.certFile, tls.keyFile]) {
    try {
      accessSync(file, constants.R_OK);
    } catch (cause) {
      throw new AssayError('parameter.invalid', `The TLS file ${file} cannot be read.`, { cause });
    }
  }
}

function gaveUp(name: string, reason: string, dataDir: string): AssayError {
  return new AssayError('start.failed', `The ${name} process ends again and again (${reason}).`, {
    hint: `What it says stands in ${path.join(dataDir, 'logs', `${name}.log`)}.`,
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

start(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => process.exit(report(error)),
);
