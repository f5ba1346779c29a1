import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '@/lib/ingest/decode';
import { renditions } from '@/lib/ingest/renditions';
import { hasBrowser, openBrowser, type BrowserPage } from '@/lib/inference/web/testing/browser';
import type { InPage } from './testing/page';

if (!hasBrowser) process.stderr.write('SKIPPED: preparing images in a browser needs Chromium\n');

let browser: BrowserPage;

beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser({}, { scripts: { page: 'lib/browser-store/testing/page.ts', workers: [] } });
}, 60_000);
afterAll(() => browser?.close());

type Found = { width: number; height: number; format: string; pages: number; thumbnail: string; view: string | null; mask: string; sha256: string; code: string };

/** What the browser makes of a file; blobs in base64. */
function made(bytes: Buffer, as: 'image' | 'mask' = 'image'): Promise<Partial<Found>> {
  return browser.page.evaluate(async ([base64, what]) => {
    const { assay } = globalThis as unknown as { assay: InPage };
    const text = async (blob: Blob) => {
      let binary = '';
      for (const byte of new Uint8Array(await blob.arrayBuffer())) binary += String.fromCharCode(byte);
      return btoa(binary);
    };
    const file = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'file');
    try {
      if (what === 'mask') {
        const { mask, ...rest } = await assay.maskToKeep(file);
        return { ...rest, mask: await text(mask) };
      }
      const { thumbnail, view, ...rest } = await assay.imageToKeep(file);
      return { ...rest, thumbnail: await text(thumbnail), view: view === null ? null : await text(view) };
    } catch (error) {
      return { code: (error as { code?: string }).code ?? String(error) };
    }
  }, [bytes.toString('base64'), as] as const);
}

/** A disc on a gradient. */
const picture = (width: number, height: number) =>
  sharp(Buffer.from(`<svg width="${width}" height="${height}"><defs><linearGradient id="g"><stop offset="0" stop-color="#203040"/><stop offset="1" stop-color="#e0c090"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="50%" cy="40%" r="20%" fill="#a02040"/></svg>`)).removeAlpha();
const raw = (base64: string) => sharp(Buffer.from(base64, 'base64')).removeAlpha().raw().toBuffer({ resolveWithObject: true });

describe.skipIf(!hasBrowser)('an image that a browser prepares', () => {
  it.each([
    ['PNG', () => picture(640, 400).png().toBuffer(), { format: 'png', view: null }],
    ['JPEG', () => picture(640, 400).jpeg().toBuffer(), { format: 'jpeg', view: null }],
    ['WebP', () => picture(640, 400).webp().toBuffer(), { format: 'webp', view: null }],
    ['JPEG turned by EXIF', () => picture(400, 640).withMetadata({ orientation: 6 }).jpeg().toBuffer(), { format: 'jpeg', view: null }],
    ['TIFF', () => picture(640, 400).tiff({ compression: 'lzw' }).toBuffer(), { format: 'tiff', view: 'same' }],
    ['PNG of 16 bits', () => picture(640, 400).toColourspace('rgb16').png().toBuffer(), { format: 'png', view: 'same' }],
  ])('has size, format, thumbnail and view of the server\'s: %s', async (_, make, expected) => {
    const bytes = await make();
    const decoded = await decodeImage(bytes);
    const there = await renditions(decoded);
    const here = await made(bytes);
    expect(here).toMatchObject({ width: 640, height: 400, format: expected.format, pages: 1 });
    const [mine, theirs] = [await raw(here.thumbnail!), await raw(there.thumbnail.toString('base64'))];
    expect(Buffer.from(here.thumbnail!, 'base64').subarray(8, 12).toString()).toBe('WEBP');
    expect([mine.info.width, mine.info.height]).toEqual([theirs.info.width, theirs.info.height]);
    const off = mine.data.reduce((sum, value, i) => sum + Math.abs(value - theirs.data[i]!), 0) / mine.data.length;
    expect(off).toBeLessThan(3);
    if (expected.view === null) expect(here.view).toBeNull();
    else expect((await raw(here.view!)).data.equals(Buffer.from(decoded.rgb))).toBe(true);
  });

  it('is not enlarged for its thumbnail, and counts the pages of a TIFF', async () => {
    const small = await raw((await made(await picture(31, 20).png().toBuffer())).thumbnail!);
    expect([small.info.width, small.info.height]).toEqual([31, 20]);
    const pages = await sharp([await picture(20, 10).png().toBuffer(), await picture(20, 10).png().toBuffer()], { join: { animated: true } }).tiff().toBuffer();
    expect((await sharp(pages).metadata()).pages).toBe(2);
    expect(await made(pages)).toMatchObject({ pages: 2, width: 20, height: 10 });
  });

  it('is refused with the codes of the server: cut off, no image, too many pixels', async () => {
    const png = await picture(640, 400).png().toBuffer();
    expect(await made(png.subarray(0, 2_000))).toEqual({ code: 'image.truncated' });
    expect(await made(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual({ code: 'image.unsupported_format' });
    expect(await made(Buffer.from('Plates 12 to 14 were wet.'))).toEqual({ code: 'image.not_an_image' });
    expect(await made(Buffer.alloc(0))).toEqual({ code: 'image.empty' });
    const jpeg = await picture(64, 40).jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(30_000, frame + 5);
    jpeg.writeUInt16BE(30_000, frame + 7);
    expect(await made(jpeg)).toEqual({ code: 'image.too_many_pixels' });
  });
});

describe.skipIf(!hasBrowser)('a mask that a browser prepares', () => {
  it('is black and white as the server makes it, and tells its own hash', async () => {
    const values = Buffer.from(Array.from({ length: 30 * 20 }, (_, i) => (i % 7 === 0 ? 1 : i % 11 === 0 ? 200 : 0)));
    const here = await made(await sharp(values, { raw: { width: 30, height: 20, channels: 1 } }).png().toBuffer(), 'mask');
    const png = Buffer.from(here.mask!, 'base64');
    expect(here).toMatchObject({ width: 30, height: 20, sha256: createHash('sha256').update(png).digest('hex') });
    const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(1);
    expect(data.equals(Buffer.from(values.map((value) => (value > 0 ? 255 : 0))))).toBe(true);
  });
});
