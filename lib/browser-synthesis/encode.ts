import { encode } from 'fast-png';
import { withPngText } from '@/lib/ingest/png-text';
import { canvasOf, maskFile, sha256Of, shrunk, thumbnailFile } from '@/lib/inference/web/decode/keep-image';
import type { Synthesised } from '@/lib/synthesis/generator';
import type { Provenance } from '@/lib/synthesis/provenance';
import type { MadeAnomaly, PreviewPicture } from './messages';
import { HALO, LINE, outlineOf } from './outline';

/** The files of a synthetic anomaly, which carries its provenance as it does where the server makes it. The same bytes in every browser. */
export async function encodeAnomaly({ image, mask, drawn, usesOther }: Synthesised, provenance: Provenance): Promise<MadeAnomaly> {
  const { width, height, rgb } = image;
  const plain = encode({ width, height, data: new Uint8Array(rgb.buffer, rgb.byteOffset, rgb.length), depth: 8, channels: 3 });
  const png = withPngText(new Uint8Array(plain), 'assay', JSON.stringify(provenance));
  return {
    kind: 'made', width, height, drawn, usesOther,
    png: new Blob([png], { type: 'image/png' }),
    sha256: await sha256Of(png),
    mask: mask.includes(255) ? await maskFile(mask, image) : null,
    thumbnail: await thumbnailFile(canvasOf(image)),
  };
}

/** The line of an outline is this part of the picture's longer side. */
const LINES = 200;

/** A synthetic anomaly to look at, no side longer than `side` pixels. */
export function previewOf({ image, mask, drawn, usesOther }: Synthesised, side: number): PreviewPicture {
  const { width, height } = image;
  const canvas = shrunk(canvasOf(image), side);
  const size = { width: canvas.width, height: canvas.height };
  const marked = mask.reduce((sum, value) => sum + Math.sign(value), 0);
  const outline = marked === 0 ? null : outlinePicture(outlineOf(mask, image, size, Math.max(1, Math.round(Math.max(size.width, size.height) / LINES))), size);
  return { kind: 'preview', picture: canvas.transferToImageBitmap(), outline, width, height, changed: marked / mask.length, drawn, usesOther };
}

/** White on a dark halo: seen on every image. */
function outlinePicture(outline: Uint8Array, { width, height }: { readonly width: number; readonly height: number }): ImageBitmap {
  const pixels = new ImageData(width, height);
  outline.forEach((what, at) => {
    if (what === LINE) pixels.data.set([255, 255, 255, 255], 4 * at);
    else if (what === HALO) pixels.data.set([0, 0, 0, 170], 4 * at);
  });
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas.transferToImageBitmap();
}
