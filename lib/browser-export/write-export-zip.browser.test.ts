import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manifestSchema, type ExportListing } from '@/lib/api/contracts/export-manifest';
import { manifestText } from '@/lib/export/manifest';
import { csvText } from '@/lib/export/rows';
import { hasBrowser, openBrowser, type BrowserPage } from '@/lib/inference/web/testing/browser';
import { listingOf, noise, type Content } from './testing/listing';
import { bytesOfKeptZip, keepAll, scripts, writeZip } from './testing/in-browser';
import { readZip } from './testing/read-zip';
import type { InPage } from './testing/page';

if (!hasBrowser) process.stderr.write('SKIPPED: writing zips in a browser needs Chromium\n');

const contents: readonly Content[] = [
  { path: 'plate/auxiliary/crack/z.png', image: noise(5_000, 1), mask: noise(300, 2) },
  { path: 'plate/auxiliary/crack/large.tif', image: noise(5 * 2 ** 20 + 17, 3) },
  { path: 'plate/auxiliary/Öl & Rost/50 % (neu) 傷 🙂.png', image: noise(1, 4) },
  { path: "plate/auxiliary/o'neil;--/#1+.jpeg", image: noise(70_000, 5), mask: noise(2 ** 20, 6) },
  { path: 'plate/test/good/no extension', image: noise(1_000, 7) },
];
const listing = listingOf(contents);

let browser: BrowserPage;
let projectId: string;
let projects = 0;

beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser({}, { scripts });
}, 60_000);
afterAll(() => browser?.close());
beforeEach(() => void (projectId = `00000000-0000-7000-8000-${String(++projects).padStart(12, '0')}`));

const keep = (page: Page, of: ExportListing = listing) => keepAll(page, projectId, of, new Map(contents.flatMap(({ path, image, mask }) => {
  const place = of.files.find((file) => file.path === path)?.mask?.path;
  return [[path, image] as const, ...(mask === undefined || place === undefined ? [] : [[place, mask] as const])];
})));
const write = (page: Page, of: ExportListing = listing, cancelAt?: number) => writeZip(page, projectId, of, cancelAt);

