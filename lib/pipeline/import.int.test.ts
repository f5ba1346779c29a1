import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { Actor } from '@/lib/auth/actor';
import { AssayError } from '@/lib/errors';
import type { ServiceContext } from '@/lib/services/context';
import { World } from '@/lib/services/testing/world';
import { listProblemFiles, listUploadFiles, receiveArchive, receiveFile, receiveMetadata, retryUploadFile } from '@/lib/services/upload-files';
import { cancelUpload, closeUpload, getUpload, listUploads, openUpload, setFolderRoles } from '@/lib/services/uploads';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { importUpload } from './import';
import { announceAll, bodyOf, pipelineContext, png, sendWanted, uploadAll } from './testing/uploading';

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let projectId: string;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const filesOf = async (uploadId: string, of = projectId) => (await listUploadFiles(context, { projectId: of, uploadId, limit: 500 })).items;
const outcome = async (uploadId: string, of = projectId) => Object.fromEntries((await filesOf(uploadId, of)).map(({ path, state, errorCode }) => [path, errorCode ?? state]));
const samplesOf = (of = projectId) => store().sample.findMany({ where: { projectId: of }, orderBy: [{ folder: 'asc' }, { fileName: 'asc' }] });
const tagged = (of: string) => samplesOf(of).then((rows) => rows.map(({ folder, fileName, role, split, defectType, qualityLabel }) => [`${folder}/${fileName}`, role, split, defectType, qualityLabel]));

async function zipOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

