import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { localOwnerEmail } from '@/lib/auth/sign-in-link';
import { setEnvironment } from '@/lib/env';
import type { ServiceContext } from '@/lib/services/context';
import { store } from '@/lib/store/client';
import { openDatabase } from '@/lib/store/embedded/open';

/** A number for each of the two processes. */
export type OfProcesses = { readonly web: number; readonly worker: number };

/** An Assay of its own with an empty data folder, as `npm start` runs it, and a signed-in owner. */
export type Instance = {
  /** Where a browser finds it. */
  readonly baseUrl: string;
  /** Asks the web process over HTTP; keep-alive connections, at most as many as a browser opens. */
  request(method: string, route: string, body?: Buffer, breakOff?: boolean): Promise<{ status: number; body: Buffer }>;
  /** For what the browser does through server actions, whose addresses change with every build. */
  readonly context: ServiceContext;
  /** Peak resident memory in MiB since the last `resetPeaks`. */
  peaks(): OfProcesses;
  resetPeaks(): void;
  /** Processor time used so far in seconds, all threads; other programs on the machine hardly change it. */
  cpuSeconds(): OfProcesses;
  stop(): Promise<void>;
};

const port = 38_211;
/** What Chromium opens to one host over HTTP/1.1. */
const connections = 6;

/**
 * Starts web, worker and database; the production build is made first where there is none.
 * @param keptDataDir a data folder that is gone on with and stays; by default a new one that is removed at the end
 */
export async function startInstance(keptDataDir?: string): Promise<Instance> {
  const dataDir = keptDataDir ?? (await mkdtemp(path.join(tmpdir(), 'assay-bench-')));
  const args = [path.resolve('lib', 'cli', 'start.mjs'), '--port', String(port), '--data', dataDir, '--no-demo'];
  const main = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const link = new URL(await signInLinkOf(main));
  const token = link.searchParams.get('token');
  const signedIn = await send(agent, { method: 'POST', path: '/api/auth/sign-in/link', headers: { 'content-type': 'application/json' } }, Buffer.from(JSON.stringify({ token })));
  const cookie = (signedIn.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
  if (cookie === '') throw new Error(`signing in gave ${signedIn.status}: ${signedIn.body.toString()}`);
  setEnvironment({ ASSAY_DATA_DIR: dataDir, DATABASE_URL: undefined });
  const database = await openDatabase('npm run bench');
  const context = await ownersContext();
  const pids = childrenOf(main);
  const stop = async () => {
    agent.destroy();
    await store().$disconnect();
    await database.close();
    await ended(main);
    if (keptDataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  return {
    baseUrl: link.origin,
    request: (method, route, body, breakOff = false) => send(agent, { method, path: `/api/v1${route}`, headers: { cookie } }, body, breakOff),
    context,
    peaks: () => ({ web: peakMiB(pids.web), worker: peakMiB(pids.worker) }),
    resetPeaks: () => Object.values(pids).forEach((pid) => writeFileSync(`/proc/${pid}/clear_refs`, '5')),
    cpuSeconds: () => ({ web: cpuSecondsOf(pids.web), worker: cpuSecondsOf(pids.worker) }),
    stop,
  };
}

/** What services are asked with in the name of the owner of the open database. */
export async function ownersContext(): Promise<ServiceContext> {
  const owner = await store().user.findUniqueOrThrow({ where: { email: localOwnerEmail } });
  return {
    actor: { userId: owner.id, name: owner.name, email: owner.email, isAdmin: true },
    requestId: 'bench',
    store: store(),
    signal: new AbortController().signal,
  };
}

/** The link in the one line that `npm start` prints when everything is ready. */
async function signInLinkOf(main: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: main.stdout! })) {
    const link = /https?:\/\/\S+\/sign-in\/link\?token=\S+/.exec(line)?.[0];
    if (link !== undefined) return link;
  }
  throw new Error('Assay did not start; its messages stand above.');
}

type Answer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };

/** `breakOff`: sends half of the body and cuts the connection. @throws Error when the connection breaks */
function send(agent: http.Agent, options: http.RequestOptions, body: Buffer = Buffer.alloc(0), breakOff = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, ...(body.length > 0 || options.method !== 'GET' ? { 'content-length': body.length } : {}) };
    const request = http.request({ host: '127.0.0.1', port, agent, ...options, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      response.once('error', reject);
    });
    request.once('error', reject);
    if (!breakOff) return request.end(body);
    request.write(body.subarray(0, body.length / 2), () => request.destroy(new Error('broken off')));
  });
}

/** Process ids of web and worker: children of the supervising process (Linux only). */
function childrenOf({ pid }: ChildProcess): { web: number; worker: number } {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  const running = (program: string) => {
    const found = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(`${program}.mjs`));
    if (found === undefined) throw new Error(`there is no ${program} process below ${pid}`);
    return found;
  };
  return { web: running('web'), worker: running('worker') };
}

function peakMiB(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Processor time of a process so far: utime and stime of /proc/PID/stat, in ticks of a hundredth of a second (Linux only). */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function ended(main: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (main.exitCode !== null) return resolve();
    main.once('exit', () => resolve());
    main.kill('SIGTERM');
  });
}
