import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '@/lib/ingest/decode';
import { hasBrowser, openBrowser, type BrowserPage } from './testing/browser';
import type { InPage } from './testing/page';

if (!hasBrowser) process.stderr.write('SKIPPED: decoding in a browser needs Chromium\n');

const [width, height] = [67, 45];

/** Gradients, edges and grain; `channels` 1 to 4, so that alpha takes all values. */
function picture(channels: 1 | 2 | 3 | 4) {
  let state = 7;
  const data = Buffer.from(Array.from({ length: width * height * channels }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const pixel = Math.floor(i / channels);
    return ((pixel % width) * 3 + Math.floor(pixel / width) * 2 + (i % channels) * 40 + (state >>> 27)) % 256;
  }));
  return sharp(data, { raw: { width, height, channels } });
}

let browser: BrowserPage;

beforeAll(async () => {
  if (hasBrowser) browser = await openBrowser();
}, 60_000);
afterAll(() => browser?.close());

async function inBrowser(bytes: Buffer): Promise<{ width: number; height: number; rgb: Buffer } | { code: string }> {
  const answer = await browser.page.evaluate(async (base64) => {
    const { assay } = globalThis as unknown as { assay: InPage };
    try {
      const image = await assay.decodeInBrowser(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
      return { width: image.width, height: image.height, rgb: Array.from(image.rgb), code: undefined };
    } catch (error) {
      return { code: (error as { code?: string }).code ?? String(error), rgb: undefined };
    }
  }, bytes.toString('base64'));
  return answer.rgb === undefined ? { code: answer.code } : { width: answer.width, height: answer.height, rgb: Buffer.from(answer.rgb) };
}

/** Largest and mean difference to the server's decoder. */
async function difference(bytes: Buffer): Promise<{ largest: number; mean: number }> {
  const here = await inBrowser(bytes);
  const there = await decodeImage(bytes);
  if ('code' in here) throw new Error(here.code);
  expect([here.width, here.height]).toEqual([there.width, there.height]);
  let [largest, sum] = [0, 0];
  there.rgb.forEach((value, i) => {
    const off = Math.abs(value - here.rgb[i]!);
    largest = Math.max(largest, off);
    sum += off;
  });
  return { largest, mean: sum / there.rgb.length };
}

/** A BMP of 24 bits, which sharp does not write. */
async function bmp(): Promise<Buffer> {
  const rgb = await picture(3).raw().toBuffer();
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM');
  [[10, 54], [14, 40], [18, width], [22, height]].forEach(([at, value]) => file.writeUInt32LE(value!, at));
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let i = 0; i < width * height; i++) {
    const at = 54 + (height - 1 - Math.floor(i / width)) * stride + (i % width) * 3;
    file.set([rgb[i * 3 + 2]!, rgb[i * 3 + 1]!, rgb[i * 3]!], at);
  }
  return file;
}

/** A PNG whose chunk is put before its pixels. */
function withChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.length, 0);
  let crc = 0xffffffff;
  for (const byte of chunk.subarray(4, 8 + data.length)) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  chunk.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 8 + data.length);
  const at = png.indexOf('IDAT') - 4;
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)]);
}