describe('a drop', () => {
  it('becomes samples with roles, masks and metadata; bad files are listed with the reason and the rest proceeds', async () => {
    const own = await world.project([[lead, 'lead']]);
    const noise = sharp(Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251), { raw: { width: 64, height: 64, channels: 3 } });
    const jpeg = await noise.clone().jpeg().toBuffer();
    const bomb = await png(1);
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    const first = await png(10);
    const mask = await sharp({ create: { width: 24, height: 16, channels: 3, background: 'white' } }).png().toBuffer();
    const { upload, result } = await uploadAll(context, own, {
      'plate/train/good/1.png': first,
      'plate/train/good/again.png': first,
      'plate/test/good/2.png': await png(11),
      'plate/test/scratch/3.png': await png(12),
      'plate/ground_truth/scratch/3_mask.png': mask,
      'plate/test/scratch/4.png': await png(13),
      'plate/ground_truth/scratch/4_mask.png': mask,
      'plate/ground_truth/scratch/99_mask.png': mask,
      'plate/auxiliary/unrealistic/5.png': await png(14),
      'plate/auxiliary/6.png': await png(15),
      'plate/metadata.csv': Buffer.from('path,quality_label,generator,parameters\nauxiliary/6.png,realistic,sd,"{""seed"":3}"\nauxiliary/6.png\n'),
      'plate/.DS_Store': Buffer.from('x'),
      'wrong-extension.png': jpeg,
      'grey16.png': await sharp(Uint16Array.from({ length: 64 }, (_, i) => i * 1000), { raw: { width: 8, height: 8, channels: 1 } }).toColourspace('grey16').png().toBuffer(),
      'cmyk.jpg': await noise.clone().toColourspace('cmyk').jpeg().toBuffer(),
      'palette.png': await noise.clone().png({ palette: true }).toBuffer(),
      'alpha.png': await noise.clone().ensureAlpha(0.5).png().toBuffer(),
      'rotated.jpg': await noise.clone().resize(64, 32).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      'pages.tiff': await sharp([await png(20), await png(21)], { join: { animated: true } }).tiff({ compression: 'lzw' }).toBuffer(),
      'truncated.jpg': jpeg.subarray(0, jpeg.length / 2),
      'empty.png': Buffer.alloc(0),
      'page.png': Buffer.from('<html><body>not found</body></html>'),
      'drawing.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'bomb.png': bomb,
      '../../etc/cron.d/x.png': await png(30),
      'notes.txt': Buffer.from('some words'),
    });
    expect(result).toEqual({ stored: 16, duplicates: 1, refused: 9 });
    expect(await outcome(upload.id, own)).toMatchObject({
      'plate/train/good/again.png': 'duplicate',
      'plate/ground_truth/scratch/3_mask.png': 'stored',
      'plate/ground_truth/scratch/99_mask.png': 'mask.unmatched',
      'plate/metadata.csv': 'stored',
      'plate/metadata.csv, line 3': 'metadata.invalid',
      'plate/.DS_Store': 'cancelled',
      'truncated.jpg': 'image.truncated',
      'empty.png': 'image.empty',
      'page.png': 'image.not_an_image',
      'drawing.png': 'image.unsupported_format',
      'bomb.png': 'image.too_many_pixels',
      '../../etc/cron.d/x.png': 'path.unsafe',
      'notes.txt': 'image.not_an_image',
    });
    expect((await tagged(own)).filter(([path]) => String(path).startsWith('plate/'))).toEqual([
      ['plate/auxiliary/6.png', 'auxiliary', null, null, 'realistic'],
      ['plate/auxiliary/unrealistic/5.png', 'auxiliary', null, null, 'unrealistic'],
      ['plate/test/good/2.png', 'normal', 'test', null, null],
      ['plate/test/scratch/3.png', 'anomaly', 'test', 'scratch', null],
      ['plate/test/scratch/4.png', 'anomaly', 'test', 'scratch', null],
      ['plate/train/good/1.png', 'normal', 'train', null, null],
    ]);
    const byName = new Map((await samplesOf(own)).map((sample) => [sample.fileName, sample]));
    expect(byName.get('6.png')).toMatchObject({ generator: 'sd', parameters: { seed: 3 }, prompt: null });
    expect(byName.get('wrong-extension.png')).toMatchObject({ format: 'jpeg', viewSha256: null, role: 'auxiliary' });
    expect(byName.get('rotated.jpg')).toMatchObject({ width: 32, height: 64 });
    expect(['grey16.png', 'cmyk.jpg', 'rotated.jpg', 'pages.tiff'].map((name) => byName.get(name)?.viewSha256)).not.toContain(null);
    const marked = byName.get('3.png');
    expect(marked?.maskSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(byName.get('4.png')?.maskSha256).toBe(marked?.maskSha256);
    expect((await sharp(await blobStore().read(marked!.thumbnailSha256!)).metadata()).format).toBe('webp');
    const problems = await listProblemFiles(context, { projectId: own, limit: 100 });
    expect(problems.items).toHaveLength(9);
    expect(problems.items.every(({ errorMessage }) => errorMessage!.endsWith('.'))).toBe(true);
  });

  it('never sends twice what the project holds, and tells nothing of other projects', async () => {
    const [a, b] = [await world.project(), await world.project()];
    const files = { 'x/1.png': await png(100), 'x/2.png': await png(101) };
    await uploadAll(context, a, files);
    const again = await openUpload(context, { projectId: a });
    const known = await announceAll(context, { projectId: a, uploadId: again.id }, { 'y/1.png': files['x/1.png'], 'y/3.png': await png(102) });
    expect(known.map(({ state, wanted }) => [state, wanted])).toEqual([['duplicate', false], ['expected', true]]);
    const other = await openUpload(context, { projectId: b });
    const foreign = await announceAll(context, { projectId: b, uploadId: other.id }, files);
    expect(foreign.every(({ wanted }) => wanted)).toBe(true);
    const hash = foreign[0]!;
    await expect(receiveFile(context, { projectId: b, uploadId: other.id, fileId: hash.id }, bodyOf(Buffer.from('guessing')))).rejects.toMatchObject({ code: 'upload.hash_mismatch' });
    await expect(receiveFile(context, { projectId: a, uploadId: other.id, fileId: hash.id }, bodyOf(files['x/1.png']))).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(getUpload(context, { projectId: a, uploadId: other.id })).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('resumes: announcing again answers what became of every file', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    const where = { projectId: own, uploadId };
    const files = { 'a/1.png': await png(200), 'a/2.png': await png(201), 'a/3.png': Buffer.from('no image') };
    const [first] = await announceAll(context, where, files);
    await receiveFile(context, { ...where, fileId: first!.id }, bodyOf(files['a/1.png']));
    expect((await announceAll(context, where, files)).map(({ state, wanted }) => [state, wanted])).toEqual([['received', false], ['expected', true], ['expected', true]]);
    expect((await listUploads(context, { projectId: own })).uploads[0]).toMatchObject({ id: uploadId, state: 'open', counts: { received: 1, expected: 2 }, folders: [{ folder: 'a', count: 3, role: { role: 'auxiliary' } }] });
    await sendWanted(context, where, files);
    await closeUpload(context, where);
    await importUpload({ uploadId }, pipelineContext(context));
    expect(await outcome(uploadId, own)).toEqual({ 'a/1.png': 'stored', 'a/2.png': 'stored', 'a/3.png': 'image.not_an_image' });
    const bad = (await filesOf(uploadId, own)).find(({ path }) => path === 'a/3.png')!;
    expect(await retryUploadFile(context, { ...where, fileId: bad.id })).toMatchObject({ state: 'open', counts: { expected: 1 } });
    await sendWanted(context, where, { 'a/3.png': await png(202) });
    await closeUpload(context, where);
    expect(await importUpload({ uploadId }, pipelineContext(context))).toEqual({ stored: 3, duplicates: 0, refused: 0 });
  });
});

describe('interruptions', () => {
  it('a killed import goes on where it was and makes no sample twice', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    const files = Object.fromEntries(await Promise.all(Array.from({ length: 60 }, async (_, i) => [`s/${i}.png`, await png(1000 + i)] as const)));
    await sendWanted(context, { projectId: own, uploadId }, files);
    await closeUpload(context, { projectId: own, uploadId });
    for (const limit of [7, 15]) {
      const stop = new AbortController();
      let thumbnails = 0;
      const blobs = Object.create(blobStore(), { put: { value: (content: Uint8Array) => {
        if (++thumbnails > limit) stop.abort(new AssayError('job.cancelled', 'killed'));
        stop.signal.throwIfAborted();
        return blobStore().put(content);
      } } }) as ReturnType<typeof blobStore>;
      await expect(importUpload({ uploadId }, pipelineContext(context, { blobs, signal: stop.signal }))).rejects.toMatchObject({ code: 'job.cancelled' });
      const stored = await store().sample.count({ where: { projectId: own } });
      expect(stored).toBeGreaterThan(0);
      expect(stored).toBeLessThan(60);
      expect(await store().uploadFile.count({ where: { uploadId, state: 'stored' } })).toBe(stored);
    }
    const progress: number[] = [];
    const result = await importUpload({ uploadId }, pipelineContext(context, { progress: ({ done }) => void (done !== undefined && progress.push(done)) }));
    expect(result).toEqual({ stored: 60, duplicates: 0, refused: 0 });
    expect(await store().sample.count({ where: { projectId: own } })).toBe(60);
    expect(progress.at(-1)).toBe(60);
    expect(await importUpload({ uploadId }, pipelineContext(context))).toEqual(result);
  });

  it('two imports of one upload at once make no sample twice', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    await sendWanted(context, { projectId: own, uploadId }, Object.fromEntries(await Promise.all(Array.from({ length: 30 }, async (_, i) => [`s/${i}.png`, await png(3000 + i)] as const))));
    await closeUpload(context, { projectId: own, uploadId });
    const results = await Promise.all([1, 2].map(() => importUpload({ uploadId }, pipelineContext(context))));
    expect(results.at(-1)).toEqual({ stored: 30, duplicates: 0, refused: 0 });
    expect(await store().sample.count({ where: { projectId: own } })).toBe(30);
  });

  it('a full disk ends the import, and nothing is lost', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    await sendWanted(context, { projectId: own, uploadId }, { '1.png': await png(300) });
    await closeUpload(context, { projectId: own, uploadId });
    const blobs = Object.create(blobStore(), { put: { value: () => Promise.reject(new AssayError('storage.full', 'The disk that holds the images is full.')) } }) as ReturnType<typeof blobStore>;
    await expect(importUpload({ uploadId }, pipelineContext(context, { blobs }))).rejects.toMatchObject({ code: 'storage.full' });
    expect(await outcome(uploadId, own)).toEqual({ '1.png': 'received' });
    expect(await importUpload({ uploadId }, pipelineContext(context))).toMatchObject({ stored: 1 });
  });

  it('1 % of broken connections lose no file', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    const where = { projectId: own, uploadId };
    const files = Object.fromEntries(await Promise.all(Array.from({ length: 300 }, async (_, i) => [`s/${i}.png`, await png(5000 + i)] as const)));
    const server = await listen((fileId, body, signal) => receiveFile({ ...context, signal }, { ...where, fileId }, body));
    let broken = 0;
    for (const { id, path, wanted } of await announceAll(context, where, files)) {
      expect(wanted).toBe(true);
      const breaks = Number(/(\d+)\.png$/.exec(path)![1]) % 100 === 7;
      if (breaks && !(await put(server, id, files[path]!, true))) broken++;
      expect(await put(server, id, files[path]!, false)).toBe(true);
    }
    await new Promise((done) => server.close(done));
    expect(broken).toBe(3);
    await closeUpload(context, where);
    expect(await importUpload({ uploadId }, pipelineContext(context))).toEqual({ stored: 300, duplicates: 0, refused: 0 });
  }, 240_000);

  it('a cancelled upload takes nothing more, and keeps what was stored', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    const where = { projectId: own, uploadId };
    await sendWanted(context, where, { '1.png': await png(400) });
    await importUpload({ uploadId }, pipelineContext(context));
    await announceAll(context, where, { '2.png': await png(401) });
    expect(await cancelUpload(context, where)).toMatchObject({ state: 'cancelled', counts: { stored: 1, cancelled: 1 } });
    await expect(announceAll(context, where, { '3.png': await png(402) })).rejects.toMatchObject({ code: 'upload.closed' });
    expect(await store().job.count({ where: { projectId: own, kind: 'import', state: 'queued', cancelRequestedAt: null } })).toBe(0);
  });
});

