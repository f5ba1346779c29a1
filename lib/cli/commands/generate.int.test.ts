import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeDemoImage } from '@/lib/demo/encode';
import { smallPictures } from '@/lib/pipeline/models/small-diffusion';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { register } from './generate';
import { register as registerImport } from './import';
import { register as registerModels } from './models';
import { runCommand } from './testing/run-command';

let database: FreshDatabase;
let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const generate = (...args: string[]) => runCommand(register, ['generate', ...args]);

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'assay-generate-'));
  await mkdir(at('plate/train/good'), { recursive: true });
  const pictures = [...smallPictures(0, 2, 3), ...smallPictures(1, 2, 3)];
  for (const [i, { rgb, width, height }] of pictures.entries()) {
    await writeFile(at(`plate/train/good/${i}.png`), await encodeDemoImage({ rgb: Uint8Array.from(rgb), width, height }));
  }
});
afterAll(async () => {
  await store().$disconnect();
  await rm(folder, { recursive: true });
  await database.drop();
});

const normals = () => at('plate/train/good');
const linesOf = async (out: string) => (await readFile(at(out, 'parameters.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { path: string; parameters: Record<string, unknown> });
const contents = async (out: string) => Promise.all((await readdir(at(out, 'auxiliary'))).toSorted().map((name) => readFile(at(out, 'auxiliary', name), 'base64')));

describe('assay generate, from folder to folder', () => {
  it('writes images, masks and parameters, the same ones again', async () => {
    const args = ['--normal', normals(), '--generator', 'cutpaste-scar', '--count', '6', '--seed', '3', '--parameters', '{"lengthMaximum": 60}'];
    expect(await generate(...args, '--out', at('out'))).toMatchObject({ code: 0, stdout: expect.stringMatching(/^6 made in /) });
    expect((await readdir(at('out'))).toSorted()).toEqual(['auxiliary', 'masks', 'parameters.jsonl']);
    const lines = await linesOf('out');
    expect(lines.map((line) => line.path)).toEqual(Array.from({ length: 6 }, (_, i) => `auxiliary/cutpaste-scar-3-000${i}.png`));
    expect(lines[2]).toMatchObject({ role: 'auxiliary', generator: 'cutpaste-scar', parameters: { seed: 3, index: 2, parents: [expect.stringMatching(/^\d\.png$/)], settings: { lengthMaximum: 60, lengthMinimum: 10 } } });
    for (const { path: name, parameters } of lines) {
      const raw = (file: string) => sharp(file).removeAlpha().raw().toBuffer();
      const [made, parent, mask] = await Promise.all([raw(at('out', name)), raw(path.join(normals(), (parameters['parents'] as string[])[0]!)), sharp(at('out', name.replace('auxiliary', 'masks').replace('.png', '_mask.png'))).extractChannel(0).raw().toBuffer()]);
      expect([...mask].map((value, p) => [value, [0, 1, 2].some((c) => made[3 * p + c] !== parent[3 * p + c]) ? 255 : 0]).every(([a, b]) => a === b)).toBe(true);
    }
    expect(await generate(...args, '--out', at('again'))).toMatchObject({ code: 0 });
    expect(await contents('again')).toEqual(await contents('out'));
  });

  it('gives what an import takes with masks and parameters', async () => {
    expect(await generate('--normal', normals(), '--out', at('set'), '--generator', 'copy', '--count', '4', '--quality-label', 'indistinguishable')).toMatchObject({ code: 0 });
    expect(await generate('--normal', normals(), '--out', at('out'), '--generator', 'cutmix', '--count', '3')).toMatchObject({ code: 0 });
    for (const name of ['set', 'out']) expect((await runCommand(registerImport, ['import', '--project', 'Made', at(name)])).code).toBe(0);
    const samples = await store().sample.findMany({ where: { project: { name: 'Made' } }, orderBy: { fileName: 'asc' } });
    // The cutmix run wrote its own parameters.jsonl; images of the earlier run lie beside without a line.
    const of = (generator: string) => samples.filter((sample) => sample.generator === generator);
    expect(of('copy').map(({ role, qualityLabel, maskSha256 }) => [role, qualityLabel, maskSha256])).toEqual(Array.from({ length: 4 }, () => ['auxiliary', 'indistinguishable', null]));
    expect(of('cutmix')).toHaveLength(3);
    for (const { role, maskSha256, parameters } of of('cutmix')) expect([role, typeof maskSha256, Object.keys(parameters as object).includes('lambda')]).toEqual(['auxiliary', 'string', true]);
  });

  it('tells of a generator what can be set', async () => {
    const { stdout, code } = await generate('--list');
    expect([code, stdout.includes('opacityMinimum\t0.1 (0.05 to 1)'), stdout.includes('diffstyle: DiffStyle')]).toEqual([0, true, true]);
  });

  it('refuses what cannot be used with a sentence', async () => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await generate(...args);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused('--normal', normals())).toContain('Give --normal DIR and --out DIR');
    expect(await refused('--project', 'A', '--out', at('x'))).toContain('Give either --project');
    expect(await refused('--normal', normals(), '--out', at('x'), '--parameters', '{"size": 3}')).toContain('no parameter "size"');
    expect(await refused('--normal', normals(), '--out', at('x'), '--parameters', '[1')).toContain('JSON object');
    expect(await refused('--normal', normals(), '--out', at('x'), '--count', '0')).toContain('--count must be a whole number from 1');
    expect(await refused('--normal', normals(), '--out', at('x'), '--generator', 'diffstyle')).toContain('needs --model');
    expect(await refused('--normal', normals(), '--out', at('x'), '--generator', 'cutmix', '--seed-limit', '1')).toContain('needs two');
    expect(await refused('--normal', at('nowhere'), '--out', at('x'))).toContain('cannot be read (ENOENT)');
    expect(await refused('--project', 'Nowhere')).toContain('no project called Nowhere');
  });
});

describe('assay generate, in a project', () => {
  beforeAll(async () => {
    expect(await runCommand(registerImport, ['import', '--project', 'Plates', at('plate')])).toMatchObject({ code: 0 });
  });

  it('adds to it, and finds its own work there the second time', async () => {
    const args = ['--project', 'Plates', '--generator', 'draem', '--count', '5', '--seed', '2'];
    expect(await generate(...args)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^5 made in .* folder generated\/draem-/) });
    expect(await generate(...args)).toMatchObject({ code: 0, stdout: expect.stringContaining('0 made, 5 there already') });
    expect(await store().sample.count({ where: { project: { name: 'Plates' }, role: 'auxiliary', generator: 'draem' } })).toBe(5);
  });

  it('makes all pairs of style and content with a diffusion network of the library, and no more', async () => {
    const models = (...args: string[]) => runCommand(registerModels, ['models', 'diffusion', ...args]);
    expect(await models('build-small', at('small.onnx'))).toMatchObject({ code: 0 });
    expect(await models('add', at('small.onnx'), '--name', 'Small')).toEqual({ code: 0, stdout: 'registered Small: images of 32 x 32 px\n', stderr: '' });
    expect(await models('add', at('small.onnx'))).toMatchObject({ code: 0, stdout: expect.stringContaining('registered Small') });
    expect(await models('list')).toMatchObject({ stdout: expect.stringMatching(/^Small\t32 x 32 px\t\d+ bytes\t[0-9a-f]{64}\n$/) });
    await writeFile(at('broken.onnx'), 'this is no network');
    expect(await models('add', at('broken.onnx'))).toMatchObject({ code: 2 });

    const args = ['--generator', 'diffstyle', '--seed', '6', '--parameters', '{"steps": 20}'];
    expect(await generate('--project', 'Plates', ...args, '--model', 'Small', '--count', '5')).toMatchObject({ code: 2, stderr: expect.stringContaining('4 seed images make 4 pairs of style and content') });
    expect(await generate('--project', 'Plates', ...args, '--model', 'Small', '--count', '4')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^4 made/) });
    const made = await store().sample.findMany({ where: { generator: 'diffstyle' }, orderBy: { generationIndex: 'asc' } });
    expect(made.map(({ width, height }) => [width, height])).toEqual(Array.from({ length: 4 }, () => [32, 32]));
    expect(new Set(made.map(({ parameters }) => (parameters as { parents: string[] }).parents.join())).size).toBe(4);
    expect(await generate('--normal', normals(), '--out', at('styled'), ...args, '--model', at('small.onnx'), '--count', '4')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^4 made/) });

    expect(await models('remove', 'Small')).toMatchObject({ code: 2, stderr: expect.stringContaining('Anomalies were made with Small (1 batches)') });
    expect(await generate('--project', 'Plates', ...args, '--model', 'Large')).toMatchObject({ code: 2, stderr: expect.stringContaining('no diffusion network named Large') });
  }, 240_000);
});
