import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMeanColours } from '@/lib/pipeline/selection/testing/small-network';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { register as registerImport } from './import';
import { register } from './select';
import { plateFolder } from './testing/plate-folder';
import { runCommand } from './testing/run-command';

let database: FreshDatabase;
let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const select = (...args: string[]) => runCommand(register, ['select', 'models', '--project', 'Plates', ...args]);

beforeAll(async () => {
  database = await freshDatabase();
  folder = await plateFolder();
  await addMeanColours(store());
  expect(await runCommand(registerImport, ['import', '--project', 'Plates', at('plate')])).toMatchObject({ code: 0 });
}, 120_000);
afterAll(async () => {
  await store().$disconnect();
  await rm(folder, { recursive: true });
  await database.drop();
});

describe('assay select models, in a project', () => {
  it('makes what is missing, stores the selection, and writes the candidates', async () => {
    const made = await select('--per-seed', '2', '--seed', '4', '--draws', '20', '--detectors', 'deep-nn,knn', '--out', at('out.csv'));
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^selected Mean colours with (deep-nn|knn): synthetic AUROC \d\.\d{3} \(\d\.\d{3} to \d\.\d{3}\), picked in \d+ % of 20 draws/) });
    const selection = await store().selection.findFirstOrThrow({ where: { project: { name: 'Plates' } } });
    expect([selection.kind, selection.state, selection.syntheticSampleIds.length, selection.jobId]).toEqual(['models', 'ready', 8, null]);
    const rows = parse(await readFile(at('out.csv'), 'utf8'), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ extractor, detector }) => [extractor, detector])).toEqual([['Mean colours', 'deep-nn'], ['Mean colours', 'knn']]);
    expect(rows.filter(({ selected }) => selected === '1')).toHaveLength(1);
    expect(JSON.parse(await readFile(at('out.json'), 'utf8'))).toMatchObject({ selectionId: selection.id, settings: { seed: 4 }, summary: { sizes: { seeds: 4, heldOut: 4, synthetic: 8, real: null } } });
    // What was made serves again: as a batch, and as auxiliary samples.
    const batches = await store().generation.count();
    expect(await select('--per-seed', '2', '--seed', '4', '--draws', '20')).toMatchObject({ code: 0 });
    expect(await select('--auxiliary', 'all', '--draws', '20', '--extractors', 'Mean colours')).toMatchObject({ code: 0 });
    expect(await store().generation.count()).toBe(batches);
  }, 120_000);

  it('refuses what it does not know with a sentence', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await select(...args);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused('--extractors', 'ResNet')).toContain('no extractor named "ResNet". There are Mean colours');
    expect(await refused('--detectors', 'magic')).toContain('no detector named "magic"');
    expect(await refused('--auxiliary', 'best')).toContain('all, accepted, top-third');
    expect(await refused('--folder', 'x')).toContain('belong to --auxiliary');
    expect(await refused('--auxiliary', 'accepted')).toContain('no accepted auxiliary anomalies');
    expect(await refused('--generator', 'diffstyle')).toContain('DiffStyle needs a diffusion network');
    expect(await refused('--features', 'x.npz')).toContain('not both');
    expect(await runCommand(register, ['select', 'models', '--project', 'Nowhere'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no project called Nowhere') });
  });
});
