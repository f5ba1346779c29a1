import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { lockDataFolder, tryLockDataFolder } from './data-lock';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-lock-'));
  return () => rm(folder, { recursive: true });
});

function goneProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

async function leaveLock(holder: object | string): Promise<void> {
  await writeFile(path.join(folder, 'assay.lock'), typeof holder === 'string' ? holder : JSON.stringify(holder));
}

describe('lockDataFolder', () => {
  it('names the holder to a second one and lets it in after the release', async () => {
    const lock = await lockDataFolder(folder, 'npm start');
    await expect(lockDataFolder(folder, 'other')).rejects.toMatchObject({
      code: 'start.failed',
      message: `${folder} is in use by "npm start" (process ${process.pid}).`,
    });
    await lock.release();
    await (await lockDataFolder(folder, 'other')).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives the lock to exactly one of many', async () => {
    await leaveLock({ pid: goneProcess(), startTime: '1', command: 'killed', since: '' });
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => tryLockDataFolder(folder, `command ${index}`).catch(() => undefined)));
    expect(outcomes.filter((outcome) => outcome !== undefined && 'release' in outcome)).toHaveLength(1);
  });

  it.each([
    ['a process that is gone', () => ({ pid: goneProcess(), startTime: '1', command: 'killed', since: '' })],
    ['half a file', () => '{"pid": 12'],
    ['an empty file', () => ''],
  ])('takes over the lock of %s', async (_, content) => {
    await leaveLock(content());
    await lockDataFolder(folder, 'npm start');
    expect(JSON.parse(await readFile(path.join(folder, 'assay.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it.runIf(process.platform === 'linux')('sees that a pid was given to another process', async () => {
    await leaveLock({ pid: process.pid, startTime: '1', command: 'killed', since: '' });
    expect(await tryLockDataFolder(folder, 'npm start')).toHaveProperty('release');
  });

  it('leaves a lock alone that is no longer its own', async () => {
    const lock = await lockDataFolder(folder, 'npm start');
    await leaveLock({ pid: 1, startTime: '1', command: 'another', since: '' });
    await lock.release();
    expect(await readdir(folder)).toEqual(['assay.lock']);
  });
});