describe('archives', () => {
  it('are unpacked like the folder they hold, hostile and broken entries refused one by one', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    const where = { projectId: own, uploadId };
    let zip = await zipOf({ 'train/good/1.png': await png(500), 'train/good/2.png': await png(501), 'test/hole/3.png': await png(502), 'xx/evil.png': await png(503), 'inner.zip': Buffer.from('PK'), '__MACOSX/._1.png': Buffer.from('x'), 'train/good/text.png': Buffer.from('text') });
    zip = Buffer.from(zip.toString('latin1').replaceAll('xx/evil.png', '../evil.png'), 'latin1');
    const upload = await receiveArchive(context, { ...where, name: 'plate.zip' }, bodyOf(zip));
    expect(upload.jobId).not.toBeNull();
    await closeUpload(context, where);
    expect(await importUpload({ uploadId }, pipelineContext(context))).toEqual({ stored: 3, duplicates: 0, refused: 3 });
    expect(await outcome(uploadId, own)).toEqual({
      'plate/train/good/1.png': 'stored',
      'plate/train/good/2.png': 'stored',
      'plate/test/hole/3.png': 'stored',
      'plate/../evil.png': 'path.unsafe',
      'plate/inner.zip': 'archive.invalid',
      'plate/train/good/text.png': 'image.not_an_image',
    });
    expect(await tagged(own)).toEqual([
      ['plate/test/hole/3.png', 'anomaly', 'test', 'hole', null],
      ['plate/train/good/1.png', 'normal', 'train', null, null],
      ['plate/train/good/2.png', 'normal', 'train', null, null],
    ]);
  });

  it('that cannot be read are refused', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    const where = { projectId: own, uploadId };
    await receiveArchive(context, { ...where, name: 'broken.zip' }, bodyOf(Buffer.from('PK\x03\x04 no zip')));
    await expect(receiveArchive(context, { ...where, name: 'a.rar' }, bodyOf(Buffer.from('Rar!')))).rejects.toMatchObject({ code: 'archive.invalid' });
    await closeUpload(context, where);
    await importUpload({ uploadId }, pipelineContext(context));
    expect(await outcome(uploadId, own)).toEqual({ 'broken.zip': 'archive.invalid' });
  });
});

