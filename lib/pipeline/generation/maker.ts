import { availableParallelism } from 'node:os';
import type { Synthesised } from '@/lib/synthesis/generator';
import { planImage } from '@/lib/synthesis/plan';
import type { BatchSettings } from '@/lib/synthesis/synthesise';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import type { SeedImages } from './seed-images';

export type Made = {
  readonly made: Synthesised;
  /** Positions of the seed images that went into it, the one that was changed first. */
  readonly parents: readonly number[];
};

/** Makes the images of a batch, each by its number alone. */
export type Maker = {
  /** @throws AssayError or NumericsError with the reason why this image cannot be made */
  make(index: number): Promise<Made>;
  /** How many it can make at once. */
  readonly lanes: number;
  close(): Promise<void>;
};

/** Makes images by a generator that needs no network; the work is done in compute threads where there are any. */
export function plainMaker(settings: BatchSettings, seeds: SeedImages, context: Pick<PipelineContext, 'signal'>): Maker {
  const quiet = { signal: context.signal, progress: () => undefined };
  return {
    lanes: Math.min(8, availableParallelism()),
    async make(index) {
      const { parent, other } = planImage(settings.seed, index, seeds.count);
      const image = await seeds.read(parent);
      const material = { image, other: other === null ? undefined : await seeds.read(other) };
      const made = await compute('synthesise', { settings, index, material }, quiet);
      return { made, parents: made.usesOther && other !== null ? [parent, other] : [parent] };
    },
    close: async () => undefined,
  };
}
