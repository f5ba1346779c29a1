import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestSchema } from '@/lib/api/contracts/export-manifest';
import { archiveEntries } from '@/lib/ingest/archive';
import { png } from '@/lib/pipeline/testing/uploading';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { register as registerExport } from './export';
import { register as registerImport } from './import';
import { runCommand } from './testing/run-command';

let database: FreshDatabase;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'assay-folder-'));
  await put('plate/train/good/1.png', await png(1));
  await put('plate/auxiliary/realistic/2.png', await png(2));
  await put('plate/auxiliary/3.png', await png(3));
  await put('plate/auxiliary/broken.png', Buffer.from('no image'));
  await put('plate/.hidden', Buffer.from('x'));
  await symlink('/etc/passwd', path.join(folder, 'plate/link.png'));
  await mkdir(path.join(folder, 'empty'));
});
afterAll(async () => {
  await store().$disconnect();
  await rm(folder, { recursive: true });
  await database.drop();
});

async function put(relative: string, content: Buffer): Promise<void> {
  await mkdir(path.dirname(path.join(folder, relative)), { recursive: true });
  await writeFile(path.join(folder, relative), content);
}

const importing = (...args: string[]) => runCommand(registerImport, ['import', ...args]);
const exporting = (...args: string[]) => runCommand(registerExport, ['export', ...args]);

describe('assay import', () => {
  it('takes one table of vectors, and its labels before --role', async () => {
    const file = path.join(folder, 'parts.csv');
    await writeFile(file, 'a,b,label\n1,2,0\n2,1,0\n8,9,1\n');
    const seen = await importing('--project', 'Vectors', '--role', 'auxiliary', file);
    expect(seen).toMatchObject({ code: 0, stdout: 'parts.csv: Labels in the file: 2 normal, 1 anomaly.\nstored 1, duplicates 0, refused 0\n' });
    const project = await store().project.findUniqueOrThrow({ where: { name: 'Vectors' }, include: { samples: true, featureSets: true } });
    expect(project).toMatchObject({ kind: 'vector', featureSets: [{ state: 'ready', count: 3 }] });
    expect(project.samples.map(({ folder: table, role }) => `${table} ${role}`).sort()).toEqual(['parts.csv anomaly', 'parts.csv normal', 'parts.csv normal']);
    const unlabelled = path.join(folder, 'more.csv');
    await writeFile(unlabelled, 'a,b\n5,5\n');
    expect((await importing('--project', 'Vectors', '--role', 'auxiliary', unlabelled)).stdout).toContain('more.csv: 1 rows without labels, taken as auxiliary.');
  });

  it('makes the project, stores what it can and says what it cannot', async () => {
    const seen = await importing('--project', 'Plates', '--object', 'metal plate', path.join(folder, 'plate'));
    expect(seen).toMatchObject({ code: 0, stdout: expect.stringContaining('stored 3, duplicates 0, refused 1, symbolic links not followed 1') });
    expect(seen.stdout).toContain('refused plate/auxiliary/broken.png: The file is a text file, not an image. [image.not_an_image]');
    const project = await store().project.findUniqueOrThrow({ where: { name: 'Plates' }, include: { samples: { orderBy: { fileName: 'asc' } } } });
    expect(project.objectName).toBe('metal plate');
    expect(project.samples.map(({ role, split, qualityLabel }) => [role, split, qualityLabel])).toEqual([['normal', 'train', null], ['auxiliary', null, 'realistic'], ['auxiliary', null, null]]);
  });

  it('finds only duplicates the second time, which is fine', async () => {
    expect(await importing('--project', 'Plates', path.join(folder, 'plate'))).toMatchObject({ code: 0, stdout: expect.stringContaining('stored 0, duplicates 3, refused 1') });
  });

  it('takes a role for all', async () => {
    expect(await importing('--project', 'Others', '--role', 'anomaly', path.join(folder, 'plate'))).toMatchObject({ code: 0 });
    const roles = await store().sample.groupBy({ by: ['role'], where: { project: { name: 'Others' } }, _count: { _all: true } });
    expect(roles).toEqual([{ role: 'anomaly', _count: { _all: 3 } }]);
  });

  it('ends with 2 and a sentence when nothing can be used', async () => {
    await put('bad/1.png', Buffer.from('no image'));
    expect(await importing('--project', 'Bad', path.join(folder, 'nowhere'))).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be read (ENOENT)') });
    expect(await importing('--project', 'Bad', '/dev/null')).toMatchObject({ code: 2, stderr: expect.stringContaining('/dev/null is neither a folder nor a file.') });
    expect(await importing('--project', 'Bad', path.join(folder, 'empty'))).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no file in') });
    expect(await importing('--project', 'Bad', path.join(folder, 'bad'))).toMatchObject({ code: 2, stderr: expect.stringContaining('No file of') });
    expect(await importing('--project', 'Bad', '--role', 'clown', path.join(folder, 'bad'))).toMatchObject({ code: 2 });
    expect(await store().upload.count({ where: { state: 'open' } })).toBe(0);
  });
});

describe('assay export', () => {
  it('writes the chosen samples as a zip', async () => {
    const out = path.join(folder, 'out.zip');
    expect(await exporting('--project', 'Plates', '--verdict', 'undecided', '--out', out)).toMatchObject({ code: 0, stdout: expect.stringContaining('wrote 2 samples') });
    const files = new Map<string, Buffer>();
    for await (const entry of archiveEntries(blobStore(), await blobStore().put(await readFile(out)))) files.set(entry.path, await buffer(await entry.open!()));
    const manifest = manifestSchema.parse(JSON.parse(files.get('manifest.json')!.toString()));
    expect(manifest.files.map(({ path: name }) => name)).toEqual(['metal_plate/auxiliary/synthetic/2.png', 'metal_plate/auxiliary/synthetic/3.png']);
  });

  it('ends with 2 and a sentence when there is nothing to write or nowhere to', async () => {
    const out = path.join(folder, 'none.zip');
    expect(await exporting('--project', 'Plates', '--out', out)).toMatchObject({ code: 2, stderr: expect.stringContaining('No sample matches') });
    expect(await exporting('--project', 'Nowhere', '--out', out)).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no project called Nowhere') });
    expect(await exporting('--project', 'Plates', '--verdict', 'any', '--out', path.join(folder, 'no/such/folder.zip'))).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written (ENOENT)') });
    await expect(readFile(out)).rejects.toThrow('ENOENT');
  });
});