describe('roles and metadata', () => {
  it('change samples that are there and samples to come', async () => {
    const own = await world.project();
    const { id: uploadId } = await openUpload(context, { projectId: own });
    const where = { projectId: own, uploadId };
    await sendWanted(context, where, { 'd/1.png': await png(600), 'd/2.png': await png(601) });
    await importUpload({ uploadId }, pipelineContext(context));
    await setFolderRoles(context, { ...where, folders: { d: { role: 'anomaly', split: 'test', defectType: 'dent', qualityLabel: null } } });
    expect(await receiveMetadata(context, { ...where, name: 'm.csv' }, bodyOf(Buffer.from('path;role;severity\n2.png;normal;\n3.png;;7\nbad\n')))).toEqual({ rows: 2 });
    await sendWanted(context, where, { 'd/3.png': await png(602) });
    await closeUpload(context, where);
    await importUpload({ uploadId }, pipelineContext(context));
    expect(await tagged(own)).toEqual([
      ['d/1.png', 'anomaly', 'test', 'dent', null],
      ['d/2.png', 'normal', 'test', null, null],
      ['d/3.png', 'anomaly', 'test', 'dent', null],
    ]);
    expect((await samplesOf(own)).map(({ severity }) => severity)).toEqual([null, null, 7]);
    expect(await outcome(uploadId, own)).toMatchObject({ 'm.csv, line 4': 'metadata.invalid' });
    expect((await getUpload(context, where)).folders).toMatchObject([{ folder: 'd', role: { role: 'anomaly' }, proposed: { role: 'auxiliary' } }]);
  });
});

type Receive = (fileId: string, body: ReadableStream<Uint8Array>, signal: AbortSignal) => Promise<unknown>;

/** The receiving end behind a real HTTP server, so that connections can really break. */
async function listen(receive: Receive): Promise<Server> {
  const server = createServer((incoming, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
    receive(incoming.url!.slice(1), body, gone.signal).then(
      () => response.writeHead(200).end(),
      (error: AssayError) => response.writeHead(error.status ?? 500).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** Sends a file; `breaks` closes the connection half-way. Answers whether the server took it. */
function put(server: Server, fileId: string, content: Buffer, breaks: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const { port } = server.address() as AddressInfo;
    const sending = request({ port, host: '127.0.0.1', method: 'PUT', path: `/${fileId}`, agent: false, headers: { 'content-length': content.length } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    });
    sending.on('error', () => resolve(false));
    if (!breaks) sending.end(content);
    else sending.write(content.subarray(0, content.length / 2), () => sending.destroy());
  });
}
