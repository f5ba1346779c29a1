import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser, type BrowserPage } from '@/lib/inference/web/testing/browser';
import type { InPage } from './testing/page';

if (!hasBrowser) process.stderr.write('SKIPPED: keeping images in a browser needs Chromium\n');

const scripts = { page: 'lib/browser-store/testing/page.ts', workers: [] };
const root = path.resolve(import.meta.dirname, '../..');
let made = 0;
const newId = () => `0198a000-0000-7000-8000-${String(++made).padStart(12, '0')}`;
const project = newId();

let browser: BrowserPage;

/** What the server would answer: nothing of a private project but a thumbnail, here of one sample. */
const [onServer, elsewhere] = [newId(), newId()];
const imagePath = (sampleId: string) => `/api/v1/projects/${project}/samples/${sampleId}/image`;

beforeAll(async () => {
  if (!hasBrowser) return;
  browser = await openBrowser(
    { '/private-images.js': readFileSync(path.join(root, 'public/private-images.js')), [imagePath(onServer)]: Buffer.from('from the server') },
    { scripts },
  );
}, 60_000);
afterAll(() => browser?.close());
beforeEach(() => browser?.page.evaluate((id) => (globalThis as unknown as { assay: InPage }).assay.forgetProject(id), project));

async function reload(): Promise<void> {
  await browser.page.reload();
  await browser.page.waitForFunction(() => 'assay' in globalThis);
}

/** Keeps texts as the files of a sample. */
function keep(sampleId: string, original: string, view: string | null = null, projectId = project): Promise<void> {
  return browser.page.evaluate(([id, sample, text, viewText]) => {
    const { assay } = globalThis as unknown as { assay: InPage };
    return assay.keepImage(id, sample, { original: new Blob([text]), thumbnail: new Blob([`thumbnail of ${text}`]), view: viewText === null ? null : new Blob([viewText]) });
  }, [projectId, sampleId, original, view] as const);
}

function read(sampleId: string, variant: 'original' | 'view' | 'thumbnail' | 'mask'): Promise<string | null> {
  return browser.page.evaluate(async ([id, sample, which]) => {
    const { assay } = globalThis as unknown as { assay: InPage };
    return (await assay.readImage(id, sample, which))?.text() ?? null;
  }, [project, sampleId, variant] as const);
}

const held = () => browser.page.evaluate(async (id) => [...(await (globalThis as unknown as { assay: InPage }).assay.heldSampleIds(id))].sort(), project);

