import sharp from 'sharp';
import { withPngText } from '@/lib/ingest/png-text';
import { renditions } from '@/lib/ingest/renditions';
import type { Synthesised } from '@/lib/synthesis/generator';

/** How an image came about: what a sample keeps of it, beside its generator. */
export type Provenance = {
  readonly generator: string;
  readonly seed: number;
  readonly index: number;
  /** Ids of the seed samples, or names of the seed files. */
  readonly parents: readonly string[];
  /** What the person set, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
};

export type EncodedAnomaly = { readonly png: Buffer; /** One channel, 255 where the image was changed; null when nothing was. */ readonly mask: Buffer | null };

/**
 * The files of a synthetic anomaly. The image carries its provenance as a text, so that a file alone tells where it comes from,
 * and that two copies of one image are different files.
 */
export async function encodeAnomaly({ image, mask }: Synthesised, provenance: Provenance): Promise<EncodedAnomaly> {
  const { width, height } = image;
  const plain = await sharp(image.rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false }).png({ compressionLevel: 6 }).toBuffer();
  const png = withPngText(plain, 'assay', JSON.stringify(provenance));
  if (!mask.includes(255)) return { png, mask: null };
  return { png, mask: await sharp(mask, { raw: { width, height, channels: 1 }, limitInputPixels: false }).png().toBuffer() };
}

/** The thumbnail of a synthetic anomaly; any browser shows its PNG itself. */
export async function thumbnailOf({ image }: Synthesised): Promise<Buffer> {
  const { rgb, width, height } = image;
  const bytes = new Uint8Array(rgb.buffer, rgb.byteOffset, rgb.length);
  const { thumbnail } = await renditions({ rgb: bytes, width, height, format: 'png', pages: 1, browserShows: true });
  return thumbnail;
}

/** What a sample keeps as its parameters: provenance and everything that was drawn, flat. */
export function sampleParameters({ drawn }: Synthesised, { generator: _generator, ...provenance }: Provenance): Record<string, unknown> {
  return { ...drawn, ...provenance };
}