const exact: Record<string, () => Promise<Buffer>> = {
  'PNG, colour': () => picture(3).png().toBuffer(),
  'PNG, grey': () => picture(1).toColourspace('b-w').png().toBuffer(),
  'PNG, interlaced': () => picture(3).png({ progressive: true }).toBuffer(),
  'PNG, palette': () => picture(3).png({ palette: true, colours: 60 }).toBuffer(),
  'PNG, palette of 4 bits': () => picture(3).png({ palette: true, colours: 12 }).toBuffer(),
  'PNG, palette with alpha': () => picture(4).png({ palette: true, colours: 40 }).toBuffer(),
  'PNG, palette of 4 bits with alpha': () => picture(4).png({ palette: true, colours: 9 }).toBuffer(),
  'PNG, alpha': () => picture(4).png().toBuffer(),
  'PNG, grey and alpha': () => picture(2).png().toBuffer(),
  'PNG, 16 bits': () => picture(3).toColourspace('rgb16').linear(256.7, 11).png().toBuffer(),
  'PNG, grey of 16 bits': () => picture(1).toColourspace('grey16').png().toBuffer(),
  'PNG, 16 bits and alpha': () => picture(4).toColourspace('rgb16').png().toBuffer(),
  'PNG, with a gamma that no decoder of ours heeds': async () => withChunk(await picture(3).png().toBuffer(), 'gAMA', Buffer.from([0, 0, 0x45, 0x2f])),
  'PNG, one transparent colour': async () => withChunk(await picture(3).png().toBuffer(), 'tRNS', Buffer.from([0, 3, 0, 43, 0, 83])),
  'BMP': bmp,
  'TIFF, plain': () => picture(3).tiff({ compression: 'none' }).toBuffer(),
  'TIFF, LZW': () => picture(3).tiff({ compression: 'lzw' }).toBuffer(),
  'TIFF, deflate with predictor': () => picture(3).tiff({ compression: 'deflate', predictor: 'horizontal' }).toBuffer(),
  'TIFF, grey': () => picture(1).toColourspace('b-w').tiff({ compression: 'lzw' }).toBuffer(),
  'TIFF, tiled': () => picture(3).tiff({ compression: 'none', tile: true, tileWidth: 32, tileHeight: 32 }).toBuffer(),
  'TIFF, 16 bits': () => picture(3).toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer(),
  'TIFF, grey of 16 bits': () => picture(1).toColourspace('grey16').tiff({ compression: 'lzw' }).toBuffer(),
  'TIFF, alpha': () => picture(4).tiff({ compression: 'none' }).toBuffer(),
  ...Object.fromEntries([2, 3, 4, 5, 6, 7, 8].map((orientation) => [`TIFF, orientation ${orientation}`, () => picture(3).withMetadata({ orientation }).tiff({ compression: 'none' }).toBuffer()])),
  'WebP, lossless': () => picture(3).webp({ lossless: true }).toBuffer(),
};

/** Decoders or colour management of other makers: close, not the same. */
const close: Record<string, { make: () => Promise<Buffer>; largest: number; mean: number }> = {
  'JPEG 4:4:4': { make: () => picture(3).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer(), largest: 2, mean: 0.2 },
  'JPEG 4:2:0': { make: () => picture(3).jpeg({ quality: 90 }).toBuffer(), largest: 4, mean: 0.5 },
  'JPEG, grey': { make: () => picture(1).jpeg().toBuffer(), largest: 1, mean: 0.1 },
  'JPEG, turned by EXIF': { make: () => picture(3).withMetadata({ orientation: 6 }).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(), largest: 2, mean: 0.2 },
  'WebP, lossy': { make: () => picture(3).webp({ quality: 90 }).toBuffer(), largest: 4, mean: 0.5 },
  'WebP, alpha': { make: () => picture(4).webp({ lossless: true, exact: true }).toBuffer(), largest: 3, mean: 1 },
  'PNG with the profile Display P3': { make: () => picture(3).withIccProfile('p3').png().toBuffer(), largest: 3, mean: 0.6 },
};

describe.skipIf(!hasBrowser)('decoding in Chromium', () => {
  it.each(Object.keys(exact))('gives the bytes of the server: %s', async (name) => {
    expect(await difference(await exact[name]!())).toEqual({ largest: 0, mean: 0 });
  });

  it.each(Object.keys(close))('comes close to the server: %s', async (name) => {
    const { make, largest, mean } = close[name]!;
    const found = await difference(await make());
    if (process.env.ASSAY_SHOW_DIFFERENCES === '1') process.stderr.write(`${name}: largest ${found.largest}, mean ${found.mean.toFixed(4)}\n`);
    expect(found.largest).toBeLessThanOrEqual(largest);
    expect(found.mean).toBeLessThanOrEqual(mean);
  });

  it('says what is wrong with bad files', async () => {
    expect(await inBrowser(Buffer.alloc(0))).toEqual({ code: 'image.empty' });
    expect(await inBrowser(Buffer.from('Plates 12 to 14 were wet.'))).toEqual({ code: 'image.not_an_image' });
    expect(await inBrowser((await picture(4).png().toBuffer()).subarray(0, 900))).toEqual({ code: 'image.truncated' });
  });

  it('asks nobody but the page\'s own server, and breaks no rule of the security policy', () => {
    const origin = new URL(browser.page.url()).origin;
    expect(browser.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);
    expect(browser.trouble).toEqual([]);
  });
});
