import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isRunning, waitUntil } from '@/lib/store/embedded/process';
import { supervise } from './child-process';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-child-'));
  return () => rm(folder, { recursive: true });
});

async function plan(source: string) {
  const program = path.join(folder, 'program.mjs');
  await writeFile(program, source);
  return { name: 'child', program, environment: {}, logFolder: path.join(folder, 'logs') };
}

async function log(): Promise<string> {
  return readFile(path.join(folder, 'logs', 'child.log'), 'utf8').catch(() => '');
}

const policy = { delaysMs: [1, 1], healthyAfterMs: 60_000 };

describe('supervise', () => {
  it('starts a crashed program again, then gives up and says how it ended', async () => {
    const reason = await new Promise<string>((resolve, reject) => {
      plan(`console.log('begun'); process.exit(3);`).then((made) => supervise(made, resolve, policy), reject);
    });
    expect(reason).toBe('exit code 3');
    expect((await log()).match(/begun/g)).toHaveLength(3);
  });

  it('asks before it kills, and starts nothing again after a stop', async () => {
    let gaveUp = false;
    const child = supervise(await plan(`process.on('SIGTERM', () => { console.log('asked'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');`), () => (gaveUp = true), policy);
    await waitUntil(async () => (await log()).includes('ready'), 20_000);
    await child.stop(20_000);
    expect(await log()).toBe('ready\nasked\n');
    expect(gaveUp).toBe(false);
  });

  it('kills a program that does not listen', async () => {
    const child = supervise(await plan(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(process.pid);`), () => undefined, policy);
    await waitUntil(async () => (await log()).includes('\n'), 20_000);
    await child.stop(50);
    expect(isRunning(Number(await log()))).toBe(false);
  });
});
