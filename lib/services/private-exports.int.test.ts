import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportListingSchema, type ExportListing } from '@/lib/api/contracts/export-manifest';
import { jsonStream } from '@/lib/api/respond';
import type { Actor } from '@/lib/auth/actor';
import { pipelineContext } from '@/lib/pipeline/testing/uploading';
import { writeExport } from '@/lib/pipeline/export';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import type { Prisma } from '@/lib/store/generated/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import type { ServiceContext } from './context';
import { endExport, exportDownload, exportManifest, listExports, startExport } from './exports';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const maskSha256 = 'a'.repeat(64);

/** A project with two samples, one of them with a mask; the server has no bytes of them. */
async function projectOf(fields: Prisma.ProjectUpdateInput): Promise<string> {
  const projectId = await world.project([[lead, 'lead']]);
  await store().project.update({ where: { id: projectId }, data: fields });
  await world.sample(projectId, { fileName: 'b.png', defectType: 'crack', maskSha256 });
  await world.sample(projectId, { fileName: 'a.png', role: 'normal', split: 'train' });
  return projectId;
}

const start = (projectId: string) => startExport(context, { projectId, runId: null, filter: {} });
const ready = (sha256: string) => ({ state: 'ready' as const, sha256, bytes: 1234 });

async function listingOf(where: { projectId: string; exportId: string }): Promise<ExportListing> {
  return exportListingSchema.strict().parse(await jsonStream(await exportManifest(context, where)).json());
}

describe('an export of a private project', () => {
  it('is frozen and listed, and queues no job', async () => {
    const projectId = await projectOf({ isPrivate: true });
    const started = await start(projectId);
    expect(started).toMatchObject({ state: 'pending', count: 2, jobId: null, sha256: null });
    expect(await store().job.count({ where: { projectId } })).toBe(0);
    await world.sample(projectId, { fileName: 'late.png' });
    const listing = await listingOf({ projectId, exportId: started.id });
    expect(listing).toMatchObject({ format: 'assay-export', count: 2, exportId: started.id, cutOffAt: started.cutOffAt, project: { id: projectId } });
    expect(listing.files.map(({ path, mask }) => [path, mask])).toEqual([
      ['metal_plate/auxiliary/crack/b.png', { path: 'metal_plate/masks/auxiliary/crack/b_mask.png', sha256: maskSha256 }],
      ['metal_plate/train/good/a.png', null],
    ]);
  });

  it('lists many samples as it does few', async () => {
    const projectId = await projectOf({ isPrivate: true });
    await store().sample.createMany({ data: Array.from({ length: 2_500 }, (_, i) => ({ projectId, sha256: i.toString(16).padStart(64, '0'), fileName: `ü ${i}.png`, folder: '', role: 'auxiliary' as const, format: 'png', bytes: 10, width: 2, height: 2, thumbnailSha256: maskSha256 })) });
    const { id } = await start(projectId);
    const { files } = await listingOf({ projectId, exportId: id });
    expect(files).toHaveLength(2_502);
    expect(files.map(({ path }) => path)).toEqual(files.map(({ path }) => path).toSorted());
  });

  it('becomes what the browser says, and keeps the SHA-256 of the first time', async () => {
    const projectId = await projectOf({ isPrivate: true });
    const where = { projectId, exportId: (await start(projectId)).id };
    expect(await endExport(context, { ...where, outcome: { state: 'cancelled' } })).toMatchObject({ state: 'cancelled' });
    expect(await endExport(context, { ...where, outcome: ready('b'.repeat(64)) })).toMatchObject({ state: 'ready', sha256: 'b'.repeat(64), bytes: 1234, expiresAt: null, createdBy: 'Lea' });
    expect(await endExport(context, { ...where, outcome: ready('c'.repeat(64)) })).toMatchObject({ state: 'ready', sha256: 'b'.repeat(64) });
    await expect(endExport(context, { ...where, outcome: { state: 'failed' } })).rejects.toMatchObject({ code: 'request.conflict' });
    expect((await listExports(context, { projectId })).exports[0]).toMatchObject({ state: 'ready', sha256: 'b'.repeat(64) });
    const events = await store().auditEvent.findMany({ where: { projectId, type: 'export.ended' }, orderBy: { id: 'asc' } });
    expect(events.map(({ payload }) => (payload as { state: string }).state)).toEqual(['cancelled', 'ready']);
  });

  it('names no blob of the server: its SHA-256 cannot be read, and removes nothing', async () => {
    const projectId = await projectOf({ isPrivate: true });
    const foreign = await blobStore().put(Buffer.from('an image of another project'));
    const exportId = (await start(projectId)).id;
    await endExport(context, { projectId, exportId, outcome: { state: 'ready', sha256: foreign, bytes: 27 } });
    await expect(exportDownload(context, { projectId, exportId })).rejects.toMatchObject({ code: 'project.private' });
    // A project without samples may change its kind; what its browsers said must still name nothing.
    await store().project.update({ where: { id: projectId }, data: { kind: 'vector' } });
    await expect(exportDownload(context, { projectId, exportId })).rejects.toMatchObject({ code: 'project.private' });
    expect(await blobStore().size(foreign)).toBe(27);
  });

  it('is not written by a worker', async () => {
    const projectId = await projectOf({ isPrivate: true });
    await expect(writeExport({ exportId: (await start(projectId)).id }, pipelineContext(context))).rejects.toMatchObject({ code: 'project.private' });
  });

  it('is bound to its project', async () => {
    const [projectId, other] = [await projectOf({ isPrivate: true }), await projectOf({ isPrivate: true })];
    const where = { projectId: other, exportId: (await start(projectId)).id };
    await expect(exportManifest(context, where)).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(endExport(context, { ...where, outcome: ready('b'.repeat(64)) })).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('cannot be written when samples are gone', async () => {
    const projectId = await projectOf({ isPrivate: true });
    const { id: exportId } = await start(projectId);
    await store().sample.deleteMany({ where: { projectId, fileName: 'b.png' } });
    await expect(exportManifest(context, { projectId, exportId })).rejects.toMatchObject({ code: 'request.conflict' });
  });
});

describe('an export of any other project', () => {
  it('is written by a job, and no browser has a say', async () => {
    const projectId = await projectOf({});
    const { id: exportId, jobId } = await start(projectId);
    expect(jobId).not.toBeNull();
    await expect(exportManifest(context, { projectId, exportId })).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(endExport(context, { projectId, exportId, outcome: ready('b'.repeat(64)) })).rejects.toMatchObject({ code: 'request.conflict' });
  });

  it('is written by a job where a private project holds vectors', async () => {
    const projectId = await projectOf({ isPrivate: true, kind: 'vector' });
    expect((await start(projectId)).jobId).not.toBeNull();
  });
});