describe.skipIf(!hasBrowser)('an export written in Chromium', { timeout: 60_000 }, () => {
  it('holds every image and mask as it was kept, and the texts of the server', async () => {
    await keep(browser.page);
    const { written, progress } = await write(browser.page);
    const zip = await bytesOfKeptZip(browser.page, projectId, listing.exportId);
    expect(written).toEqual({ bytes: zip.length, sha256: createHash('sha256').update(zip).digest('hex') });
    const entries = await readZip(zip);
    const files = listing.files.map((file) => ({ ...file, mask: file.mask && { ...file.mask, bytes: contents.find(({ path }) => path === file.path)!.mask!.length } }));
    expect([...entries.keys()]).toEqual([...files.flatMap(({ path, mask }) => [path, ...(mask === null ? [] : [mask.path])]), 'samples.csv', 'manifest.json']);
    for (const { path, image, mask } of contents) {
      expect(entries.get(path)!.content.equals(image)).toBe(true);
      const place = files.find((file) => file.path === path)!.mask?.path;
      if (place !== undefined) expect(entries.get(place)!.content.equals(mask!)).toBe(true);
    }
    for (const { method, crcHolds, modified } of entries.values()) expect({ method, crcHolds, modified }).toEqual({ method: 0, crcHolds: true, modified: new Date(listing.cutOffAt) });
    const { files: _, ...head } = listing;
    expect(entries.get('manifest.json')!.content.toString()).toBe([...manifestText(head, files)].join(''));
    expect(manifestSchema.parse(JSON.parse(entries.get('manifest.json')!.content.toString())).files).toEqual(files);
    expect(entries.get('samples.csv')!.content.toString()).toBe([...csvText(files)].join(''));
    expect(parse(entries.get('samples.csv')!.content, { columns: true })).toHaveLength(contents.length);
    expect(progress[0]).toEqual({ step: 'looking', done: 0, total: 5, samplesPerSecond: null });
    expect(progress.at(-1)).toMatchObject({ step: 'writing', done: 5, total: 5, samplesPerSecond: expect.any(Number) });
  });

  it('has the same bytes when it is written again, also in a browser of another time zone', async () => {
    await keep(browser.page);
    const first = await write(browser.page);
    expect((await write(browser.page)).written).toEqual(first.written);
    const elsewhere = await browser.page.context().browser()!.newContext({ timezoneId: 'Asia/Kathmandu' });
    const page = await elsewhere.newPage();
    await page.goto(browser.page.url());
    await page.waitForFunction(() => 'assay' in globalThis);
    expect(await page.evaluate(() => new Date(0).getTimezoneOffset())).toBe(-330);
    await keep(page);
    expect((await write(page)).written).toEqual(first.written);
    await elsewhere.close();
  });

  it('is refused with the first names when images or masks are not here, and writes nothing', async () => {
    await keep(browser.page, { ...listing, files: listing.files.filter(({ path }) => path.endsWith('.tif')) });
    const { error } = await write(browser.page);
    expect(error).toMatchObject({ code: 'private.image_missing', message: expect.stringMatching(/^6 files of this export are not in this browser: z\.png, the mask of z\.png, .* and 1 more\.$/) });
    expect(await keptNames(browser.page)).toEqual([]);
  });

  it('fails at an image that is not what was kept, and keeps the zip that was there', async () => {
    await keep(browser.page);
    const { written } = await write(browser.page);
    const changed = { ...listing, files: listing.files.map((file) => (file.path.endsWith('.tif') ? { ...file, sha256: 'a'.repeat(64) } : file)) };
    expect((await write(browser.page, changed)).error).toMatchObject({ code: 'storage.failed', message: expect.stringContaining('large.tif'), hint: expect.any(String) });
    expect(createHash('sha256').update(await bytesOfKeptZip(browser.page, projectId, listing.exportId)).digest('hex')).toBe(written!.sha256);
  });

  it('stops when it is cancelled, and leaves nothing behind', async () => {
    const many = listingOf(Array.from({ length: 40 }, (_, n) => ({ path: `plate/auxiliary/x/${n}.png`, image: noise(2_000, n) })));
    await keepAll(browser.page, projectId, many, new Map(many.files.map(({ path }) => [path, noise(2_000, Number(/(\d+)\.png$/.exec(path)![1]))])));
    const { error, progress } = await write(browser.page, many, 16);
    expect(error).toMatchObject({ code: 'job.cancelled' });
    expect(progress.at(-1)).toMatchObject({ step: 'writing', done: 16, total: 40 });
    expect(await keptNames(browser.page)).toEqual([]);
    expect((await write(browser.page, many)).written).toMatchObject({ bytes: expect.any(Number) });
  });

  it('is kept for seven days', async () => {
    await keep(browser.page);
    await write(browser.page);
    const after = (days: number) =>
      browser.page.evaluate(async ([project, exportId, ms]) => {
        const { assay } = globalThis as unknown as { assay: InPage };
        await assay.removeExpiredZips(project, [exportId], new Date(Date.now() + ms));
        return (await assay.keptZip({ projectId: project, exportId })) !== null;
      }, [projectId, listing.exportId, days * 86_400_000] as const);
    expect(await after(6.9)).toBe(true);
    expect(await after(7.1)).toBe(false);
    expect(await keptNames(browser.page)).toEqual([]);
  });

  it('asks nobody for anything, and breaks no rule of the security policy', () => {
    const origin = new URL(browser.page.url()).origin;
    expect(browser.requests.filter((url) => !url.startsWith(origin))).toEqual([]);
    expect(browser.trouble).toEqual([]);
  });
});

/** What lies among the temporary files of the project. */
function keptNames(page: Page): Promise<string[]> {
  return page.evaluate(async (project) => {
    const root = await navigator.storage.getDirectory();
    const folder = await (await (await root.getDirectoryHandle('private')).getDirectoryHandle(project)).getDirectoryHandle('tmp', { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  }, projectId);
}
