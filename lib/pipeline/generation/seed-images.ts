import type { RgbImage } from '@/lib/inference/preprocess/image';

/** The normal images that a batch is made of, by position. */
export type SeedImages = {
  readonly count: number;
  /** @throws AssayError when the file is gone or damaged */
  read(position: number): Promise<RgbImage>;
};

/** Decoded images take up to this much memory; the one that was longest unused goes first. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Keeps decoded images, because each serves several times. Two readers of one image wait for one decoding. */
export function keptImages(count: number, decode: (position: number) => Promise<RgbImage>): SeedImages {
  const kept = new Map<number, { readonly image: Promise<RgbImage>; bytes: number }>();
  let held = 0;
  const drop = () => {
    for (const [position, { bytes }] of kept) {
      if (held <= MAX_BYTES || kept.size === 1) return;
      kept.delete(position);
      held -= bytes;
    }
  };
  const load = (position: number) => {
    const entry = { image: decode(position), bytes: 0 };
    entry.image.then(
      ({ rgb }) => {
        if (kept.get(position) !== entry) return;
        entry.bytes = rgb.length;
        held += rgb.length;
        drop();
      },
      () => kept.delete(position),
    );
    return entry;
  };
  const read = (position: number) => {
    const entry = kept.get(position) ?? load(position);
    kept.delete(position);
    kept.set(position, entry);
    return entry.image;
  };
  return { count, read };
}
