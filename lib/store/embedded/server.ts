import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, statSync, truncateSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { childEnvironment } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { chooseLauncher, type Launcher } from './account';
import { findPostgresBinaries } from './binaries';
import {
  clusterFolder,
  connectionUrl,
  ensureCluster,
  makeDataFolder,
  readConnectionDetails,
  writeConnectionDetails,
  type ConnectionDetails,
} from './cluster';
import { explainFailure, explaining } from './explain';
import { shutDown, stopOrphan } from './postmaster';

/** A running PostgreSQL that belongs to one data folder. */
export type EmbeddedServer = {
  /** URL of the database `assay`. */
  url: string;
  /** URL of another database on the same server. */
  urlOf(database: string): string;
  /** Pid of the postmaster. */
  pid: number;
  /** How it runs, see Launcher. */
  launcher: Launcher['kind'];
  /** Resolves when the process ends, asked for or not. */
  exited: Promise<void>;
  /** Stops it cleanly. Can be called twice. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Assay's data folder; the cluster lies in its sub-folder `postgres`. */
  dataDir: string;
  /** Gives up safety against power cuts for speed. For tests only. */
  disposable?: boolean;
  /** Loopback port to use again after a crash, so that the URLs that others hold stay valid. Default: a free one. */
  port?: number;
};

const startAttempts = 3;
const readyTimeoutMs = 60_000;
const logLimitBytes = 10 * 2 ** 20;

/**
 * Starts the PostgreSQL of a data folder on a free loopback port, after setting it up if it is new and ending what
 * a killed start left behind. The caller must hold the lock on the data folder.
 * @throws AssayError with one sentence: full disk, missing right, wrong version, no way to run as root
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dataDir = path.resolve(options.dataDir);
  return explaining(dataDir, 'start', async () => {
    await makeDataFolder(dataDir);
    const binaries = findPostgresBinaries();
    const launcher = chooseLauncher([binaries.postgres, clusterFolder(dataDir)]);
    await stopOrphan(clusterFolder(dataDir));
    await ensureCluster(dataDir, binaries, launcher);
    const details = await readConnectionDetails(dataDir);
    if (details === undefined) throw lostPassword(dataDir);
    return startOnFreePort({ dataDir, launcher, postgres: binaries.postgres, disposable: options.disposable === true, details }, options.port);
  });
}

type Plan = { dataDir: string; launcher: Launcher; postgres: string; disposable: boolean; details: ConnectionDetails };

/** Another program may take the port between choosing and binding it, so a clash is tried again. */
async function startOnFreePort(plan: Plan, port?: number): Promise<EmbeddedServer> {
  for (let attempt = 1; ; attempt += 1) {
    const details = { ...plan.details, port: port ?? (await freePort()) };
    const outcome = await launch({ ...plan, details });
    if ('server' in outcome) return outcome.server;
    if (attempt === startAttempts || !/could not bind|address already in use/i.test(outcome.output)) {
      throw explainFailure(outcome.output, clusterFolder(plan.dataDir), 'start');
    }
  }
}

async function launch(plan: Plan): Promise<{ server: EmbeddedServer } | { output: string }> {
  const { dataDir, launcher, details } = plan;
  const log = await openLog(dataDir);
  const { file, args, ...identity } = launcher.wrap(plan.postgres, serverArguments(plan));
  // Its own session: Ctrl+C in the terminal must not stop the database before web and worker have finished.
  const child = spawn(file, args, {
    ...identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
    env: childEnvironment({ LC_ALL: 'C' }),
  });
  closeSync(log.descriptor);
  const exited = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  const ready = await waitForServer(connectionUrl(details, 'postgres'), child, exited);
  if (!ready) return { output: await readFrom(log.file, log.offset) };
  await createDatabase(details);
  await writeConnectionDetails(dataDir, details);
  return { server: serverHandle(child, details, launcher.kind, exited) };
}

function serverArguments({ dataDir, details, disposable }: Plan): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(details.port),
    unix_socket_directories: '',
    max_connections: '100',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    ...(disposable ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return ['-D', clusterFolder(dataDir), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function serverHandle(child: ChildProcess, details: ConnectionDetails, launcher: Launcher['kind'], exited: Promise<void>): EmbeddedServer {
  const pid = child.pid;
  if (pid === undefined) throw new AssayError('start.failed', 'PostgreSQL did not start.');
  let stopping: Promise<void> | undefined;
  return {
    url: connectionUrl(details),
    urlOf: (database) => connectionUrl(details, database),
    pid,
    launcher,
    exited,
    stop: () => (stopping ??= shutDown(pid)),
  };
}

/** True once a query succeeds; false when the process ends first. */
async function waitForServer(url: string, child: ChildProcess, exited: Promise<void>): Promise<boolean> {
  let ended = false;
  void exited.then(() => (ended = true));
  const end = performance.now() + readyTimeoutMs;
  while (!ended && performance.now() < end) {
    if (await answers(url)) return true;
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  if (!ended) child.kill('SIGQUIT');
  await exited;
  return false;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    if (/password authentication failed/.test(String(error))) throw error;
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(details: ConnectionDetails): Promise<void> {
  const client = new pg.Client({ connectionString: connectionUrl(details, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [details.database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(details.database)}`);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

async function openLog(dataDir: string): Promise<{ file: string; descriptor: number; offset: number }> {
  const folder = path.join(dataDir, 'logs');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'postgres.log');
  const descriptor = openSync(file, 'a', 0o600);
  if (statSync(file).size > logLimitBytes) truncateSync(file);
  return { file, descriptor, offset: statSync(file).size };
}

async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(Math.max(0, size - offset)), 0, size - offset, offset);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}

function lostPassword(dataDir: string): AssayError {
  return new AssayError('start.failed', `The file postgres.json with the database password is missing in ${dataDir}.`, {
    hint: 'Restore it from a backup of the data folder.',
  });
}
