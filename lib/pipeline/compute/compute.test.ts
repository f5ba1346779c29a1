import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenInput } from '@/lib/anomaly/golden/golden-data';
import { createMatrix } from '@/lib/anomaly/linalg/matrix';
import { tsneDefaults } from '@/lib/anomaly/projection/tsne';
import { createRandom } from '@/lib/anomaly/random/generator';
import { compute, openComputeThreads } from './compute';

const root = path.resolve(import.meta.dirname, '../../..');
const quiet = () => ({ signal: new AbortController().signal, progress: () => undefined });
const points = () => {
  const random = createRandom(1);
  return createMatrix(Float64Array.from({ length: 400 * 8 }, () => random.normal()), 400, 8);
};

let folder: string;
let program: URL;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-threads-'));
  const file = path.join(folder, 'compute-thread.mjs');
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  await build({ absWorkingDir: root, entryPoints: ['lib/pipeline/compute/thread.ts'], outfile: file, bundle: true, format: 'esm', platform: 'node', packages: 'external' });
  program = pathToFileURL(file);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('computations in threads', () => {
  it('give what the same computation gives right here', async () => {
    const request = { evaluator: 'EAP', input: goldenInput('gauss8'), parameters: { seed: 3 } } as const;
    const here = await compute('evaluate', request, quiet());
    const close = openComputeThreads(program, 2);
    try {
      expect(await Promise.all([compute('evaluate', request, quiet()), compute('evaluate', request, quiet())])).toEqual([here, here]);
    } finally {
      await close();
    }
  });

  it('report progress, stop when they are cancelled, and leave the thread fit for the next', async () => {
    const close = openComputeThreads(program, 1);
    try {
      const cancel = new AbortController();
      const steps: string[] = [];
      const progress = ({ step }: { step?: string }) => {
        if (step !== undefined) steps.push(step);
        cancel.abort();
      };
      const long = compute('tsne', { points: points(), parameters: { ...tsneDefaults, iterations: 100_000 } }, { signal: cancel.signal, progress }, { words: { projection: 'laying out' } });
      await expect(long).rejects.toMatchObject({ code: 'job.cancelled' });
      expect(steps.length).toBeGreaterThan(0);
      await expect(compute('evaluate', { evaluator: 'RARITY', input: goldenInput('tiny'), parameters: { seed: 0 } }, quiet())).resolves.toMatchObject({ facts: {} });
      await expect(compute('evaluate', { evaluator: 'EAP', input: goldenInput('tiny'), parameters: { seed: 0 } }, { ...quiet(), signal: cancel.signal })).rejects.toMatchObject({ code: 'job.cancelled' });
    } finally {
      await close();
    }
  });

  it('keep the code of an error', async () => {
    const close = openComputeThreads(program, 1);
    try {
      const input = { ...goldenInput('tiny'), labels: new Uint8Array(2) };
      await expect(compute('evaluate', { evaluator: 'EAP', input, parameters: { seed: 0 } }, quiet())).rejects.toMatchObject({ name: 'NumericsError', code: 'data.shape' });
    } finally {
      await close();
    }
  });
});
