import { generatorParametersSchema } from '@/lib/api/contracts/generators';
import { AssayError } from '@/lib/errors';
import { decodeImage } from '@/lib/ingest/decode';
import type { JobResult } from '@/lib/jobs/definition';
import type { Generation } from '@/lib/store/generated/client';
import { generationFolder } from '@/lib/store/generations/freeze';
import { anomalyFileName, sampleParameters } from '@/lib/synthesis/provenance';
import type { PipelineContext } from './context';
import { diffStyleMaker } from './generation/diffstyle-maker';
import { encodeAnomaly, thumbnailOf } from './generation/encode';
import { inParallel } from './generation/in-parallel';
import { plainMaker, type Made, type Maker } from './generation/maker';
import { keptImages, type SeedImages } from './generation/seed-images';
import { summaryWords, Tally } from './generation/tally';
import { diffusionModelSource } from './models/diffusion-models';

/**
 * Makes a batch of synthetic anomalies: each is drawn by its number alone, and stored with its thumbnail and mask as an
 * auxiliary sample. Can be stopped or killed at any moment and run again: numbers that are stored already are not made
 * again. An image that the project has already, to the byte, is counted as a duplicate; one that cannot be made is counted with the reason.
 * @param onDuplicate is told the hash of each image that was there already
 * @throws the first such reason when none can be made
 */
export async function generateAnomalies({ generationId }: { generationId: string }, context: PipelineContext, onDuplicate?: (sha256: string) => void): Promise<JobResult> {
  const generation = await context.store.generation.findUniqueOrThrow({ where: { id: generationId } });
  if (generation.state === 'ready') return { generationId, ...(generation.summary as object) };
  context.progress({ step: 'preparing', done: 0, total: generation.count, unit: 'images' });
  const maker = await makerOf(generation, context);
  try {
    const summary = await new Batch(generation, maker, context, onDuplicate).run();
    await context.store.generation.update({ where: { id: generationId }, data: { state: 'ready', summary } });
    context.logger.info({ generationId, summary: summaryWords(summary) }, 'anomalies made');
    return { generationId, ...summary };
  } finally {
    await maker.close();
  }
}

async function makerOf(generation: Generation, context: PipelineContext): Promise<Maker> {
  const { generator, seed, diffusionModelId } = generation;
  const settings = { generator, seed, parameters: generatorParametersSchema.parse(generation.parameters) };
  const seeds = seedsOf(generation, context);
  if (generator !== 'diffstyle') return plainMaker(settings, seeds, context);
  return diffStyleMaker(settings, seeds, await diffusionModelSource(diffusionModelId, context), context);
}

function seedsOf({ seedSampleIds }: Generation, { store, blobs }: PipelineContext): SeedImages {
  return keptImages(seedSampleIds.length, async (position) => {
    const sample = await store.sample.findUnique({ where: { id: seedSampleIds[position]! }, select: { sha256: true } });
    if (sample === null) throw new AssayError('request.not_found', 'A seed sample was deleted after the batch was started.');
    return decodeImage(await blobs.read(sample.sha256));
  });
}

class Batch {
  private readonly tally = new Tally();
  private done = 0;
  private before = 0;

  constructor(
    private readonly generation: Generation,
    private readonly maker: Maker,
    private readonly context: PipelineContext,
    private readonly onDuplicate?: (sha256: string) => void,
  ) {}

  async run() {
    const { id: generationId, count } = this.generation;
    const stored = await this.context.store.sample.findMany({ where: { generationId }, select: { generationIndex: true } });
    const present = new Set(stored.map(({ generationIndex }) => generationIndex));
    this.tally.made = present.size;
    this.done = present.size;
    this.before = present.size;
    this.report();
    await inParallel(Array.from({ length: count }, (_, index) => index).filter((index) => !present.has(index)), this.maker.lanes, (index) => this.one(index));
    return this.tally.summary();
  }

  private async one(index: number): Promise<void> {
    this.context.signal.throwIfAborted();
    const made = await this.maker.make(index).catch((error: unknown) => {
      this.context.signal.throwIfAborted();
      this.tally.failed(error);
      return null;
    });
    if (made !== null) {
      if (await this.store(index, made)) this.tally.made += 1;
      else this.tally.duplicates += 1;
    }
    this.done += 1;
    this.report();
  }

  /** Answers false when the project has this very file already. */
  private async store(index: number, { made, parents }: Made): Promise<boolean> {
    const { blobs, store } = this.context;
    const { id: generationId, projectId, generator, seed, parameters, qualityLabel, seedSampleIds } = this.generation;
    const provenance = { generator, seed, index, parents: parents.map((position) => seedSampleIds[position]!), settings: parameters as Record<string, unknown> };
    const { png, mask } = await encodeAnomaly(made, provenance);
    const [sha256, maskSha256, thumbnailSha256] = [await blobs.put(png), mask === null ? null : await blobs.put(mask), await blobs.put(await thumbnailOf(made))];
    const { width, height } = made.image;
    const { count } = await store.sample.createMany({
      data: [{
        projectId, sha256, thumbnailSha256, maskSha256, width, height, generator, qualityLabel, generationId,
        generationIndex: index,
        fileName: anomalyFileName(provenance),
        folder: generationFolder(this.generation),
        role: 'auxiliary',
        parameters: sampleParameters(made.drawn, provenance) as object,
        format: 'png',
        bytes: png.length,
      }],
      skipDuplicates: true,
    });
    if (count === 0) this.onDuplicate?.(sha256);
    return count > 0;
  }

  private report(): void {
    const { count } = this.generation;
    const rate = this.tally.seconds > 0.5 ? (this.done - this.before) / this.tally.seconds : null;
    this.context.progress({ step: 'making anomalies', done: this.done, total: count, rate, unit: 'images' });
  }
}