describe.skipIf(!hasBrowser)('images in the browser\'s own file system', () => {
  it('are there after a reload, each under its sample', async () => {
    expect(await browser.page.evaluate(() => (globalThis as unknown as { assay: InPage }).assay.privateImagesAvailable())).toEqual({ available: true });
    const [a, b] = [newId(), newId()];
    await keep(a, 'one');
    await keep(b, 'two', 'two, upright');
    await browser.page.evaluate(([id, sample]) => (globalThis as unknown as { assay: InPage }).assay.keepMask(id, sample, new Blob(['mask'])), [project, b] as const);
    await reload();
    expect(await held()).toEqual([a, b]);
    expect([await read(a, 'original'), await read(a, 'view'), await read(a, 'thumbnail'), await read(a, 'mask')]).toEqual(['one', 'one', 'thumbnail of one', null]);
    expect([await read(b, 'view'), await read(b, 'mask')]).toEqual(['two, upright', 'mask']);
  });

  it('count only once the image is whole: neither a mask alone nor a writing that broke off', async () => {
    const [mask, broken, whole] = [newId(), newId(), newId()];
    await browser.page.evaluate(async ([id, ofMask, ofBroken]) => {
      const { assay } = globalThis as unknown as { assay: InPage };
      await assay.keepMask(id, ofMask, new Blob(['mask']));
      const folder = await (await (await (await navigator.storage.getDirectory()).getDirectoryHandle('private')).getDirectoryHandle(id)).getDirectoryHandle(ofBroken, { create: true });
      // What a page leaves that dies between the first byte and the last.
      await (await (await folder.getFileHandle('original', { create: true })).createWritable()).write('half of');
    }, [project, mask, broken] as const);
    expect(await browser.page.evaluate((id) => (globalThis as unknown as { assay: InPage }).assay.forgetProject(id).catch((error: { code: string }) => error.code), project)).toBe('request.conflict');
    await reload();
    await keep(whole, 'all of it');
    expect(await held()).toEqual([whole]);
    expect(await read(broken, 'original')).toBeNull();
    expect(await browser.page.evaluate(async (id) => (await (globalThis as unknown as { assay: InPage }).assay.knownSampleIds(id)).size, project)).toBe(3);
  });

  it('go with their sample or their project, and leave others alone', async () => {
    const [a, b, other] = [newId(), newId(), newId()];
    await keep(a, 'one');
    await keep(b, 'two');
    await keep(a, 'elsewhere', null, other);
    await browser.page.evaluate(([id, sample]) => (globalThis as unknown as { assay: InPage }).assay.forgetSamples(id, [sample, 'never there']), [project, a] as const);
    expect(await held()).toEqual([b]);
    const left = await browser.page.evaluate(async ([id, otherId]) => {
      const { assay } = globalThis as unknown as { assay: InPage };
      await assay.forgetProject(id);
      return [(await assay.heldSampleIds(id)).size, (await assay.heldSampleIds(otherId)).size];
    }, [project, other] as const);
    expect(left).toEqual([0, 1]);
  });

  it('leave room for a file that is being made', async () => {
    const found = await browser.page.evaluate(async (id) => {
      const { assay } = globalThis as unknown as { assay: InPage };
      const stream = await assay.openTemporary(id, 'export.zip');
      await stream.write('zip');
      const before = await assay.temporaryFile(id, 'export.zip');
      await stream.close();
      const text = await (await assay.temporaryFile(id, 'export.zip'))?.text();
      const heldThen = (await assay.heldSampleIds(id)).size;
      await assay.removeTemporary(id, 'export.zip');
      return [before, text, heldThen, await assay.temporaryFile(id, 'export.zip')];
    }, project);
    expect(found).toEqual([null, 'zip', 0, null]);
  });

  it('say how much is used, and refuse more than there is room for', async () => {
    await keep(newId(), 'x'.repeat(200_000));
    const use = await browser.page.evaluate(() => (globalThis as unknown as { assay: InPage }).assay.storageUse());
    expect(use.used).toBeGreaterThan(200_000);
    expect(use.quota).toBeGreaterThan(use.used);
    const devtools = await browser.page.context().newCDPSession(browser.page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(browser.page.url()).origin, quotaSize: use.used + 3_000_000 });
    const sample = newId();
    const failure = await browser.page.evaluate(async ([id, sampleId]) => {
      const { assay } = globalThis as unknown as { assay: InPage };
      try {
        await assay.keepImage(id, sampleId, { original: new Blob([new Uint8Array(20_000_000)]), thumbnail: new Blob(['t']), view: null });
        return null;
      } catch (error) {
        const { code, message, hint } = error as { code: string; message: string; hint: string };
        return { code, message, hint };
      }
    }, [project, sample] as const);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(browser.page.url()).origin });
    expect(failure).toMatchObject({ code: 'private.no_storage', message: expect.stringMatching(/no room for 20 MB more: .* of .* are used\./) });
    expect(await held()).not.toContain(sample);
    await keep(sample, 'small again');
    expect(await held()).toContain(sample);
  });
});

const shown = (sampleId: string, variant: string) =>
  browser.page.evaluate(async ([place, which]) => {
    const response = await fetch(`${place}?variant=${which}`);
    return { status: response.status, type: response.headers.get('content-type'), caching: response.headers.get('cache-control'), disposition: response.headers.get('content-disposition'), text: await response.text() };
  }, [imagePath(sampleId), variant] as const);

