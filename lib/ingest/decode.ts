import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { AssayError } from '@/lib/errors';
import { decodeBmp, NEUTRAL_BACKGROUND, readBmpHeader } from './bmp';
import { MAX_IMAGE_BYTES, MAX_PIXELS } from './limits';
import { sniffFormat, unsupported, type ImageFormat } from './sniff';

// Every image is decoded once: a cache only costs memory. One thread each; several images are decoded side by side.
sharp.cache(false);
sharp.concurrency(1);

/** An upright image in sRGB, 8 bit, without alpha, and what its file was. */
export type DecodedImage = {
  /** width x height x 3, interleaved, rows from the top. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  /** Pages or frames in the file; only the first is decoded. */
  readonly pages: number;
  /** True when a browser shows the original as it was decoded here: PNG, JPEG or WebP, 8 bit, not CMYK, no EXIF rotation. */
  readonly browserShows: boolean;
};

/**
 * Decodes an image file by its content; the extension does not count.
 *
 * - 16-bit channels are scaled linearly by bit depth (65535 becomes 255; the upper byte), never stretched per image:
 *   brightness stays comparable between the images of a set, and nothing is clipped.
 * - Transparent pixels are flattened on a neutral grey (128). An embedded colour profile is converted to sRGB; CMYK goes
 *   through its profile, or the default CMYK profile. EXIF orientation is applied.
 * - Of a multi-page TIFF or an animated WebP the first page is taken; `pages` tells how many there are.
 *
 * @throws AssayError `image.empty`, `image.not_an_image`, `image.unsupported_format`, `image.too_many_pixels`,
 *   `image.truncated` (cut off or damaged), `request.too_large`
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  if (bytes.length > MAX_IMAGE_BYTES) throw new AssayError('request.too_large', `The image file is larger than ${MAX_IMAGE_BYTES / 1024 / 1024} MiB.`);
  const format = sniffFormat(bytes);
  if (format !== 'bmp') return decodeWithSharp(bytes, format);
  const header = readBmpHeader(bytes);
  checkPixels(header.width, header.height);
  return { rgb: decodeBmp(bytes, header), width: header.width, height: header.height, format, pages: 1, browserShows: false };
}

async function decodeWithSharp(bytes: Uint8Array, format: ImageFormat): Promise<DecodedImage> {
  // The limit is checked on the header, below, with a sentence of its own; `failOn: error` refuses files that end early.
  const options: SharpOptions = { failOn: 'error', limitInputPixels: false, autoOrient: true };
  try {
    const metadata = await sharp(bytes, options).metadata();
    checkPixels(metadata.width, metadata.height);
    checkDepth(metadata);
    const { data, info } = await sharp(bytes, options)
      .flatten({ background: { r: NEUTRAL_BACKGROUND, g: NEUTRAL_BACKGROUND, b: NEUTRAL_BACKGROUND } })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgb = info.channels === 3 ? data : greyToRgb(data, info.channels);
    return { rgb, width: info.width, height: info.height, format, pages: metadata.pages ?? 1, browserShows: browserShows(format, metadata) };
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw new AssayError('image.truncated', `The ${format.toUpperCase()} file is cut off or damaged (${firstLine(error)}).`, {
      hint: 'Make the file again, or copy it again from where it comes from.',
      cause: error,
    });
  }
}

function checkPixels(width: number, height: number): void {
  if (width * height <= MAX_PIXELS) return;
  const millions = Math.round((width * height) / 1e6);
  throw new AssayError('image.too_many_pixels', `The image has ${width} x ${height} pixels (${millions} million); at most ${MAX_PIXELS / 1e6} million are read.`, {
    hint: 'Scale it down or cut it into tiles.',
  });
}

function checkDepth({ depth }: Metadata): void {
  if (depth === 'uchar' || depth === 'ushort') return;
  throw unsupported(`The image has channels of the type "${depth}", which are not read here.`);
}

function browserShows(format: ImageFormat, { depth, space, orientation }: Metadata): boolean {
  return format !== 'tiff' && depth === 'uchar' && space !== 'cmyk' && (orientation ?? 1) <= 1;
}

function greyToRgb(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 3) rgb.fill(data[from] ?? 0, to, to + 3);
  return rgb;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]?.slice(0, 200) ?? '';
}
