import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegSize, webpSize } from './image-size';

const picture = (channels: 3 | 4) => sharp({ create: { width: 37, height: 21, channels, background: { r: 90, g: 20, b: 200, alpha: 0.5 } } });

describe('the size in the header', () => {
  it.each([
    ['lossy', () => picture(3).webp({ quality: 80 })],
    ['lossless', () => picture(3).webp({ lossless: true })],
    ['with alpha', () => picture(4).webp({ quality: 80 })],
    ['extended, with metadata', () => picture(3).withMetadata({ orientation: 6 }).webp()],
  ])('of a WebP, %s', async (_, make) => {
    expect(webpSize(await make().toBuffer())).toEqual({ width: 37, height: 21 });
  });

  it('of a JPEG, plain, progressive and with metadata before the frame', async () => {
    for (const options of [{}, { progressive: true }]) expect(jpegSize(await picture(3).jpeg(options).toBuffer())).toEqual({ width: 37, height: 21 });
    expect(jpegSize(await picture(3).withIccProfile('p3').withMetadata({ orientation: 6 }).jpeg().toBuffer())).toEqual({ width: 37, height: 21 });
  });

  it('is none where the bytes are something else, are cut off or have more behind them', async () => {
    const webp = await picture(3).webp().toBuffer();
    expect(webpSize(webp.subarray(0, webp.length - 4))).toBeNull();
    expect(webpSize(Buffer.concat([webp, Buffer.from('<script>')]))).toBeNull();
    expect(webpSize(await picture(3).png().toBuffer())).toBeNull();
    expect(webpSize(Buffer.alloc(4))).toBeNull();
    expect(jpegSize((await picture(3).jpeg().toBuffer()).subarray(0, 12))).toBeNull();
    expect(jpegSize(Buffer.from('no image at all, not even near one'))).toBeNull();
  });
});
