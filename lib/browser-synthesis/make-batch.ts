import { GENERATED_PER_CALL, type GeneratedImage, type GenerationPlan, type GenerationResult } from '@/lib/api/contracts/browser-generations';
import { AssayError, toAssayError } from '@/lib/errors';
import type { MadeAnomaly } from './messages';

/** What making a batch needs of the world; tests replace it. */
export type BatchDoors = {
  readonly plan: () => Promise<GenerationPlan>;
  /** Whether the original of a sample is in this browser. */
  readonly isHeld: (sampleId: string) => Promise<boolean>;
  /** @throws AssayError or NumericsError with the reason why this image cannot be made */
  readonly make: (index: number, seedSampleIds: readonly string[]) => Promise<{ readonly made: MadeAnomaly; readonly parents: readonly number[] }>;
  readonly thumbnail: (thumbnail: Blob) => Promise<string | null>;
  /** Tells the server; answers under which samples the images are to be kept. */
  readonly store: (images: GeneratedImage[]) => Promise<readonly { readonly index: number; readonly sampleId: string | null }[]>;
  readonly keep: (sampleId: string, made: MadeAnomaly) => Promise<void>;
  readonly finish: (result: GenerationResult) => Promise<void>;
};

export type Batch = { readonly count: number; /** Images that one worker of several makes at once. */ readonly lanes: number };
type Report = (done: number, total: number) => void;
type Made = { readonly index: number; readonly made: MadeAnomaly; readonly parents: readonly number[] };

/** Reasons why one image cannot be made, while others may be. */
const ownFailures = /^(image|data)\.|^parameter\.invalid$|^request\.not_found$/;

/**
 * Makes the images of a batch that this browser does not have, tells the server what it learns of every image, and keeps the files. Can be
 * stopped at any moment and taken up again, here or in another browser: what the server knows and this browser lacks is made again, and kept
 * when it is the same file to the bit.
 * @throws AssayError `private.image_missing` when seed images are not in this browser; the first reason when no image can be made
 */
export async function makeBatch(batch: Batch, doors: BatchDoors, signal: AbortSignal, onProgress: Report): Promise<void> {
  const started = performance.now();
  const plan = await doors.plan();
  await requireSeeds(plan, doors);
  const tally = new Tally();
  const known = new Map(plan.made.map((made) => [made.index, made]));
  await eachOf(batch, [...Array(batch.count).keys()], { doors, plan, known, tally, signal, onProgress });
  if (tally.first !== undefined && tally.made + tally.duplicates === 0) throw tally.first;
  await doors.finish({ duplicates: tally.duplicates, failures: tally.failures(), seconds: (performance.now() - started) / 1000 });
}

/**
 * Makes again the images of an ended batch that this browser lacks; the server is told nothing. An image that comes out otherwise (JPEG seeds are
 * decoded by the browser) is not kept.
 * @throws AssayError `private.image_missing` also when some came out otherwise
 */
export async function remakeBatch(batch: Batch, doors: BatchDoors, signal: AbortSignal, onProgress: Report): Promise<void> {
  const plan = await doors.plan();
  await requireSeeds(plan, doors);
  const tally = new Tally();
  const known = new Map(plan.made.map((made) => [made.index, made]));
  await eachOf(batch, [...known.keys()], { doors, plan, known, tally, signal, onProgress });
  const [failed] = tally.failures();
  if (failed !== undefined) throw new AssayError('private.image_missing', `${failed.count} of ${known.size} images could not be made again: ${failed.message}`);
}

type Work = {
  readonly doors: BatchDoors;
  readonly plan: GenerationPlan;
  readonly known: ReadonlyMap<number, GenerationPlan['made'][number]>;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly onProgress: Report;
};

async function eachOf({ lanes }: Batch, indices: readonly number[], work: Work): Promise<void> {
  const atOnce = Math.min(GENERATED_PER_CALL, 4 * lanes);
  work.onProgress(0, indices.length);
  for (let at = 0; at < indices.length; at += atOnce) {
    work.signal.throwIfAborted();
    const made = await Promise.all(indices.slice(at, at + atOnce).map((index) => one(index, work)));
    work.signal.throwIfAborted();
    await tellAndKeep(made.filter((image) => image !== null), work);
    work.onProgress(Math.min(at + atOnce, indices.length), indices.length);
  }
}

/** Null when the image is here already, cannot be made, or was kept under a sample that the server knows. */
async function one(index: number, { doors, plan, known, tally, signal }: Work): Promise<Made | null> {
  const before = known.get(index);
  if (before !== undefined && (await doors.isHeld(before.sampleId))) {
    tally.made += 1;
    return null;
  }
  const image = await doors.make(index, plan.seedSampleIds).catch((error: unknown) => {
    signal.throwIfAborted();
    tally.failed(error);
    return null;
  });
  if (image === null || before === undefined) return image === null ? null : { index, ...image };
  if (before.sha256 === image.made.sha256) {
    await doors.keep(before.sampleId, image.made);
    tally.made += 1;
  } else {
    tally.failed(new AssayError('data.shape', 'It came out otherwise in this browser than where it was made first.'));
  }
  return null;
}

async function tellAndKeep(images: readonly Made[], { doors, tally }: Work): Promise<void> {
  if (images.length === 0) return;
  const told = await doors.store(await Promise.all(images.map((image) => toldOf(image, doors))));
  for (const { index, sampleId } of told) {
    const image = images.find((candidate) => candidate.index === index);
    if (sampleId === null) tally.duplicates += 1;
    else if (image !== undefined) {
      await doors.keep(sampleId, image.made);
      tally.made += 1;
    }
  }
}

async function toldOf({ index, made, parents }: Made, doors: BatchDoors): Promise<GeneratedImage> {
  const { sha256, width, height, drawn, png, mask, thumbnail } = made;
  return { index, sha256, width, height, drawn: { ...drawn }, bytes: png.size, maskSha256: mask?.sha256 ?? null, parents: [...parents], thumbnail: await doors.thumbnail(thumbnail) };
}

async function requireSeeds({ seedSampleIds }: GenerationPlan, doors: BatchDoors): Promise<void> {
  const held = await Promise.all(seedSampleIds.map((id) => doors.isHeld(id)));
  const missing = held.filter((is) => !is).length;
  if (missing === 0) return;
  throw new AssayError('private.image_missing', `${missing} of the ${seedSampleIds.length} seed images are not in this browser.`, {
    hint: 'Drop the folder that holds them on the Samples page of this browser, or make the batch in the browser that holds them.',
  });
}

/** Counts what became of the images. */
class Tally {
  made = 0;
  duplicates = 0;
  first: unknown;
  private readonly reasons = new Map<string, number>();

  /** Notes a failure that is the image's own; throws any other on. */
  failed(error: unknown): void {
    const { code, message } = toAssayError(error);
    if (!ownFailures.test(code)) throw error;
    this.first ??= error;
    this.reasons.set(message, (this.reasons.get(message) ?? 0) + 1);
  }

  failures(): { message: string; count: number }[] {
    return [...this.reasons].map(([message, count]) => ({ message, count }));
  }
}
