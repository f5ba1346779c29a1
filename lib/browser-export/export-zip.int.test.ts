import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportListing } from '@/lib/api/contracts/export-manifest';
import { jsonStream } from '@/lib/api/respond';
import type { Actor } from '@/lib/auth/actor';
import { hasBrowser, openBrowser, type BrowserPage } from '@/lib/inference/web/testing/browser';
import { writeExport } from '@/lib/pipeline/export';
import { pipelineContext, png, uploadAll } from '@/lib/pipeline/testing/uploading';
import type { ServiceContext } from '@/lib/services/context';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import { decide } from '@/lib/services/decisions';
import { endExport, exportManifest, startExport } from '@/lib/services/exports';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { bytesOfKeptZip, keepAll, scripts, writeZip } from './testing/in-browser';
import { readZip, type ReadEntry } from './testing/read-zip';

if (!hasBrowser) process.stderr.write('SKIPPED: comparing zips of browser and server needs Chromium\n');

let database: FreshDatabase;
let browser: BrowserPage;
let world: World;
let lead: Actor;
let context: ServiceContext;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  if (hasBrowser) browser = await openBrowser({}, { scripts });
});
afterAll(async () => {
  await browser?.close();
  await store().$disconnect();
  await database.drop();
});

/** A project with images and masks of every role, some of them decided. */
async function filledProject(): Promise<string> {
  const projectId = await world.project([[lead, 'lead']]);
  await uploadAll(context, projectId, {
    'train/good/1.png': await png(1), 'test/good/2.png': await png(2), 'test/scratch/3.png': await png(3), 'ground_truth/scratch/3_mask.png': await png(100),
    'auxiliary/crack/4 ü.png': await png(4), 'ground_truth/auxiliary/crack/4 ü_mask.png': await png(101), 'auxiliary/crack/5.png': await png(5), 'auxiliary/other/5.png': await png(6),
  });
  const [sample] = await store().sample.findMany({ where: { projectId, role: 'auxiliary' } });
  await decide(context, decisionInputSchema.parse({ projectId, sampleId: sample!.id, verdict: 'accepted', expectedVersion: 0, note: '-1 "so so"' }));
  return projectId;
}

const contentOf = (entries: ReadonlyMap<string, ReadEntry>) => new Map([...entries].map(([path, { content }]) => [path, content.toString('base64')]));

async function serverZip(exportId: string): Promise<Buffer> {
  const { sha256 } = await writeExport({ exportId }, pipelineContext(context));
  return buffer(await blobStore().stream(sha256));
}

/** Puts the images of the server into the browser, as if they had never left it. */
async function handOver(projectId: string, listing: ExportListing): Promise<void> {
  const bytes = new Map<string, Buffer>();
  for (const file of listing.files) for (const place of [file, ...(file.mask === null ? [] : [file.mask])]) bytes.set(place.path, Buffer.from(await blobStore().read(place.sha256)));
  await keepAll(browser.page, projectId, listing, bytes);
}

describe.skipIf(!hasBrowser)('the zip of a browser', () => {
  it('holds the entries of the zip that the server would write, byte for byte, and is read back by an import', async () => {
    const projectId = await filledProject();
    const { id: exportId } = await startExport(context, { projectId, runId: null, filter: {} });
    const there = await readZip(await serverZip(exportId));
    await store().project.update({ where: { id: projectId }, data: { isPrivate: true } });
    const listing = (await jsonStream(await exportManifest(context, { projectId, exportId })).json()) as ExportListing;
    await handOver(projectId, listing);
    const { written } = await writeZip(browser.page, projectId, listing);
    const here = await readZip(await bytesOfKeptZip(browser.page, projectId, exportId));
    expect(here.size).toBe(6 + 2 + 2);
    expect([...here.keys()]).toEqual([...there.keys()]);
    expect(contentOf(here)).toEqual(contentOf(there));

    // The row is the server's still; a browser's own would be pending.
    await store().export.update({ where: { id: exportId }, data: { state: 'pending', sha256: null, bytes: null, expiresAt: null } });
    expect(await endExport(context, { projectId, exportId, outcome: { state: 'ready', ...written! } })).toMatchObject({ state: 'ready', ...written! });

    const again = await world.project();
    const images = Object.fromEntries([...here].filter(([path]) => path.endsWith('.png')).map(([path, { content }]) => [path, content]));
    expect((await uploadAll(context, again, images)).result).toEqual({ stored: 8, duplicates: 0, refused: 0 });
    const described = (project: string) => store().sample.findMany({ where: { projectId: project }, select: { sha256: true, role: true, split: true, defectType: true, maskSha256: true }, orderBy: { sha256: 'asc' } });
    expect(await described(again)).toEqual(await described(projectId));
  });
});