/** An `<img>` as the pages have it. @returns its size, 0 where it is broken */
const painted = (sampleId: string, variant: string) =>
  browser.page.evaluate(async (src) => {
    const image = new Image();
    image.src = src;
    return image.decode().then(() => image.naturalWidth, () => 0);
  }, `${imagePath(sampleId)}?variant=${variant}&at=${++made}`);

describe.skipIf(!hasBrowser)('the service worker', () => {
  beforeAll(() => browser.page.evaluate(() => (globalThis as unknown as { assay: InPage }).assay.showKeptImages()));

  it('answers for kept images under the addresses of all images, and lets everything else through', async () => {
    const sample = newId();
    const png = (await sharp({ create: { width: 31, height: 20, channels: 3, background: 'red' } }).png().toBuffer()).toString('base64');
    await browser.page.evaluate(async ([id, sampleId, base64]) => {
      const { assay } = globalThis as unknown as { assay: InPage };
      const original = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'a.png');
      const { thumbnail, view } = await assay.imageToKeep(original);
      await assay.keepImage(id, sampleId, { original, thumbnail, view });
    }, [project, sample, png] as const);
    const asked = browser.requests.length;
    expect([await painted(sample, 'thumbnail'), await painted(sample, 'view')]).toEqual([31, 31]);
    expect(await shown(sample, 'view')).toMatchObject({ status: 200, type: 'image/png', caching: 'no-store', disposition: null });
    expect(await shown(sample, 'original')).toMatchObject({ type: 'image/png', disposition: 'attachment' });
    expect(await shown(sample, 'thumbnail')).toMatchObject({ type: 'image/webp' });
    expect(browser.requests.slice(asked).every((url) => url.includes(sample))).toBe(true);
    // No mask was kept, and these are the server's to answer.
    expect(await shown(sample, 'mask')).toMatchObject({ status: 404 });
    expect(await shown(elsewhere, 'thumbnail')).toMatchObject({ status: 404 });
    expect(await shown(onServer, 'thumbnail')).toMatchObject({ status: 200, text: 'from the server' });
  });

  it('looks again when the server has none: the image may have come while it was asked', async () => {
    const sample = newId();
    // The server's answer takes until the image is kept.
    let kept = () => undefined as void;
    const keeping = new Promise<void>((resolve) => (kept = resolve));
    let asked = () => undefined as void;
    const asking = new Promise<void>((resolve) => (asked = resolve));
    await browser.page.context().route(`**/${sample}/image?**`, async (route) => {
      asked();
      await keeping;
      await route.continue();
    });
    const answer = shown(sample, 'view');
    await asking;
    await keep(sample, 'just in time');
    kept();
    expect((await answer).text).toBe('just in time');
  });

  it('shows nothing any more once an image is removed', async () => {
    const sample = newId();
    await keep(sample, 'secret');
    expect((await shown(sample, 'view')).text).toBe('secret');
    await browser.page.evaluate((id) => (globalThis as unknown as { assay: InPage }).assay.forgetProject(id), project);
    expect((await shown(sample, 'view')).status).toBe(404);
  });

  it('takes a page in again that was reloaded past it', async () => {
    const sample = newId();
    await keep(sample, 'still here');
    const devtools = await browser.page.context().newCDPSession(browser.page);
    const loaded = browser.page.waitForEvent('load');
    await devtools.send('Page.reload', { ignoreCache: true });
    await loaded;
    await browser.page.waitForFunction(() => 'assay' in globalThis);
    expect(await browser.page.evaluate(() => (globalThis as unknown as { assay: InPage }).assay.areKeptImagesShown())).toBe(false);
    await browser.page.evaluate(() => (globalThis as unknown as { assay: InPage }).assay.showKeptImages());
    expect((await shown(sample, 'view')).text).toBe('still here');
  });

  it('breaks no rule of the security policy, and asks nobody but the page\'s own server', () => {
    const { origin } = new URL(browser.page.url());
    expect(browser.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);
    // The 404s above are logged, each as one line.
    expect(browser.trouble.filter((line) => !line.includes('404'))).toEqual([]);
  });
});
