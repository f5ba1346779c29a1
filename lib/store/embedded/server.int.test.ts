import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { findPostgresBinaries } from './binaries';
import { isRunning, waitUntil } from './process';
import { startEmbeddedPostgres, type EmbeddedServer } from './server';

const isRoot = process.getuid?.() === 0;
let parent: string;
let dataDir: string;
let servers: EmbeddedServer[];

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'assay-pg-'));
  dataDir = path.join(parent, 'data');
  servers = [];
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(parent, { recursive: true });
  };
});

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbeddedPostgres({ dataDir });
  servers.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('startEmbeddedPostgres', () => {
  it('keeps what was stored, also below a folder that nobody else may enter', async () => {
    const first = await start();
    expect(isRoot ? ['namespace', 'capability'] : ['self']).toContain(first.launcher);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    await first.stop();
    expect(isRunning(first.pid)).toBe(false);
    const second = await start();
    expect(await ask(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    expect((await stat(path.join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
  });

  it('listens on loopback only and wants the password', async () => {
    const server = await start();
    expect(await ask(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('ends the orphan of a killed start and goes on with its data', async () => {
    const orphan = await startEmbeddedPostgres({ dataDir });
    await ask(orphan.url, 'CREATE TABLE kept AS SELECT 8 AS n');
    const next = await start();
    expect(isRunning(orphan.pid)).toBe(false);
    expect(await ask(next.url, 'SELECT n FROM kept')).toEqual([{ n: 8 }]);
  });

  it('recovers when PostgreSQL itself was killed', async () => {
    const first = await start();
    await ask(first.url, 'CREATE TABLE kept AS SELECT 9 AS n');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const next = await start();
    expect(await ask(next.url, 'SELECT n FROM kept')).toEqual([{ n: 9 }]);
  });

  it('is not misled by a postmaster.pid that names a stranger', async () => {
    await (await start()).stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(path.join(dataDir, 'postgres', 'postmaster.pid'), `${stranger.pid}\n`, { mode: 0o600 });
    await start();
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('repeats a set-up that was interrupted', async () => {
    await mkdir(path.join(dataDir, 'postgres.new', 'base'), { recursive: true });
    const server = await start();
    expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('does not replace a damaged database by an empty one', async () => {
    await (await start()).stop();
    await rm(path.join(dataDir, 'postgres', 'PG_VERSION'));
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ message: expect.stringContaining('is damaged') });
    expect(existsSync(path.join(dataDir, 'postgres', 'base'))).toBe(true);
  });

  it('says that the data is of another major version', async () => {
    await (await start()).stop();
    await writeFile(path.join(dataDir, 'postgres', 'PG_VERSION'), '12\n');
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      code: 'start.failed',
      message: expect.stringContaining('another major version of PostgreSQL'),
    });
  });

  it.runIf(process.platform === 'linux')('does not hang where no folder can be made', async () => {
    await expect(startEmbeddedPostgres({ dataDir: '/proc/none/data' })).rejects.toMatchObject({ code: 'start.failed', message: 'No folder can be made at /proc/none/data.' });
  });

  it.runIf(!isRoot)('says that it may not write', async () => {
    await chmod(parent, 0o500);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: 'start.permission' });
    await chmod(parent, 0o700);
  });

  it.runIf(isRoot && existsSync('/usr/sbin/useradd') && binariesReachable())('runs as the user postgres where that one can pass', async () => {
    await chmod(parent, 0o755);
    const server = await start();
    expect(server.launcher).toBe('account');
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
  });

  it.runIf(isRoot && canMountTmpfs())('says that the disk is full', async () => {
    await chmod(parent, 0o755);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', parent]);
    try {
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ code: 'storage.full' });
    } finally {
      await waitUntil(() => spawnSync('umount', [parent]).status === 0, 10_000);
    }
  });
});

function binariesReachable(): boolean {
  return spawnSync('setpriv', ['--reuid=65534', '--', findPostgresBinaries().postgres, '--version']).status === 0;
}

function canMountTmpfs(): boolean {
  return spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}
