import { encode } from 'fast-png';
import { AssayError } from '@/lib/errors';
import { MAX_IMAGE_BYTES } from '@/lib/ingest/limits';
import { sniffFormat, type ImageFormat } from '@/lib/ingest/sniff';
import type { RgbImage } from '../../preprocess/image';
import { decodeInBrowser } from './decode-image';
import { pngTraits } from './png';
import { tiffPages } from './tiff';

/** Longest side of a thumbnail in pixels, as on the server. */
const THUMBNAIL_SIDE = 256;
const THUMBNAIL_QUALITY = 0.82;

/** What a browser makes of an image that stays in it. */
export type ImageToKeep = {
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  /** Of a TIFF; only the first is used. */
  readonly pages: number;
  /** WebP of at most 256 pixels a side; PNG where the browser writes no WebP. */
  readonly thumbnail: Blob;
  /** PNG of the upright 8-bit image; null where an `<img>` shows the original just so. */
  readonly view: Blob | null;
};

/** A mask as PNG, one 8-bit channel: 255 where the file has any light, 0 elsewhere. The same bytes in every browser. */
export type MaskToKeep = { readonly width: number; readonly height: number; readonly format: ImageFormat; readonly mask: Blob; readonly sha256: string };

/** Decodes an image and makes its thumbnail and, where it needs one, its view. @throws AssayError with the codes of the server's import */
export async function imageToKeep(file: Blob): Promise<ImageToKeep> {
  const { bytes, format, image } = await decoded(file);
  const { width, height } = image;
  const canvas = canvasOf(image);
  const thumbnail = await thumbnailFile(canvas);
  const view = isShownByBrowsers(bytes, format) ? null : await canvas.convertToBlob({ type: 'image/png' });
  return { width, height, format, pages: format === 'tiff' ? tiffPages(bytes) : 1, thumbnail, view };
}

/** Decodes a mask and makes it black and white. @throws AssayError with the codes of the server's import */
export async function maskToKeep(file: Blob): Promise<MaskToKeep> {
  const { format, image } = await decoded(file);
  const { width, height, rgb } = image;
  const data = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < data.length; pixel++, at += 3) data[pixel] = (rgb[at]! | rgb[at + 1]! | rgb[at + 2]!) > 0 ? 255 : 0;
  return { width, height, format, ...(await maskFile(data, { width, height })) };
}

/** A mask of 0 and 255 as the PNG that is kept of it. */
export async function maskFile(data: Uint8Array, { width, height }: Pick<RgbImage, 'width' | 'height'>): Promise<Pick<MaskToKeep, 'mask' | 'sha256'>> {
  // An encoder of our own: those of browsers compress differently, and an export is checked by the hash of its masks.
  const png = new Uint8Array(encode({ width, height, data, depth: 8, channels: 1 }));
  return { mask: new Blob([png], { type: 'image/png' }), sha256: await sha256Of(png) };
}

/** SHA-256 in hexadecimal digits. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The thumbnail of an image that is drawn already: WebP, or PNG where the browser writes no WebP. */
export function thumbnailFile(canvas: OffscreenCanvas): Promise<Blob> {
  return shrunk(canvas, THUMBNAIL_SIDE).convertToBlob({ type: 'image/webp', quality: THUMBNAIL_QUALITY });
}

async function decoded(file: Blob): Promise<{ bytes: Uint8Array<ArrayBuffer>; format: ImageFormat; image: RgbImage }> {
  if (file.size > MAX_IMAGE_BYTES) throw new AssayError('request.too_large', `The image file is larger than ${MAX_IMAGE_BYTES / 1024 / 1024} MiB.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const image = await decodeInBrowser(bytes);
  return { bytes, format: sniffFormat(bytes), image };
}

/** Browsers turn pictures as EXIF asks and convert CMYK themselves; they cut 16 bits in ways of their own and read no TIFF. */
function isShownByBrowsers(bytes: Uint8Array, format: ImageFormat): boolean {
  if (format === 'tiff' || format === 'bmp') return false;
  return format !== 'png' || pngTraits(bytes).depth <= 8;
}

/** An image, drawn. */
export function canvasOf({ width, height, rgb }: { readonly width: number; readonly height: number; readonly rgb: Uint8Array | Uint8ClampedArray }): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const pixels = new ImageData(width, height);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    pixels.data[to] = rgb[from]!;
    pixels.data[to + 1] = rgb[from + 1]!;
    pixels.data[to + 2] = rgb[from + 2]!;
    pixels.data[to + 3] = 255;
  }
  contextOf(canvas).putImageData(pixels, 0, 0);
  return canvas;
}

/** The picture with sides of at most so many pixels; a small one is not enlarged. */
export function shrunk(canvas: OffscreenCanvas, side: number): OffscreenCanvas {
  const scale = Math.min(1, side / Math.max(canvas.width, canvas.height));
  if (scale === 1) return canvas;
  const small = new OffscreenCanvas(Math.max(1, Math.round(canvas.width * scale)), Math.max(1, Math.round(canvas.height * scale)));
  const context = contextOf(small);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, small.width, small.height);
  return small;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new AssayError('internal', 'This browser gives no canvas to draw on.');
  return context;
}
