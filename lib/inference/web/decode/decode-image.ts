import { AssayError } from '@/lib/errors';
import { decodeBmp, NEUTRAL_BACKGROUND, readBmpHeader } from '@/lib/ingest/bmp';
import { jpegSize, webpSize, type ImageSize } from '@/lib/ingest/image-size';
import { MAX_IMAGE_BYTES, MAX_PIXELS } from '@/lib/ingest/limits';
import { sniffFormat, type ImageFormat } from '@/lib/ingest/sniff';
import type { RgbImage } from '../../preprocess/image';
import { decodePng, pngTraits } from './png';
import { decodeTiff } from './tiff';

/**
 * Decodes an image file in a browser to upright 8-bit RGB, as the server does (lib/ingest/decode.ts):
 *
 * - PNG without profile, BMP and the usual TIFF: the same bytes as on the server.
 * - JPEG and WebP go through the browser's decoder. Files with a colour profile are converted by the browser's colour
 *   management. Both may differ from libvips by a level here and there; docs/browser-inference.md has the figures.
 *
 * No canvas ever holds transparent pixels: it would multiply by alpha, and lose bits.
 * @throws AssayError with the codes of the server's decoder
 */
export async function decodeInBrowser(bytes: Uint8Array<ArrayBuffer>): Promise<RgbImage> {
  if (bytes.length > MAX_IMAGE_BYTES) throw new AssayError('request.too_large', `The image file is larger than ${MAX_IMAGE_BYTES / 1024 / 1024} MiB.`);
  const format = sniffFormat(bytes);
  try {
    return await decodeAs(format, bytes);
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw new AssayError('image.truncated', `The ${format.toUpperCase()} file is cut off or damaged (${error instanceof Error ? error.message : String(error)}).`, {
      hint: 'Make the file again, or copy it again from where it comes from.',
      cause: error,
    });
  }
}

async function decodeAs(format: ImageFormat, bytes: Uint8Array<ArrayBuffer>): Promise<RgbImage> {
  switch (format) {
    case 'bmp': {
      const header = readBmpHeader(bytes);
      requireSize(header.width, header.height);
      return { rgb: decodeBmp(bytes, header), width: header.width, height: header.height };
    }
    case 'tiff':
      return decodeTiff(bytes);
    case 'png': {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      requireSize(view.getUint32(16), view.getUint32(20));
      const { hasAlpha, depth, hasProfile } = pngTraits(bytes);
      return hasProfile || (!hasAlpha && depth <= 8) ? decodeNatively(bytes, format, hasProfile) : decodePng(bytes);
    }
    case 'jpeg':
      requireDeclared(jpegSize(bytes));
      return decodeNatively(bytes, format, holds(bytes, 'ICC_PROFILE\0'));
    case 'webp':
      requireDeclared(webpSize(bytes));
      return decodeNatively(bytes, format, holds(bytes, 'ICCP'));
  }
}

/** Longest stretch of a file's beginning that is searched for a colour profile. */
const headBytes = 65_536;

function holds(bytes: Uint8Array, mark: string): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, headBytes)).includes(mark);
}

async function decodeNatively(bytes: Uint8Array<ArrayBuffer>, format: ImageFormat, hasProfile: boolean): Promise<RgbImage> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: `image/${format}` }), {
    colorSpaceConversion: hasProfile ? 'default' : 'none',
    imageOrientation: 'from-image',
  });
  try {
    return readPixels(bitmap);
  } finally {
    bitmap.close();
  }
}

function readPixels(bitmap: ImageBitmap): RgbImage {
  const { width, height } = bitmap;
  requireSize(width, height);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  if (context === null) throw new AssayError('internal', 'This browser gives no canvas to read pixels from.');
  context.fillStyle = `rgb(${NEUTRAL_BACKGROUND} ${NEUTRAL_BACKGROUND} ${NEUTRAL_BACKGROUND})`;
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from]!;
    rgb[to + 1] = data[from + 1]!;
    rgb[to + 2] = data[from + 2]!;
  }
  return { rgb, width, height };
}

/** Where the header tells the size, a bomb is refused before it is decoded. */
function requireDeclared(size: ImageSize | null): void {
  if (size !== null) requireSize(size.width, size.height);
}

function requireSize(width: number, height: number): void {
  if (width * height <= MAX_PIXELS) return;
  throw new AssayError('image.too_many_pixels', `The image has ${width} x ${height} pixels; at most ${MAX_PIXELS / 1e6} million are read.`, {
    hint: 'Scale it down or cut it into tiles.',
  });
}
