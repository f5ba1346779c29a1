import { NumericsError } from '@/lib/anomaly/errors';
import { keptShares, visitedSteps } from './schedule';

/** What a network says of a noisy image. */
export type NoisePrediction = {
  /** The noise in it, of the image's shape. */
  readonly epsilon: Float32Array;
  /** Activation of the network's innermost layer for this image, whatever it was replaced by. */
  readonly h: Float32Array;
};

/**
 * A diffusion network: noise in an image x after step t. With `h`, its innermost activation is replaced before the second half.
 * Images are channel by channel, values from -1 to 1 where there is no noise.
 */
export type NoisePredictor = (x: Float32Array, t: number, h?: Float32Array) => Promise<NoisePrediction>;

/** Noise that splits a step in two: one to predict the image with, one that points back to the noise. */
type StepNoise = { readonly image: Float32Array; readonly direction: Float32Array };

/** Deterministic diffusion (DDIM, Song et al. 2021, with eta = 0) over some of the steps of a network. */
export class Diffusion {
  readonly steps: Int32Array;
  private readonly kept: Float64Array;

  constructor(
    private readonly predict: NoisePredictor,
    count: number,
    kept = keptShares(),
    private readonly signal?: AbortSignal,
  ) {
    this.kept = kept;
    this.steps = visitedSteps(count, kept.length);
  }

  /**
   * Runs the process from an image to the noise that it comes from: x_T. The image counts as x after the first step, whose
   * noise is not seen; each step uses the noise that is predicted before it.
   */
  async invert(image: Float32Array): Promise<Float32Array> {
    let x = image;
    for (let i = 0; i + 1 < this.steps.length; i += 1) {
      const { epsilon } = await this.ask(x, i);
      x = ddimStep(x, { image: epsilon, direction: epsilon }, this.kept[this.steps[i]!]!, this.kept[this.steps[i + 1]!]!);
    }
    return x;
  }

  /** Runs the process back from noise to an image. `seen` gets the innermost activation of every step, the noisiest first. */
  async reverse(noise: Float32Array, seen?: (h: Float32Array) => void): Promise<Float32Array> {
    return this.walkBack(noise, async (x, i) => {
      const { epsilon, h } = await this.ask(x, i);
      seen?.(h);
      return { image: epsilon, direction: epsilon };
    });
  }

  /** Innermost activations on the way back from noise, the noisiest step first. */
  async trace(noise: Float32Array): Promise<Float32Array[]> {
    const activations: Float32Array[] = [];
    await this.reverse(noise, (h) => activations.push(h));
    return activations;
  }

  /**
   * The asymmetric way back (SWSA, equation 2): from the noise of the style image, with the innermost activation
   * h_gen = (1 - gamma) h + gamma h_content at every step, where h is that of the image on its way and h_content that of the
   * content image at the same step. The image P_t is predicted with h_gen in place, the direction D_t without.
   */
  async inject(styleNoise: Float32Array, content: readonly Float32Array[], gamma: number): Promise<Float32Array> {
    if (content.length !== this.steps.length) throw new NumericsError('data.shape', `The content has activations of ${content.length} steps; the process has ${this.steps.length}.`);
    return this.walkBack(styleNoise, async (x, i) => {
      const own = await this.ask(x, i);
      const mixed = interpolate(own.h, content[this.steps.length - 1 - i]!, gamma);
      const changed = await this.ask(x, i, mixed);
      return { image: changed.epsilon, direction: own.epsilon };
    });
  }

  private async walkBack(noise: Float32Array, noiseAt: (x: Float32Array, i: number) => Promise<StepNoise>): Promise<Float32Array> {
    let x = noise;
    for (let i = this.steps.length - 1; i >= 0; i -= 1) {
      const next = i === 0 ? 1 : this.kept[this.steps[i - 1]!]!;
      x = ddimStep(x, await noiseAt(x, i), this.kept[this.steps[i]!]!, next);
    }
    return x;
  }

  private ask(x: Float32Array, i: number, h?: Float32Array): Promise<NoisePrediction> {
    if (this.signal?.aborted === true) throw new NumericsError('job.cancelled', 'The computation was cancelled.');
    return this.predict(x, this.steps[i]!, h);
  }
}

/**
 * One step between noise levels: sqrt(to) P + D, P = (x - sqrt(1 - from) noise) / sqrt(from), D = sqrt(1 - to) direction.
 * @param from share of the image that is kept in x
 * @param to the same after the step
 */
export function ddimStep(x: Float32Array, noise: StepNoise, from: number, to: number): Float32Array {
  const [noiseBefore, scale, noiseAfter] = [Math.sqrt(1 - from), Math.sqrt(to / from), Math.sqrt(1 - to)];
  const result = new Float32Array(x.length);
  for (let i = 0; i < x.length; i += 1) result[i] = scale * (x[i]! - noiseBefore * noise.image[i]!) + noiseAfter * noise.direction[i]!;
  return result;
}

/** (1 - gamma) a + gamma b. */
export function interpolate(a: Float32Array, b: Float32Array, gamma: number): Float32Array {
  if (a.length !== b.length) throw new NumericsError('data.shape', `Activations of ${a.length} and of ${b.length} values cannot be mixed.`);
  return a.map((value, i) => (1 - gamma) * value + gamma * b[i]!);
}
