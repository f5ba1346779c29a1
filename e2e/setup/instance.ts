import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { descendantsOf, stillRunning } from './processes';

const root = path.resolve(import.meta.dirname, '..', '..');
const startMs = 600_000;
const stopMs = 60_000;

/** A running Assay of our own. */
export type Instance = {
  readonly url: string;
  readonly dataDir: string;
  /** The one-time link that it printed. */
  readonly link: string;
  /** Where it looks for networks: an address of this machine, at which a test may set up a hub. */
  readonly hubUrl: string;
  /** Ends it as Ctrl+C does. @throws when it fails, or when any of its processes is left */
  stop(): Promise<void>;
};

/** Starts Assay as `npm start` does, on a free port, with an empty data folder and without the demo. */
export async function startInstance(): Promise<Instance> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'assay-e2e-'));
  const port = await freePort();
  const hubUrl = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, ['lib/cli/start.mjs', '--port', String(port), '--data', dataDir, '--no-demo'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: '', ASSAY_BASE_URL: '', ASSAY_HUB_URL: hubUrl, ASSAY_HUB_TOKEN: '', NODE_ENV: 'production' },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  try {
    const { url, link } = await greeting(child, said);
    return { url, link, dataDir, hubUrl, stop: () => stop(child, dataDir, port) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function greeting(child: ChildProcess, said: { stdout: string; stderr: string }): Promise<{ url: string; link: string }> {
  return new Promise((resolve, reject) => {
    const failed = (why: string) => reject(new Error(`Assay did not start: ${why}\n${said.stderr}`));
    const timer = setTimeout(() => failed(`no line with its address after ${startMs / 1000} s.`), startMs);
    child.once('error', (error) => failed(error.message));
    child.once('exit', (code, signal) => failed(`it ended with ${signal ?? `code ${code}`}.`));
    child.stdout?.on('data', () => {
      const line = /^Assay runs at (\S+) .*(http\S+\/sign-in\/link\?token=\S+)$/m.exec(said.stdout);
      if (line?.[1] === undefined || line[2] === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve({ url: line[1], link: line[2] });
    });
  });
}

async function stop(child: ChildProcess, dataDir: string, port: number): Promise<void> {
  if (child.pid === undefined) throw new Error('Assay was not running.');
  const family = descendantsOf(child.pid);
  if (family.length < 3) throw new Error(`Web, worker and database should have been running, but there was only: ${family.map(({ command }) => command).join('; ')}`);
  const code = await ended(child);
  const left = stillRunning(family);
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  const log = await readFile(path.join(dataDir, 'logs', 'web.log'), 'utf8').catch(() => '');
  await rm(dataDir, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`After Assay on port ${port} had ended, these still ran: ${left.map(({ pid, command }) => `${pid} ${command}`).join('; ')}`);
  if (code !== 0) throw new Error(`Assay ended with ${code} after Ctrl+C.\n${log.slice(-4000)}`);
}

function ended(child: ChildProcess): Promise<number | string> {
  if (child.exitCode !== null) return Promise.resolve(`code ${child.exitCode} before it was asked to`);
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(signal ?? code ?? 'an unknown result');
    });
    child.kill('SIGINT');
  });
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
