import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { childEnvironment } from '@/lib/env';
import { makeFolder } from '@/lib/make-folder';
import { AssayError } from '@/lib/errors';
import type { Account, Launcher } from './account';
import type { PostgresBinaries } from './binaries';
import { explainFailure } from './explain';

/** How to reach the embedded server. Kept in a file that only its owner may read. */
export type ConnectionDetails = { port: number; user: string; password: string; database: string };

const connectionFile = 'postgres.json';

/** The PostgreSQL data folder inside Assay's data folder. */
export function clusterFolder(dataDir: string): string {
  return path.join(dataDir, 'postgres');
}

/**
 * Makes the data folder. Root leaves it enterable, so that the user who runs PostgreSQL can reach its part of it;
 * what is secret in there is protected file by file.
 */
export async function makeDataFolder(dataDir: string): Promise<void> {
  makeFolder(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/** URL of a database on the embedded server. */
export function connectionUrl(details: ConnectionDetails, database = details.database): string {
  const { user, password, port } = details;
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** The details that the last start in this folder left, or undefined before the first. */
export async function readConnectionDetails(dataDir: string): Promise<ConnectionDetails | undefined> {
  const text = await readFile(path.join(dataDir, connectionFile), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ConnectionDetails);
}

/** Stores the details with mode 0600; a crash half-way leaves the old file. */
export async function writeConnectionDetails(dataDir: string, details: ConnectionDetails): Promise<void> {
  const target = path.join(dataDir, connectionFile);
  const temporary = `${target}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(details, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, target);
}

/**
 * Makes the cluster if there is none. It appears under its final name only when complete, so that an initdb
 * that was killed half-way is simply repeated.
 */
export async function ensureCluster(dataDir: string, binaries: PostgresBinaries, launcher: Launcher): Promise<void> {
  const cluster = clusterFolder(dataDir);
  if (existsSync(path.join(cluster, 'PG_VERSION'))) {
    await giveTo(cluster, launcher.owner);
    return;
  }
  await refuseRuins(cluster);
  const draft = `${cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const details: ConnectionDetails = { port: 0, user: 'assay', password: randomBytes(24).toString('base64url'), database: 'assay' };
  await writeConnectionDetails(dataDir, details);
  await runInitdb(draft, binaries, launcher, details);
  await rename(draft, cluster);
}

/** A folder with files but no version is a damaged database. It is not ours to delete. */
async function refuseRuins(cluster: string): Promise<void> {
  const entries = existsSync(cluster) ? await readdir(cluster) : [];
  if (entries.length === 0) return;
  throw new AssayError('start.failed', `The database in ${cluster} is damaged: its file PG_VERSION is missing.`, {
    hint: 'Restore the folder from a backup, or move it away to begin with an empty one.',
  });
}

async function runInitdb(draft: string, binaries: PostgresBinaries, launcher: Launcher, details: ConnectionDetails): Promise<void> {
  // Beside the draft, because initdb wants an empty folder.
  const passwordFile = `${draft}.password`;
  const args = [
    `--pgdata=${draft}`,
    `--username=${details.user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ];
  await writeFile(passwordFile, `${details.password}\n`, { mode: 0o600 });
  try {
    if (launcher.owner !== undefined) {
      await chown(draft, launcher.owner.uid, launcher.owner.gid);
      await chown(passwordFile, launcher.owner.uid, launcher.owner.gid);
    }
    const { code, output } = await runToEnd(launcher, binaries.initdb, args);
    if (code !== 0) throw explainFailure(output, path.dirname(draft), 'be set up');
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Changes the owner of every file of the cluster when an earlier start ran PostgreSQL as somebody else. */
async function giveTo(folder: string, owner: Account | undefined): Promise<void> {
  const uid = owner?.uid ?? process.getuid?.();
  const gid = owner?.gid ?? process.getgid?.();
  if (uid === undefined || gid === undefined || process.getuid?.() !== 0) return;
  if ((await lstat(folder)).uid === uid) return;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chownEntry(path.join(entry.parentPath, entry.name), uid, gid);
  }
  await chmod(folder, 0o700);
  await chown(folder, uid, gid);
}

async function chownEntry(file: string, uid: number, gid: number): Promise<void> {
  if (!(await lstat(file)).isSymbolicLink()) await chown(file, uid, gid);
}

function runToEnd(launcher: Launcher, binary: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const { file, args: all, ...identity } = launcher.wrap(binary, args);
  return new Promise((resolve, reject) => {
    const child = spawn(file, all, { ...identity, env: childEnvironment({ LC_ALL: 'C' }), stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
