import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyBrowserRuntime, isBrowserRuntimeCopied } from './browser-runtime.mjs';
import { fingerprint } from './fingerprint.mjs';
import { withSetupLock } from './lock.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-setup-'));
  return () => rmSync(folder, { recursive: true });
});

describe('requireNode', () => {
  it.each([['18.20.4'], ['20.18.3']])('tells Node %s in one sentence that it is too old', (version) => {
    const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', pretend, 'lib/cli/start.mjs'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(`Assay needs Node.js 20.19 or newer; this is ${version}. Install a newer one from https://nodejs.org.\n`);
  });
});

describe('fingerprint', () => {
  it('changes with names and contents, not with what is not wanted', () => {
    mkdirSync(path.join(folder, 'lib', 'sub'), { recursive: true });
    writeFileSync(path.join(folder, 'lib', 'a.ts'), 'a');
    const before = fingerprint(folder, ['lib']);
    expect(fingerprint(folder, ['lib', 'missing'])).toBe(before);
    writeFileSync(path.join(folder, 'lib', 'sub', 'a.test.ts'), 't');
    expect(fingerprint(folder, ['lib'], (file) => !file.endsWith('.test.ts'))).toBe(before);
    expect(fingerprint(folder, ['lib'])).not.toBe(before);
    writeFileSync(path.join(folder, 'lib', 'a.ts'), 'b');
    expect(fingerprint(folder, ['lib'], (file) => !file.endsWith('.test.ts'))).not.toBe(before);
  });
});

describe('copyBrowserRuntime', () => {
  const packageFolder = () => path.join(folder, 'node_modules', 'onnxruntime-web');
  const setVersion = (version: string) => writeFileSync(path.join(packageFolder(), 'package.json'), JSON.stringify({ version }));

  it('copies what the web process serves, and again when another version is installed', () => {
    const names = ['ort.webgpu.min.mjs', 'ort-wasm-simd-threaded.asyncify.mjs', 'ort-wasm-simd-threaded.asyncify.wasm', 'ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'];
    mkdirSync(path.join(packageFolder(), 'dist'), { recursive: true });
    for (const name of names) writeFileSync(path.join(packageFolder(), 'dist', name), name);
    setVersion('1.0.0');
    expect(isBrowserRuntimeCopied(folder)).toBe(false);
    copyBrowserRuntime(folder);
    expect(isBrowserRuntimeCopied(folder)).toBe(true);
    expect(readdirSync(path.join(folder, 'public', 'ort')).filter((name) => !name.startsWith('.')).toSorted()).toEqual(names.toSorted());
    setVersion('1.0.1');
    expect(isBrowserRuntimeCopied(folder)).toBe(false);
  });
});

describe('withSetupLock', () => {
  it('lets one work at a time', async () => {
    const lock = path.join(folder, 'setup.lock');
    const script = `import { withSetupLock } from ${JSON.stringify(path.resolve('lib/cli/setup/lock.mjs'))};
      await withSetupLock(${JSON.stringify(lock)}, async () => console.log('entered'));`;
    let output = '';
    const other = await withSetupLock(lock, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await once(child.stderr, 'data');
      output += 'left\n';
      return child;
    });
    await once(other, 'close');
    expect(output).toBe('left\nentered\n');
  });

  it('takes over the lock of a process that is gone, and leaves nothing behind', async () => {
    const lock = path.join(folder, 'setup.lock');
    writeFileSync(lock, String(spawnSync(process.execPath, ['-e', '']).pid));
    expect(await withSetupLock(lock, async () => readdirSync(folder))).toEqual(['setup.lock']);
    await expect(withSetupLock(lock, () => Promise.reject(new Error('inside')))).rejects.toThrow('inside');
    expect(readdirSync(folder)).toEqual([]);
  });
});
