import type { RgbImage } from '@/lib/inference/preprocess/image';
import { resizeRgb } from '@/lib/inference/preprocess/resize';
import type { Synthesised } from '../generator';
import { changedPixels } from '../image';
import { Diffusion, type NoisePredictor } from './diffusion';
import { imageOfTensor, shapeWithin, tensorOf, type Side } from './image-tensor';
import type { DiffStyleParameters } from './parameters';

/** A network with the size of its images. */
export type DiffusionNetwork = Side & { readonly predict: NoisePredictor };

/** Noise and activations of images that serve several pairs; up to this much memory is kept. */
const MAX_KEPT_VALUES = 128 * 1024 * 1024;

/**
 * DiffStyle as SWSA uses it (section 3.2): both images are turned into noise, and the style's noise is led back with the content's
 * innermost activations mixed in. Nothing is random: the same pair gives the same image.
 */
export class DiffStyle {
  private readonly diffusion: Diffusion;
  private readonly noises = new Map<number, Promise<Float32Array>>();
  private readonly traces = new Map<number, Promise<Float32Array[]>>();

  /** @param read decodes a seed image by its position */
  constructor(
    private readonly network: DiffusionNetwork,
    private readonly parameters: DiffStyleParameters,
    private readonly read: (position: number) => Promise<RgbImage>,
    signal?: AbortSignal,
  ) {
    this.diffusion = new Diffusion(network.predict, parameters.steps, undefined, signal);
  }

  /** The image of a pair. Its mask marks the pixels that differ from the style image at the same size: nearly all. */
  async make({ style, content }: { readonly style: number; readonly content: number }): Promise<Synthesised> {
    const { gamma, steps } = this.parameters;
    const values = await this.diffusion.inject(await this.noiseOf(style), await this.traceOf(content), gamma);
    const original = await this.read(style);
    const size = shapeWithin(original, this.network);
    const image = sized(imageOfTensor(values, this.network), size);
    const mask = changedPixels(sized(original, size), image);
    return { image, mask, drawn: { gamma, steps, networkWidth: this.network.width, networkHeight: this.network.height, attempt: 1 }, usesOther: true };
  }

  private noiseOf(position: number): Promise<Float32Array> {
    return kept(this.noises, position, 3 * this.network.width * this.network.height, async () => this.diffusion.invert(tensorOf(await this.read(position), this.network)));
  }

  private async traceOf(position: number): Promise<Float32Array[]> {
    const noise = await this.noiseOf(position);
    // Before a trace is there, its size is not known; that of one step of the image is a fair guess.
    return kept(this.traces, position, this.parameters.steps * noise.length, () => this.diffusion.trace(noise));
  }
}

/** What was computed for a key, or the computation; the oldest goes when there is no room. A failure is not kept. */
function kept<T>(entries: Map<number, Promise<T>>, key: number, size: number, compute: () => Promise<T>): Promise<T> {
  const present = entries.get(key);
  if (present !== undefined) return present;
  const [oldest] = entries.keys();
  if (oldest !== undefined && (entries.size + 1) * size > MAX_KEPT_VALUES) entries.delete(oldest);
  const entry = compute();
  entries.set(key, entry);
  entry.catch(() => entries.delete(key));
  return entry;
}

function sized(image: RgbImage, { width, height }: Side): RgbImage {
  return image.width === width && image.height === height ? image : resizeRgb(image, width, height, 'bilinear');
}
