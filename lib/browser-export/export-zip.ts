import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-writer.js';
import type { ExportListing, ListedFile, ManifestFile } from '@/lib/api/contracts/export-manifest';
import { AssayError } from '@/lib/errors';
import { manifestText } from '@/lib/export/manifest';
import { csvText } from '@/lib/export/rows';
import { createChecker } from './checked-bytes';
import { measuredTarget, type MeasuredTarget, type TargetFile } from './measured-target';
import type { WrittenZip } from './zip-messages';

/** Gives an image or a mask that this browser keeps, null where it does not. */
export type ReadKept = (sampleId: string, variant: 'original' | 'mask') => Promise<Blob | null>;

/**
 * A zip of kept images, in the layout and with the texts of the server's. Everything is stored as it is, also the texts:
 * browsers deflate differently, and the same export shall give the same bytes in each of them.
 */
export class ExportZip {
  readonly #files: ManifestFile[] = [];

  private constructor(
    private readonly listing: ExportListing,
    private readonly read: ReadKept,
    private readonly checked: Awaited<ReturnType<typeof createChecker>>,
    private readonly target: MeasuredTarget,
    private readonly zip: ZipWriter<unknown>,
  ) {}

  /** Begins a zip in a file, which is in place once `finish` has ended. */
  static async into(file: TargetFile, listing: ExportListing, read: ReadKept): Promise<ExportZip> {
    const target = await measuredTarget(file);
    return new ExportZip(listing, read, await createChecker(), target, new ZipWriter(target.writable, { ...timesOf(new Date(listing.cutOffAt)), level: 0, useWebWorkers: false }));
  }

  /** Adds the images and masks of these samples. @throws AssayError `storage.failed`, `private.image_missing` */
  async add(samples: readonly ListedFile[]): Promise<void> {
    // Files are found at the same time (that is waiting, mostly), and read one after another.
    const found = await Promise.all(samples.map(async (sample) => ({ sample, image: await this.#kept(sample, 'original'), mask: await this.#maskOf(sample) })));
    for (const { sample, image, mask } of found) {
      await this.#store(sample, image);
      if (mask !== null) await this.#store(mask, mask.file);
      this.#files.push({ ...sample, mask: mask === null ? null : { path: mask.path, sha256: mask.sha256, bytes: mask.file.size } });
    }
  }

  /** Adds `samples.csv` and `manifest.json` and puts the file in place. */
  async finish(): Promise<WrittenZip> {
    const { files: _, ...head } = this.listing;
    await this.#text('samples.csv', csvText(this.#files));
    await this.#text('manifest.json', manifestText(head, this.#files));
    await this.zip.close();
    return this.target.measured();
  }

  /** Gives it up: the file stays what it was. */
  drop(): Promise<void> {
    return this.target.drop();
  }

  async #kept({ sampleId, original }: ListedFile, variant: 'original' | 'mask'): Promise<Blob> {
    const file = await this.read(sampleId, variant);
    if (file === null) throw new AssayError('private.image_missing', `${original.fileName} is no longer in this browser.`, { hint: 'Drop its folder into this browser again; no zip was made.' });
    return file;
  }

  async #maskOf(sample: ListedFile): Promise<{ path: string; sha256: string; file: Blob } | null> {
    return sample.mask === null ? null : { ...sample.mask, file: await this.#kept(sample, 'mask') };
  }

  async #store(place: { path: string; sha256: string }, file: Blob): Promise<void> {
    await this.zip.add(place.path, await this.checked(file, place), { uncompressedSize: file.size });
  }

  async #text(path: string, pieces: Iterable<string>): Promise<void> {
    const text = new Blob([...pieces]);
    await this.zip.add(path, text.stream(), { uncompressedSize: text.size });
  }
}

/** One time for all entries; in UTC also where zip has no time zone, so that every browser writes the same. */
function timesOf(time: Date): { lastModDate: Date; rawLastModDate: number } {
  const date = ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  return { lastModDate: time, rawLastModDate: ((date << 16) | clock) >>> 0 };
}
