import { NumericsError } from '@/lib/anomaly/errors';
import type { RandomGenerator } from '@/lib/anomaly/random/generator';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import type { Generator, Material, ParameterValues, Synthesised } from './generator';
import { changedPixels, requireImage } from './image';
import { completeParameters } from './parameters';
import { imageRandom, planImage, type PlannedImage } from './plan';
import { generatorOf } from './registry';

/** What decides the images of a batch, beside the seed images. */
export type BatchSettings = {
  /** Id in the registry. */
  readonly generator: string;
  /** Given values; the rest are defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
};

/**
 * One synthetic anomaly. A draw that leaves the image as it is (a patch pasted on its like, a noise that nowhere reaches the
 * threshold) does not count: the generator draws again with the random numbers that follow, up to its number of attempts.
 * @param parameters checked by `completeParameters`
 * @throws NumericsError `data.shape` for a damaged image, `data.too_few_rows` without the second image that the generator needs,
 *   `image.unchanged` when no attempt changed a pixel
 */
export function generateOne<P extends ParameterValues>(generator: Generator<P>, material: Material, parameters: P, random: RandomGenerator): Synthesised {
  requireImage(material.image);
  if (material.other !== undefined) requireImage(material.other);
  for (let attempt = 1; ; attempt += 1) {
    const { image, drawn, usesOther } = generator.generate(material, parameters, random);
    const mask = changedPixels(material.image, image);
    if (generator.attempts === 0 || mask.includes(255)) return { image, mask, drawn: { ...drawn, attempt }, usesOther };
    if (attempt >= generator.attempts) {
      throw new NumericsError('image.unchanged', `${generator.name} left the image as it is ${attempt === 1 ? 'once' : `${attempt} times`}: it may be of one colour or too small.`);
    }
  }
}

/**
 * Image `index` of a batch: the same bytes on every machine for the same settings and images, also in a browser's worker.
 * @param material the images that `planImage` names
 * @throws as `generateOne`, and `parameter.invalid`
 */
export function synthesise({ generator: id, parameters, seed }: BatchSettings, index: number, material: Material): Synthesised {
  const generator = generatorOf(id);
  return generateOne(generator, material, completeParameters(generator, parameters), imageRandom(seed, index));
}

/** An anomaly of a preview, and what it was made of. */
export type PreviewImage = PlannedImage & ({ readonly made: Synthesised } | { readonly failure: string });

/**
 * The first images of a batch over images that are decoded already, one at a time, for a live preview. A job with
 * the same settings over the same seed images in the same order makes the same ones, at their full size.
 * An image that cannot be made says why; the rest proceeds.
 */
export function* previewBatch(settings: BatchSettings, seeds: readonly RgbImage[], count: number): IterableIterator<PreviewImage> {
  completeParameters(generatorOf(settings.generator), settings.parameters);
  for (let index = 0; index < count; index += 1) {
    const planned = planImage(settings.seed, index, seeds.length);
    const material = { image: seeds[planned.parent]!, other: planned.other === null ? undefined : seeds[planned.other] };
    try {
      yield { ...planned, made: synthesise(settings, index, material) };
    } catch (error) {
      if (!(error instanceof NumericsError)) throw error;
      yield { ...planned, failure: error.message };
    }
  }
}

