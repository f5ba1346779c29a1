import * as UTIF from 'utif2';
import { AssayError } from '@/lib/errors';
import { MAX_PIXELS } from '@/lib/ingest/limits';
import type { RgbImage } from '../../preprocess/image';
import { flattenToRgb } from './flatten';

/** First page of a TIFF as upright 8-bit RGB; browsers do not decode TIFF. @throws AssayError `image.truncated`, `image.too_many_pixels` */
export function decodeTiff(bytes: Uint8Array): RgbImage {
  const buffer = bytes.slice().buffer;
  const [page] = UTIF.decode(buffer);
  if (page === undefined) throw new AssayError('image.truncated', 'The TIFF file holds no page.');
  const declared = numberOf(page, 't256') * numberOf(page, 't257');
  if (declared > MAX_PIXELS) throw new AssayError('image.too_many_pixels', `The TIFF image has ${declared} pixels; at most ${MAX_PIXELS} are read.`);
  UTIF.decodeImage(buffer, page);
  const { width, height } = page;
  if (width === undefined || width * height === 0) throw new AssayError('image.truncated', 'The first page of the TIFF file cannot be read.');
  const upright = flattenToRgb({ data: UTIF.toRGBA8(page), width, height, channels: 4, depth: 8 });
  return oriented(upright, numberOf(page, 't274', 1));
}

/** How many pages a TIFF that was decoded has. */
export function tiffPages(bytes: Uint8Array): number {
  return Math.max(1, UTIF.decode(bytes.slice().buffer).length);
}

function numberOf(page: UTIF.IFD, tag: string, otherwise = 0): number {
  const value = page[tag];
  const first = Array.isArray(value) || value instanceof Uint8Array ? value[0] : value;
  return typeof first === 'number' ? first : otherwise;
}

/** Turns and mirrors pixels as EXIF orientation 1 to 8 asks. */
function oriented(image: RgbImage, orientation: number): RgbImage {
  if (orientation <= 1 || orientation > 8) return image;
  const { width, height } = image;
  const swapped = orientation >= 5;
  const [outWidth, outHeight] = swapped ? [height, width] : [width, height];
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const rgb = new Uint8Array(image.rgb.length);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [along, down] = swapped ? [y, x] : [x, y];
      const sourceX = mirrorX ? width - 1 - along : along;
      const sourceY = mirrorY ? height - 1 - down : down;
      const from = (sourceY * width + sourceX) * 3;
      rgb.set(image.rgb.subarray(from, from + 3), (y * outWidth + x) * 3);
    }
  }
  return { rgb, width: outWidth, height: outHeight };
}
