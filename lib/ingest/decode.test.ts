import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage, type DecodedImage } from './decode';
import { maskPng, renditions, THUMBNAIL_SIDE } from './renditions';

type Pixel = readonly [number, number, number];

/** 4 x 2 pixels: red, green, blue, white over black, grey, yellow, cyan. */
const colours: readonly Pixel[] = [
  [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255],
  [0, 0, 0], [128, 128, 128], [255, 255, 0], [0, 255, 255],
];
const rgb = Uint8Array.from(colours.flat());
const picture = (): Sharp => sharp(rgb, { raw: { width: 4, height: 2, channels: 3 } });

function pixel(image: DecodedImage, x: number, y: number): number[] {
  const at = (y * image.width + x) * 3;
  return [...image.rgb.subarray(at, at + 3)];
}

async function code(bytes: Uint8Array): Promise<string> {
  const failure = await decodeImage(bytes).then(() => ({ code: 'none' }), (error: unknown) => error as { code: string });
  return failure.code;
}

/** A PNG with a true header and little content: what a bomb looks like. */
function pngClaiming(width: number, height: number, depth: number, colourType: number, rows: Buffer): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = colourType;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** A BMP with 40-byte header, bottom-up unless `height` is negative. */
function bmp(width: number, height: number, bits: number, rows: Buffer, palette: readonly Pixel[] = []): Buffer {
  const header = Buffer.alloc(54 + palette.length * 4);
  header.write('BM', 0, 'latin1');
  header.writeUInt32LE(header.length + rows.length, 2);
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(palette.length, 46);
  palette.forEach(([r, g, b], i) => header.set([b, g, r, 0], 54 + i * 4));
  return Buffer.concat([header, rows]);
}

