import { readImage } from '@/lib/browser-store/private-images';
import { AssayError } from '@/lib/errors';
import { decodeInBrowser } from '@/lib/inference/web/decode/decode-image';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import type { SeedImage } from './messages';

/** Decoded images take up to this much memory; the one that was longest unused goes first. */
const MAX_BYTES = 256 * 1024 * 1024;

const kept = new Map<string, RgbImage>();

/**
 * A normal image with the pixels that the server would see; images that serve several times are decoded once.
 * @throws AssayError `private.image_missing`, `request.not_found`, and those of the decoder
 */
export async function seedImage(seed: SeedImage): Promise<RgbImage> {
  const image = kept.get(seed.sampleId) ?? (await decodeInBrowser(await bytesOf(seed)));
  kept.delete(seed.sampleId);
  kept.set(seed.sampleId, image);
  let held = [...kept.values()].reduce((sum, { rgb }) => sum + rgb.length, 0);
  for (const [sampleId, { rgb }] of kept) {
    if (held <= MAX_BYTES || kept.size === 1) break;
    kept.delete(sampleId);
    held -= rgb.length;
  }
  return image;
}

async function bytesOf({ projectId, sampleId, url }: SeedImage): Promise<Uint8Array<ArrayBuffer>> {
  if (url === null) {
    const file = await readImage(projectId, sampleId, 'original');
    if (file === null) throw new AssayError('private.image_missing', 'A seed image is not in this browser.', { hint: 'Drop the folder that holds it on the Samples page of this browser.' });
    return new Uint8Array(await file.arrayBuffer());
  }
  const response = await fetch(url);
  if (!response.ok) throw new AssayError('request.not_found', `A seed image could not be loaded (status ${response.status}).`, { hint: 'It may have been deleted. Reload the page.' });
  return new Uint8Array(await response.arrayBuffer());
}
