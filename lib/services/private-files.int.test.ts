import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeptFileInput } from '@/lib/api/contracts/private';
import type { Actor } from '@/lib/auth/actor';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import type { ServiceContext } from './context';
import { listExperimentCandidates } from './experiment-candidates';
import { startExperiment } from './experiments';
import { extractFeatures } from './features';
import { keepFile, keepThumbnails } from './private-files';
import { createProject, updateProject } from './projects';
import { deleteSamples } from './sample-changes';
import { sampleImage } from './sample-images';
import { getSample, listSamples } from './samples';
import { World } from './testing/world';
import { announceFiles, listProblemFiles, receiveArchive, receiveFile, receiveMetadata } from './upload-files';
import { closeUpload, getUpload, openUpload, setFolderRoles } from './uploads';

let database: FreshDatabase;
let world: World;
let lea: Actor;
let context: ServiceContext;
let projectId: string;
let uploadId: string;
let made = 0;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lea = await world.person('Lea');
  context = world.context(lea);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});
beforeEach(async () => {
  projectId = await privateProject();
  uploadId = (await openUpload(context, { projectId })).id;
});

async function privateProject(sendsThumbnails = false): Promise<string> {
  return (await createProject(context, { name: `Private ${++made}`, objectName: 'tile', isPrivate: true, sendsThumbnails })).id;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const body = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream();

async function announced(path: string, content = `${projectId} ${path}`) {
  const { files } = await announceFiles(context, { projectId, uploadId, files: [{ path, bytes: 1234, sha256: hashOf(content) }] });
  return files[0]!;
}

const kept = (change: Partial<Extract<KeptFileInput, { outcome: 'kept' }>> = {}): KeptFileInput => ({ outcome: 'kept', width: 64, height: 48, format: 'png', pages: 1, thumbnail: null, ...change });

async function keep(path: string, input: KeptFileInput = kept(), content?: string) {
  const file = await announced(path, content);
  return keepFile(context, { projectId, uploadId, fileId: file.id, ...input });
}

const webp = async (side: number, shade = 40) => (await sharp({ create: { width: side, height: side, channels: 3, background: { r: shade, g: made % 256, b: 90 } } }).webp().toBuffer()).toString('base64');

describe('an image that stays in a browser', () => {
  it('becomes a sample with the roles of its folder and metadata, and no bytes', async () => {
    await receiveMetadata(context, { projectId, uploadId, name: 'metadata.csv' }, body(Buffer.from('file,generator,severity\nauxiliary/realistic/3.png,DRAEM,0.5\n')));
    const normal = await keep('bottle/train/good/1.png');
    const crack = await keep('bottle/test/crack/2.tiff', kept({ format: 'tiff', pages: 3, width: 640, height: 480 }));
    const synthetic = await keep('auxiliary/realistic/3.png');
    expect(normal).toMatchObject({ state: 'stored', as: 'image', wanted: false });
    expect(crack.errorMessage).toBe('The file has 3 pages; only the first is used.');
    const { items } = await listSamples(context, { projectId, limit: 10 });
    expect(items).toMatchObject([
      { id: normal.sampleId, role: 'normal', split: 'train', fileName: '1.png', folder: 'bottle/train/good', width: 64, height: 48, hasMask: false },
      { id: crack.sampleId, role: 'anomaly', split: 'test', defectType: 'crack', width: 640, height: 480 },
      { id: synthetic.sampleId, role: 'auxiliary', qualityLabel: 'realistic' },
    ]);
    expect(await getSample(context, { projectId, sampleId: synthetic.sampleId! })).toMatchObject({ generator: 'DRAEM', severity: 0.5, format: 'png', bytes: 1234, sha256: hashOf(`${projectId} auxiliary/realistic/3.png`) });
    const rows = await store().sample.findMany({ where: { projectId } });
    expect(rows.every(({ thumbnailSha256, viewSha256 }) => thumbnailSha256 === null && viewSha256 === null)).toBe(true);
    for (const { sha256 } of rows) expect(await blobStore().size(sha256)).toBeNull();
    await setFolderRoles(context, { projectId, uploadId, folders: { 'auxiliary/realistic': { role: 'anomaly', split: null, defectType: 'hole', qualityLabel: null } } });
    expect(await getSample(context, { projectId, sampleId: synthetic.sampleId! })).toMatchObject({ role: 'anomaly', defectType: 'hole' });
    expect(await store().job.count({ where: { projectId } })).toBe(0);
  });

  it('is told twice without harm, and known by its content in a later upload and under another name', async () => {
    const first = await keep('good/1.png', kept(), 'same');
    const file = await announced('good/1.png', 'same');
    expect(file).toMatchObject({ state: 'stored', sampleId: first.sampleId, wanted: false });
    expect(await keepFile(context, { projectId, uploadId, fileId: file.id, ...kept() })).toMatchObject({ state: 'stored', sampleId: first.sampleId });
    // Both were announced before either was told.
    const twins = await announceFiles(context, { projectId, uploadId, files: ['a', 'b'].map((name) => ({ path: `good/${name}.png`, bytes: 5, sha256: hashOf('twin') })) });
    const told = [];
    for (const { id } of twins.files) told.push(await keepFile(context, { projectId, uploadId, fileId: id, ...kept() }));
    expect(told.map(({ state }) => state)).toEqual(['stored', 'duplicate']);
    expect(told[1]!.sampleId).toBe(told[0]!.sampleId);
    uploadId = (await openUpload(context, { projectId })).id;
    expect(await announced('elsewhere/1.png', 'same')).toMatchObject({ state: 'duplicate', sampleId: first.sampleId, wanted: false });
    expect(await store().sample.count({ where: { projectId } })).toBe(2);
  });

  it('is refused with its reason, which the problem list shows, or where it is too large', async () => {
    const broken = await keep('good/1.png', { outcome: 'refused', code: 'image.truncated', message: 'The PNG file is cut off.' });
    const huge = await keep('good/2.png', kept({ width: 30_000, height: 30_000 }));
    expect(broken).toMatchObject({ state: 'refused', errorCode: 'image.truncated', sampleId: null });
    expect(huge).toMatchObject({ state: 'refused', errorCode: 'image.too_many_pixels' });
    const { items } = await listProblemFiles(context, { projectId, limit: 10 });
    expect(items.map(({ path, errorMessage }) => [path, errorMessage])).toEqual([['good/2.png', huge.errorMessage], ['good/1.png', 'The PNG file is cut off.']]);
  });

  it('is not taken once the upload is closed', async () => {
    const file = await announced('good/1.png');
    await closeUpload(context, { projectId, uploadId });
    await expect(keepFile(context, { projectId, uploadId, fileId: file.id, ...kept() })).rejects.toMatchObject({ code: 'upload.closed' });
  });

  it('goes with its sample, and other projects take none', async () => {
    const { sampleId } = await keep('good/1.png');
    await deleteSamples(context, { projectId, selection: { ids: [sampleId!] } });
    expect(await store().sample.count({ where: { projectId } })).toBe(0);
    projectId = await world.project([[lea, 'lead']]);
    uploadId = (await openUpload(context, { projectId })).id;
    await expect(keep('good/1.png')).rejects.toMatchObject({ code: 'request.conflict' });
    expect((await getUpload(context, { projectId, uploadId })).counts.expected).toBe(1);
  });
});

describe('a mask', () => {
  it('waits for its image, belongs to it then, and keeps its content out of the samples', async () => {
    const path = 'bottle/ground_truth/crack/2_mask.png';
    expect(await keep(path)).toMatchObject({ as: 'waiting', state: 'expected', wanted: true, sampleId: null });
    const image = await keep('bottle/test/crack/2.png');
    const mask = await keep(path);
    expect(mask).toMatchObject({ as: 'mask', state: 'stored', sampleId: image.sampleId });
    expect(await keep(path)).toMatchObject({ as: 'mask', state: 'stored', sampleId: image.sampleId });
    const { items } = await listSamples(context, { projectId, limit: 10 });
    expect(items).toMatchObject([{ id: image.sampleId, hasMask: true }]);
    await expect(sampleImage(context, { projectId, sampleId: image.sampleId!, variant: 'mask' })).rejects.toMatchObject({ code: 'private.image_missing' });
  });

  it('finds the sample of an image that came in an earlier upload', async () => {
    const image = await keep('test/crack/2.png');
    uploadId = (await openUpload(context, { projectId })).id;
    expect(await announced('test/crack/2.png')).toMatchObject({ state: 'duplicate' });
    expect(await keep('ground_truth/crack/2.png')).toMatchObject({ as: 'mask', sampleId: image.sampleId });
  });

  it('is refused where it is of another size, or has no image at the end', async () => {
    await keep('test/crack/2.png');
    expect(await keep('ground_truth/crack/2.png', kept({ width: 65 }))).toMatchObject({ state: 'refused', errorCode: 'mask.unmatched', errorMessage: 'The mask has 65 x 48 pixels, but 2.png has 64 x 48.' });
    expect(await keep('ground_truth/hole/7.png', { outcome: 'refused', code: 'mask.unmatched', message: 'There is no image that this mask belongs to.' })).toMatchObject({ state: 'refused', as: 'mask' });
    expect((await listSamples(context, { projectId, limit: 10 })).items).toMatchObject([{ hasMask: false }]);
  });
});

describe('thumbnails', () => {
  it('reach the store only where the project sends them', async () => {
    const withheld = await keep('good/1.png', kept({ thumbnail: await webp(64) }));
    await expect(sampleImage(context, { projectId, sampleId: withheld.sampleId!, variant: 'thumbnail' })).rejects.toMatchObject({ code: 'private.image_missing', status: 404 });
    await updateProject(context, { projectId, sendsThumbnails: true });
    const thumbnail = await webp(256);
    const sent = await keep('good/2.png', kept({ thumbnail }));
    const { sha256, contentType } = await sampleImage(context, { projectId, sampleId: sent.sampleId!, variant: 'thumbnail' });
    expect([contentType, (await blobStore().read(sha256)).toString('base64')]).toEqual(['image/webp', thumbnail]);
    for (const variant of ['view', 'original'] as const) await expect(sampleImage(context, { projectId, sampleId: sent.sampleId!, variant })).rejects.toMatchObject({ code: 'private.image_missing' });
    expect(await keepThumbnails(context, { projectId, thumbnails: [{ sampleId: withheld.sampleId!, thumbnail: await webp(32) }] })).toEqual({ stored: 1 });
    expect((await sampleImage(context, { projectId, sampleId: withheld.sampleId!, variant: 'thumbnail' })).contentType).toBe('image/webp');
  });

  it.each([
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a PNG', () => sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).png().toBuffer()],
    ['a whole image', async () => Buffer.from(await webp(257), 'base64')],
    ['a WebP with something behind it', async () => Buffer.concat([Buffer.from(await webp(8), 'base64'), Buffer.from('more')])],
    ['a header alone', () => Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1')],
  ])('are refused when they are %s', async (_, make) => {
    await updateProject(context, { projectId, sendsThumbnails: true });
    const thumbnail = (await make()).toString('base64');
    await expect(keep('good/1.png', kept({ thumbnail }))).rejects.toMatchObject({ code: 'request.invalid' });
    expect(await store().sample.count({ where: { projectId } })).toBe(0);
  });

  it('go when they are no longer allowed, but not from another project that has the same', async () => {
    const [own, shared] = [await webp(16, 10), await webp(16, 220)];
    await updateProject(context, { projectId, sendsThumbnails: true });
    const hashes = [];
    for (const [i, thumbnail] of [own, shared].entries()) {
      const { sampleId } = await keep(`good/${i}.png`, kept({ thumbnail }));
      hashes.push((await sampleImage(context, { projectId, sampleId: sampleId!, variant: 'thumbnail' })).sha256);
    }
    await world.sample(await world.project(), { thumbnailSha256: hashes[1]! });
    await updateProject(context, { projectId, sendsThumbnails: false });
    expect(await store().sample.count({ where: { projectId, thumbnailSha256: { not: null } } })).toBe(0);
    expect(await blobStore().size(hashes[0]!)).toBeNull();
    expect(await blobStore().size(hashes[1]!)).toBeGreaterThan(0);
    const { items } = await listSamples(context, { projectId, limit: 1 });
    await expect(keepThumbnails(context, { projectId, thumbnails: [{ sampleId: items[0]!.id, thumbnail: own }] })).rejects.toMatchObject({ code: 'project.private' });
    await expect(updateProject(context, { projectId: await world.project([[lea, 'lead']]), sendsThumbnails: true })).rejects.toMatchObject({ code: 'request.conflict' });
  });
});

describe('the server', () => {
  it('takes no bytes, no archives and no tables of a private project, and computes nothing for it', async () => {
    const file = await announced('good/1.png', 'bytes');
    await expect(receiveFile(context, { projectId, uploadId, fileId: file.id }, body(Buffer.from('bytes')))).rejects.toMatchObject({ code: 'project.private' });
    expect(await blobStore().size(hashOf('bytes'))).toBeNull();
    await expect(receiveArchive(context, { projectId, uploadId, name: 'a.zip' }, body(Buffer.from('PK')))).rejects.toMatchObject({ code: 'project.private' });
    expect(await announced('values.npz')).toMatchObject({ state: 'refused', wanted: false, errorCode: 'project.private' });
    expect(await announced('images.zip')).toMatchObject({ state: 'refused', errorCode: 'project.private' });
    await keep('good/1.png', kept(), 'bytes');
    await expect(extractFeatures(context, { projectId, modelId: null })).rejects.toMatchObject({ code: 'project.private' });
    await expect(startExperiment(context, { projectId, name: 'x', sets: [], settings: { evaluators: ['EAP'] } } as unknown as Parameters<typeof startExperiment>[1])).rejects.toMatchObject({ code: 'project.private' });
  });

  it('leaves feature sets of private projects out of experiments', async () => {
    const model = await store().model.create({ data: { name: `M ${projectId}`, sha256: hashOf('m'), bytes: 1n, manifest: {}, dim: 3 } });
    const open = await world.project([[lea, 'lead']]);
    for (const id of [projectId, open]) await store().featureSet.create({ data: { projectId: id, modelId: model.id, state: 'ready', dim: 3 } });
    expect((await listExperimentCandidates(context)).candidates.map((candidate) => candidate.projectId)).toEqual([open]);
  });
});
