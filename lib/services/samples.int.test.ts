import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SampleFilter, SampleRow } from '@/lib/api/contracts/samples';
import { immutableResponse, notModified } from '@/lib/api/respond';
import type { Actor } from '@/lib/auth/actor';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import type { Sample } from '@/lib/store/generated/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { listHistory } from './history';
import { changeSamples, deleteSamples } from './sample-changes';
import { sampleImage } from './sample-images';
import { getSample, listSamples, sampleFacets, sampleRows } from './samples';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let lead: Actor;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

async function allPages(projectId: string, limit: number, between: () => Promise<unknown> = async () => undefined, filter: SampleFilter = {}): Promise<SampleRow[]> {
  const rows: SampleRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listSamples(world.context(lead), { projectId, limit, cursor, ...filter });
    rows.push(...page.items);
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
    await between();
  }
}

describe('lists', () => {
  it('pages by key: every row once, though rows come and go between the pages', async () => {
    const projectId = await world.project();
    const made: Sample[] = [];
    for (let i = 0; i < 23; i++) made.push(await world.sample(projectId, { fileName: `${i}.png` }));
    await world.sample(await world.project());
    const names = (rows: SampleRow[]) => rows.map(({ fileName }) => fileName);
    expect(names(await allPages(projectId, 7))).toEqual(made.map(({ fileName }) => fileName));
    expect(names(await allPages(projectId, 23))).toHaveLength(23);
    let removed = 0;
    const seen = await allPages(projectId, 5, () => store().sample.delete({ where: { id: made[removed++]!.id } }));
    expect(names(seen)).toEqual(made.map(({ fileName }) => fileName));
    await expect(listSamples(world.context(lead), { projectId, limit: 5, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('filters by role, folder, defect type and literal parts of the name', async () => {
    const projectId = await world.project();
    await world.sample(projectId, { fileName: '100%_a.png', role: 'normal', folder: 'train/good' });
    await world.sample(projectId, { fileName: '100x_B.png', defectType: 'crack' });
    await world.sample(projectId, { fileName: 'plain.png', folder: '' });
    const names = async (filter: SampleFilter) => (await allPages(projectId, 10, undefined, filter)).map(({ fileName }) => fileName);
    expect(await names({ role: 'normal' })).toEqual(['100%_a.png']);
    expect(await names({ folder: '' })).toEqual(['plain.png']);
    expect(await names({ defectType: 'crack' })).toEqual(['100x_B.png']);
    expect(await names({ q: '0%' })).toEqual(['100%_a.png']);
    expect(await names({ q: '_b' })).toEqual(['100x_B.png']);
    expect(await names({ q: '\\' })).toEqual([]);
    expect(await sampleFacets(world.context(lead), { projectId })).toEqual({
      total: 3,
      roles: { normal: 1, anomaly: 0, auxiliary: 2 },
      defectTypes: [{ value: 'crack', count: 1 }],
      folders: [
        { value: '', role: 'auxiliary', count: 1 },
        { value: 'auxiliary', role: 'auxiliary', count: 1 },
        { value: 'train/good', role: 'normal', count: 1 },
      ],
      refusedFiles: 0,
    });
  });

  it('answers rows in the order asked for, without foreign ones', async () => {
    const [projectId, other] = [await world.project(), await world.project()];
    const [a, b, foreign] = [await world.sample(projectId), await world.sample(projectId, { maskSha256: 'f'.repeat(64) }), await world.sample(other)];
    const { samples } = await sampleRows(world.context(lead), { projectId, ids: [b.id, foreign.id, randomUUID(), a.id] });
    expect(samples.map(({ id, hasMask }) => ({ id, hasMask }))).toEqual([{ id: b.id, hasMask: true }, { id: a.id, hasMask: false }]);
    await expect(getSample(world.context(lead), { projectId, sampleId: foreign.id })).rejects.toMatchObject({ code: 'request.not_found' });
    expect(await getSample(world.context(lead), { projectId, sampleId: a.id })).toMatchObject({ id: a.id, sha256: a.sha256, state: null });
  });
});

describe('images', () => {
  it('answers the bytes of each variant with its type, immutable, the original as a download', async () => {
    const projectId = await world.project();
    const bytes = Buffer.from('not really a picture');
    const key = await blobStore().put(bytes);
    const sample = await world.sample(projectId, { sha256: key, bytes: bytes.length, format: 'tiff', fileName: 'Ätz"ung;\n../x.tif', thumbnailSha256: key, viewSha256: key });
    const at = { projectId, sampleId: sample.id };
    const types = [];
    for (const variant of ['thumbnail', 'view', 'original'] as const) types.push((await sampleImage(world.context(lead), { ...at, variant })).contentType);
    expect(types).toEqual(['image/webp', 'image/png', 'image/tiff']);
    await expect(sampleImage(world.context(lead), { ...at, variant: 'mask' })).rejects.toMatchObject({ code: 'request.not_found' });

    const { open, sha256, ...described } = await sampleImage(world.context(lead), { ...at, variant: 'original' });
    const response = immutableResponse({ ...described, etag: sha256, body: await open() });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'private, max-age=31536000, immutable',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="_tz_ung__.._x.tif"; filename*=UTF-8''%C3%84tz%22ung%3B_.._x.tif`,
      'x-content-type-options': 'nosniff',
      etag: `"${key}"`,
    });
    const again = new Request('http://x/', { headers: { 'if-none-match': `W/"${key}", "other"` } });
    expect(notModified(again, key)?.status).toBe(304);
    expect(notModified(new Request('http://x/'), key)).toBeNull();
  });
});

describe('changes to many', () => {
  it('changes what a filter or a list means, keeps fields consistent, and records it once', async () => {
    const [projectId, other] = [await world.project(), await world.project()];
    const aux = await world.sample(projectId, { defectType: 'crack', qualityLabel: 'realistic' });
    const normal = await world.sample(projectId, { role: 'normal' });
    const foreign = await world.sample(other);
    const change = (selection: Parameters<typeof changeSamples>[1]['selection'], fields: Parameters<typeof changeSamples>[1]['change']) =>
      changeSamples(world.context(lead), { projectId, selection, change: fields });
    await expect(change({ filter: {} }, { qualityLabel: 'realistic' })).rejects.toMatchObject({ code: 'request.invalid' });
    expect(await change({ ids: [aux.id, foreign.id] }, { qualityLabel: 'unrealistic' })).toEqual({ changed: 1 });
    expect(await change({ filter: {} }, { role: 'normal', split: 'train' })).toEqual({ changed: 2 });
    expect(await store().sample.findUnique({ where: { id: aux.id } })).toMatchObject({ role: 'normal', split: 'train', defectType: null, qualityLabel: null });
    expect(await store().sample.findUnique({ where: { id: foreign.id } })).toMatchObject({ role: 'auxiliary', qualityLabel: null });
    expect(await deleteSamples(world.context(lead), { projectId, selection: { ids: [normal.id, foreign.id] } })).toEqual({ deleted: 1 });
    expect(await store().sample.count({ where: { projectId: other } })).toBe(1);
    const { items } = await listHistory(world.context(lead), { projectId, limit: 10 });
    expect(items.map(({ sentence }) => sentence)).toEqual([
      'Lea deleted 1 sample.',
      'Lea changed 2 samples: role normal, split train.',
      'Lea changed 1 sample: pseudo-quality unrealistic.',
    ]);
  });
});
