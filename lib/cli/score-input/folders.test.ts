import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { register } from '../commands/score';
import { runCommand, type Seen } from '../commands/testing/run-command';

let parts: string;
let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);

/** A grey part with fine grain; a defect is a dark bar across it. */
async function image(seed: number, defect: boolean): Promise<Buffer> {
  const side = 48;
  const pixels = Buffer.alloc(side * side * 3);
  let state = seed + 1;
  for (let i = 0; i < side * side; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const barred = defect && Math.abs((i % side) - 20 - (seed % 5)) < 4;
    pixels.fill((barred ? 40 : 150) + (state >>> 27), i * 3, i * 3 + 3);
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).png().toBuffer();
}

async function put(name: string, content: Buffer | string): Promise<void> {
  const file = path.join(parts, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

beforeAll(async () => {
  parts = await mkdtemp(path.join(tmpdir(), 'assay-parts-'));
  for (let i = 0; i < 8; i += 1) await put(`good/${i}.png`, await image(i, false));
  for (let i = 0; i < 2; i += 1) await put(`real/${i}.png`, await image(100 + i, true));
  await put('made/b/scratch.png', await image(200, true));
  await put('made/b/none.png', await image(201, false));
  await put('made/a.png', await image(202, true));
  await mkdir(path.join(parts, 'empty'));
});
afterAll(() => rm(parts, { recursive: true, force: true }));

/** A copy that a test may spoil. */
async function fresh(): Promise<void> {
  folder = path.join(parts, `copy-${Math.random()}`);
  for (const name of ['good', 'real', 'made', 'empty']) await cp(path.join(parts, name), at(name), { recursive: true });
}

function score(changes: Record<string, string | undefined> = {}): Promise<Seen> {
  const options = { normal: at('good'), anomaly: at('real'), auxiliary: at('made'), out: at('out.csv'), ...changes };
  return runCommand(register, ['score', ...Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]))]);
}

const ranking = async () => parse(await readFile(at('out.csv'), 'utf8'), { columns: true }) as Record<string, string>[];
const summary = async () => JSON.parse(await readFile(at('out.json'), 'utf8')) as Record<string, unknown>;

it('scores images in the order of their paths, subfolders included, and names extractor and counts', async () => {
  await fresh();
  expect(await score()).toMatchObject({ code: 0, stdout: '' });
  const rows = await ranking();
  expect(rows.map(({ index, file }) => [index, file])).toEqual([['0', 'a.png'], ['1', 'b/none.png'], ['2', 'b/scratch.png']]);
  expect(rows.every(({ quality, p }) => Number(quality) >= 0 && Number(p) > 0 && Number(p) < 1)).toBe(true);
  const normal = rows[1]!;
  expect(Number(rows[0]!['p'])).toBeGreaterThan(Number(normal['p']));
  expect(await summary()).toMatchObject({ training: { normals: 8, anomalies: 2 }, auxiliary: 3, features: { extractor: 'scattering', dim: 1904 }, refused: [] });
}, 60_000);

it('names the files that are no images and scores the rest', async () => {
  await fresh();
  const whole = await image(5, true);
  await writeFile(at('made', 'cut.png'), whole.subarray(0, whole.length / 2));
  await writeFile(at('made', 'notes.png'), 'this is text');
  await writeFile(at('good', 'empty.png'), '');
  await writeFile(at('made', '.hidden.png'), 'hidden files are passed over');
  await symlink(at('real', '0.png'), at('made', 'link.png'));
  const seen = await score();
  expect(seen.code).toBe(0);
  const told = seen.stderr.split('\n').filter((line) => line.startsWith('refused '));
  expect(told).toEqual([
    expect.stringContaining(`refused ${at('good', 'empty.png')}: `),
    expect.stringContaining(`refused ${at('made', 'cut.png')}: `),
    expect.stringContaining(`refused ${at('made', 'notes.png')}: `),
  ]);
  expect((await ranking()).map(({ file }) => file)).toEqual(['a.png', 'b/none.png', 'b/scratch.png']);
  expect(await summary()).toMatchObject({
    training: { normals: 8, anomalies: 2 },
    refused: [{ code: 'image.empty' }, { code: 'image.truncated', file: at('made', 'cut.png') }, { code: 'image.not_an_image' }],
  });
}, 60_000);

it('needs no real anomaly', async () => {
  await fresh();
  expect(await score({ anomaly: undefined })).toMatchObject({ code: 0 });
  expect(await summary()).toMatchObject({ alpha0: 0, training: { normals: 8, anomalies: 0 } });
}, 60_000);

it('refuses a folder that is empty, missing, a file, or without a usable image', async () => {
  await fresh();
  await writeFile(at('empty', 'text.png'), 'text');
  const vain = await score({ auxiliary: at('empty') });
  expect(vain).toMatchObject({ code: 2, stderr: expect.stringContaining(`There is no usable image in ${at('empty')}.`) });
  await rm(at('empty', 'text.png'));
  for (const name of ['normal', 'anomaly', 'auxiliary']) {
    expect(await score({ [name]: at('empty') })).toMatchObject({ code: 2, stderr: `assay: There is no file in ${at('empty')}.\n` });
  }
  expect(await score({ auxiliary: at('none') })).toMatchObject({ code: 2, stderr: `assay: The folder ${at('none')} cannot be read (ENOENT).\n` });
  expect(await score({ auxiliary: at('made', 'a.png') })).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be read (ENOTDIR)') });
}, 60_000);

it('refuses a single normal', async () => {
  await fresh();
  await mkdir(at('one'));
  await cp(at('good', '0.png'), at('one', '0.png'));
  expect(await score({ normal: at('one') })).toMatchObject({ code: 2, stderr: expect.stringContaining('at least 2 are needed') });
}, 60_000);

it('refuses another extractor that cannot be used', async () => {
  await fresh();
  const built = path.resolve('public', 'models', 'scattering');
  const network = (model: string, manifest: string) => score({ model, manifest });
  expect(await network(path.join(built, 'model.onnx'), at('none.json'))).toMatchObject({ code: 2, stderr: expect.stringContaining(`The manifest ${at('none.json')} cannot be read`) });
  expect(await network(at('good', '0.png'), path.join(built, 'manifest.json'))).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be loaded as an ONNX model') });
  await writeFile(at('bad.json'), '{"id": "x"}');
  expect(await network(path.join(built, 'model.onnx'), at('bad.json'))).toMatchObject({ code: 2, stderr: expect.stringContaining(`${at('bad.json')} does not fit`) });
  expect(await network(path.join(built, 'model.onnx'), path.join(built, 'manifest.json'))).toMatchObject({ code: 0 });
}, 60_000);
