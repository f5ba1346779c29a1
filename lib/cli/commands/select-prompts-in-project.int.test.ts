import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSmallPair } from '@/lib/pipeline/prompt-selection/testing/small-pair';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { register as registerImport } from './import';
import { register } from './select';
import { plateFolder } from './testing/plate-folder';
import { runCommand } from './testing/run-command';

let database: FreshDatabase;
let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const select = (...args: string[]) => runCommand(register, ['select', 'prompts', '--project', 'Plates', '--pair', 'Small pair', ...args]);

beforeAll(async () => {
  database = await freshDatabase();
  folder = await plateFolder();
  await addSmallPair(store());
  expect(await runCommand(registerImport, ['import', '--project', 'Plates', at('plate')])).toMatchObject({ code: 0 });
}, 120_000);
afterAll(async () => {
  await store().$disconnect();
  await rm(folder, { recursive: true });
  await database.drop();
});

describe('assay select prompts, in a project', () => {
  it('makes what is missing, stores the selection, and writes the pairs', async () => {
    const made = await select('--pool', 'eap-27', '--object', 'screw', '--per-seed', '2', '--draws', '20', '--evaluators', 'RARITY', '--out', at('out.csv'));
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^selected ".+" against ".+": synthetic AUROC \d\.\d{3} \(\d\.\d{3} to \d\.\d{3}\), picked in \d+ % of 20 draws/) });
    const selection = await store().selection.findFirstOrThrow({ where: { project: { name: 'Plates' } } });
    expect([selection.kind, selection.state, selection.syntheticSampleIds.length, selection.jobId]).toEqual(['prompts', 'ready', 8, null]);
    const rows = parse(await readFile(at('out.csv'), 'utf8'), { columns: true }) as Record<string, string>[];
    expect([rows.length, rows[0]!['normal'], rows[0]!['anomalous']]).toEqual([27, 'screw', 'damaged screw']);
    expect(rows.filter(({ selected }) => selected === '1')).toHaveLength(1);
    expect(JSON.parse(await readFile(at('out.json'), 'utf8'))).toMatchObject({ selectionId: selection.id, settings: { objectName: 'screw', pool: 'eap-27' }, summary: { evaluators: [{ evaluator: 'RARITY' }], sizes: { heldOut: 4, real: null } } });
  }, 60_000);

  it('takes pairs of a file', async () => {
    await writeFile(at('ours.csv'), 'normal,anomalous\na flawless {},a damaged {}\nflawless,damaged\n');
    expect(await select('--pool', at('ours.csv'), '--per-seed', '2', '--draws', '5', '--evaluators', 'none')).toMatchObject({ code: 0 });
    const { settings } = await store().selection.findFirstOrThrow({ where: { kind: 'prompts' }, orderBy: { createdAt: 'desc' } });
    expect(settings).toMatchObject({ poolName: 'ours.csv', pool: 'file', evaluators: [], pairs: [{ normal: 'a flawless {}', anomalous: 'a damaged {}' }, { normal: 'flawless', anomalous: 'damaged' }] });
  }, 60_000);

  it('refuses what it does not know with a sentence', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await runCommand(register, ['select', 'prompts', ...args]);
      expect(code).toBe(2);
      return stderr;
    };
    const project = ['--project', 'Plates', '--pool', 'eap-27'];
    expect(await refused(...project)).toContain('--pair NAME');
    expect(await refused(...project, '--pair', 'CLIP')).toContain('There are Small pair');
    expect(await refused('--project', 'Plates', '--pair', 'Small pair', '--pool', 'mine')).toContain('no pool named "mine"');
    expect(await refused(...project, '--pair', 'Small pair', '--evaluators', 'x')).toContain('no evaluator named "x"');
    expect(await refused(...project, '--pair', 'Small pair', '--embeddings', 'x.npz')).toContain('not both');
    expect(await refused('--pool', 'eap-27')).toContain('--embeddings FILE and --out FILE');
  });
});