/** One row of 32-bit floats as a little-endian TIFF. */
function floatTiff(values: readonly number[]): Buffer {
  const entries = [[256, 4, values.length], [257, 4, 1], [258, 3, 32], [259, 3, 1], [262, 3, 1], [273, 4, 8], [277, 3, 1], [278, 4, 1], [279, 4, values.length * 4], [339, 3, 3]] as const;
  const file = Buffer.alloc(8 + values.length * 4 + 2 + entries.length * 12 + 4);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(8 + values.length * 4, 4);
  values.forEach((value, i) => file.writeFloatLE(value, 8 + i * 4));
  const directory = 8 + values.length * 4;
  file.writeUInt16LE(entries.length, directory);
  entries.forEach(([tag, type, value], i) => {
    const at = directory + 2 + i * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  return file;
}

function bgrRows(order: readonly number[]): Buffer {
  return Buffer.concat(order.map((y) => Buffer.from(colours.slice(y * 4, y * 4 + 4).flatMap(([r, g, b]) => [b, g, r]))));
}

describe('formats', () => {
  it.each(['png', 'tiff', 'webp'] as const)('reads lossless %s exactly', async (format) => {
    const bytes = await (format === 'webp' ? picture().webp({ lossless: true }) : picture().toFormat(format, { compression: 'lzw' })).toBuffer();
    const image = await decodeImage(bytes);
    expect(image).toMatchObject({ width: 4, height: 2, format, pages: 1, browserShows: format !== 'tiff' });
    expect([...image.rgb]).toEqual([...rgb]);
  });

  it('reads JPEG by content whatever its name would be', async () => {
    const bytes = await picture().resize(64, 32, { kernel: 'nearest' }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    const image = await decodeImage(bytes);
    expect(image).toMatchObject({ width: 64, height: 32, format: 'jpeg', browserShows: true });
    expect(pixel(image, 8, 8)[0]).toBeGreaterThan(245);
  });

  it('reads BMP: 24 bit bottom-up and top-down, 8, 4 and 1 bit, 32 and 16 bit', async () => {
    const bottomUp = await decodeImage(bmp(4, 2, 24, bgrRows([1, 0])));
    expect(bottomUp).toMatchObject({ width: 4, height: 2, format: 'bmp', browserShows: false });
    expect([...bottomUp.rgb]).toEqual([...rgb]);
    expect([...(await decodeImage(bmp(4, -2, 24, bgrRows([0, 1])))).rgb]).toEqual([...rgb]);
    const indexed = await decodeImage(bmp(4, -2, 8, Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]), colours));
    expect([...indexed.rgb]).toEqual([...rgb]);
    const nibbles = await decodeImage(bmp(4, -2, 4, Buffer.from([0x01, 0x23, 0, 0, 0x45, 0x67, 0, 0]), colours));
    expect([...nibbles.rgb]).toEqual([...rgb]);
    const bitmap = await decodeImage(bmp(3, -1, 1, Buffer.from([0b10100000, 0, 0, 0]), [[0, 0, 0], [255, 255, 255]]));
    expect([...bitmap.rgb]).toEqual([255, 255, 255, 0, 0, 0, 255, 255, 255]);
    const wide = await decodeImage(bmp(2, -1, 32, Buffer.from([1, 2, 3, 0, 4, 5, 6, 0])));
    expect([...wide.rgb]).toEqual([3, 2, 1, 6, 5, 4]);
    const short = await decodeImage(bmp(2, -1, 16, Buffer.from([0x00, 0x7c, 0x1f, 0x00])));
    expect([...short.rgb]).toEqual([255, 0, 0, 0, 0, 255]);
  });
});

describe('depth, colour and orientation', () => {
  it('scales 16 bit linearly by depth, grey and colour, without clipping', async () => {
    const levels = Uint16Array.from([0, 4096, 32768, 65535]);
    for (const format of ['png', 'tiff'] as const) {
      const grey = sharp(levels, { raw: { width: 4, height: 1, channels: 1 } }).toColourspace('grey16');
      const image = await decodeImage(await (format === 'png' ? grey.png() : grey.tiff({ compression: 'lzw' })).toBuffer());
      expect(image.browserShows).toBe(false);
      expect([0, 1, 2, 3].map((x) => pixel(image, x, 0))).toEqual([0, 16, 128, 255].map((v) => [v, v, v]));
    }
    const rgb16 = Uint16Array.from([65535, 0, 32768, 4096, 65535, 0]);
    const colour = sharp(rgb16, { raw: { width: 2, height: 1, channels: 3 } }).toColourspace('rgb16');
    expect([...(await decodeImage(await colour.png().toBuffer())).rgb]).toEqual([255, 0, 128, 16, 255, 0]);
  });

  it('reads 8-bit grey and palette images', async () => {
    const grey = await sharp(Uint8Array.from([0, 100, 255, 7]), { raw: { width: 4, height: 1, channels: 1 } }).toColourspace('b-w').png().toBuffer();
    expect([...(await decodeImage(grey)).rgb]).toEqual([0, 0, 0, 100, 100, 100, 255, 255, 255, 7, 7, 7]);
    const palette = await picture().png({ palette: true, colours: 16, dither: 0 }).toBuffer();
    expect(pixel(await decodeImage(palette), 0, 0)).toEqual([255, 0, 0]);
  });

  it('flattens alpha on neutral grey, 8 and 16 bit', async () => {
    const rgba = Uint8Array.from([255, 0, 0, 255, 255, 0, 0, 0, 255, 0, 0, 128]);
    const image = await decodeImage(await sharp(rgba, { raw: { width: 3, height: 1, channels: 4 } }).png().toBuffer());
    expect(pixel(image, 0, 0)).toEqual([255, 0, 0]);
    expect(pixel(image, 1, 0)).toEqual([128, 128, 128]);
    expect(pixel(image, 2, 0)[0]).toBeCloseTo(192, -1);
    const deep = Uint16Array.from([65535, 0, 0, 65535, 65535, 0, 0, 0]);
    const image16 = await decodeImage(await sharp(deep, { raw: { width: 2, height: 1, channels: 4 } }).toColourspace('rgb16').png().toBuffer());
    expect(pixel(image16, 0, 0)).toEqual([255, 0, 0]);
    expect(pixel(image16, 1, 0)).toEqual([128, 128, 128]);
  });

  it('converts CMYK, JPEG and TIFF', async () => {
    for (const format of ['jpeg', 'tiff'] as const) {
      const bytes = await picture().resize(64, 32, { kernel: 'nearest' }).toColourspace('cmyk').toFormat(format).toBuffer();
      expect((await sharp(bytes).metadata()).space).toBe('cmyk');
      const image = await decodeImage(bytes);
      expect(image).toMatchObject({ width: 64, height: 32, browserShows: false });
      const [r, g, b] = pixel(image, 8, 8);
      expect(r! - Math.max(g!, b!)).toBeGreaterThan(100);
      expect(Math.min(...pixel(image, 56, 8))).toBeGreaterThan(240);
    }
  });

  it('honours EXIF orientation', async () => {
    const bytes = await picture().resize(64, 32, { kernel: 'nearest' }).withMetadata({ orientation: 6 }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    const image = await decodeImage(bytes);
    expect(image).toMatchObject({ width: 32, height: 64, browserShows: false });
    expect(pixel(image, 24, 8)[0]).toBeGreaterThan(245); // red: top left goes to top right
    expect(Math.max(...pixel(image, 8, 8))).toBeLessThan(10); // black: bottom left goes to top left
  });

  it('takes the first page of a multi-page TIFF and tells how many there are', async () => {
    const pages = await sharp([Buffer.from(await picture().png().toBuffer()), await picture().negate().png().toBuffer()], { join: { animated: true } }).tiff({ compression: 'lzw' }).toBuffer();
    const image = await decodeImage(pages);
    expect(image).toMatchObject({ width: 4, height: 2, pages: 2 });
    expect([...image.rgb]).toEqual([...rgb]);
  });
});

describe('hostile and broken files', () => {
  it('refuses what only poses as an image', async () => {
    expect(await code(new Uint8Array())).toBe('image.empty');
    expect(await code(Buffer.from('<!DOCTYPE html><html><body>404</body></html>'))).toBe('image.not_an_image');
    expect(await code(Buffer.from('%PDF-1.7 …'))).toBe('image.not_an_image');
    expect(await code(Buffer.from('hello, I am text'))).toBe('image.not_an_image');
    expect(await code(Buffer.alloc(64))).toBe('image.not_an_image');
    expect(await code(Buffer.from('BMX is a bicycle'))).toBe('image.not_an_image');
    expect(await code(Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>'))).toBe('image.unsupported_format');
    expect(await code(await picture().gif().toBuffer())).toBe('image.unsupported_format');
    expect(await code(await picture().avif().toBuffer())).toBe('image.unsupported_format');
  });

  it('refuses bombs by their header alone', async () => {
    expect(await code(pngClaiming(30_000, 30_000, 8, 2, Buffer.alloc(10)))).toBe('image.too_many_pixels');
    expect(await code(bmp(30_000, 30_000, 24, Buffer.alloc(10)))).toBe('image.too_many_pixels');
    expect(await code(bmp(30_000, -2_000_000_000, 1, Buffer.alloc(10), colours))).toBe('image.too_many_pixels');
  });

  it('refuses truncated files of every format', async () => {
    const noise = sharp(Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251), { raw: { width: 64, height: 64, channels: 3 } });
    const files = [await noise.clone().png().toBuffer(), await noise.clone().jpeg().toBuffer(), await noise.clone().webp().toBuffer(), await noise.clone().tiff({ compression: 'none' }).toBuffer(), await noise.clone().tiff({ compression: 'deflate' }).toBuffer(), bmp(4, 2, 24, bgrRows([1, 0]))];
    for (const file of files) {
      expect(await code(file)).toBe('none');
      expect(await code(file.subarray(0, Math.floor(file.length * 0.6)))).toBe('image.truncated');
      expect(await code(file.subarray(0, 20))).toBe('image.truncated');
    }
  });

  it('refuses damaged BMP headers and unread kinds', async () => {
    const compressed = bmp(4, 2, 8, Buffer.alloc(8), colours);
    compressed.writeUInt32LE(1, 30);
    expect(await code(compressed)).toBe('image.unsupported_format');
    expect(await code(bmp(0, 2, 24, Buffer.alloc(8)))).toBe('image.truncated');
    expect(await code(bmp(-4, 2, 24, Buffer.alloc(64)))).toBe('image.truncated');
    expect(await code(bmp(4, 2, 7, Buffer.alloc(64)))).toBe('image.unsupported_format');
    const palette = bmp(4, 2, 8, Buffer.alloc(0));
    palette.writeUInt32LE(256, 46);
    expect(await code(palette)).toBe('image.truncated');
  });

  it('refuses floating-point TIFF', async () => {
    expect(await code(floatTiff([0, 0.5, 1, 2]))).toBe('image.unsupported_format');
  });
});

describe('renditions', () => {
  it('makes a thumbnail of at most 256 px and a PNG only where the original needs one', async () => {
    const large = await decodeImage(await picture().resize(600, 300).jpeg().toBuffer());
    const { thumbnail, view } = await renditions(large);
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'webp', width: THUMBNAIL_SIDE, height: 128 });
    expect(view).toBeNull();
    const tiff = await renditions(await decodeImage(await picture().tiff({ compression: 'lzw' }).toBuffer()));
    expect(await sharp(tiff.thumbnail).metadata()).toMatchObject({ width: 4, height: 2 });
    expect([...(await decodeImage(tiff.view!)).rgb]).toEqual([...rgb]);
  });

  it('makes masks of 0 and 255 from any drawn mask', async () => {
    const drawn = await sharp(Uint8Array.from([0, 1, 128, 255]), { raw: { width: 4, height: 1, channels: 1 } }).toColourspace('b-w').png().toBuffer();
    const { data, info } = await sharp(await maskPng(await decodeImage(drawn))).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBeLessThanOrEqual(3);
    expect([0, 1, 2, 3].map((x) => data[x * info.channels])).toEqual([0, 255, 255, 255]);
  });
});
