import { describe, expect, it, vi } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { ddimStep, Diffusion, interpolate, type NoisePredictor } from './diffusion';
import { pairCount, pairOf } from './pairs';
import { keptShares, visitedSteps } from './schedule';

// Thousands of images or network calls: seconds here, more on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const D = 24;
const H = 5;
const random = createRandom(5);
const weights = Float64Array.from({ length: H * D }, () => random.normal() / Math.sqrt(D));
const back = Float64Array.from({ length: H * D }, () => random.normal() / Math.sqrt(H));

/** A small network that is not linear, in float64: h = tanh(W x), epsilon = a(t) x + tanh(V h + t). */
function plainNetwork(x: readonly number[], t: number, h?: readonly number[]): { epsilon: number[]; h: number[] } {
  const own = Array.from({ length: H }, (_, j) => Math.tanh(x.reduce((sum, value, i) => sum + weights[j * D + i]! * value, 0)));
  const used = h ?? own;
  const epsilon = x.map((value, i) => 0.3 * value + 0.7 * Math.tanh(used.reduce((sum, code, j) => sum + back[j * D + i]! * code, 0) + t / 2000));
  return { epsilon, h: own };
}
const network: NoisePredictor = async (x, t, h) => {
  const { epsilon, h: own } = plainNetwork([...x], t, h && [...h]);
  return { epsilon: Float32Array.from(epsilon), h: Float32Array.from(own) };
};
const vector = (seed: number) => {
  const draw = createRandom(seed);
  return Float32Array.from({ length: D }, () => 2 * draw.uniform() - 1);
};

// The reference, written anew from the formulas in float64: alpha-bar as a product, P and D as the papers write them.
const alphaBar = (t: number) => (t < 0 ? 1 : Array.from({ length: t + 1 }, (_, i) => 1 - (1e-4 + ((0.02 - 1e-4) * i) / 999)).reduce((a, b) => a * b, 1));
const tau = (steps: number) => Array.from({ length: steps }, (_, i) => Math.floor((i * 999) / (steps - 1)));
const P = (x: number[], e: number[], t: number) => x.map((v, i) => (v - Math.sqrt(1 - alphaBar(t)) * e[i]!) / Math.sqrt(alphaBar(t)));
function plainInvert(x0: number[], steps: number): number[] {
  let x = x0;
  for (let i = 0; i + 1 < steps; i++) {
    const [t, next] = [tau(steps)[i]!, tau(steps)[i + 1]!];
    const { epsilon } = plainNetwork(x, t);
    x = P(x, epsilon, t).map((p, k) => Math.sqrt(alphaBar(next)) * p + Math.sqrt(1 - alphaBar(next)) * epsilon[k]!);
  }
  return x;
}
function plainInject(style: number[], content: number[], steps: number, gamma: number): number[] {
  let [x, c] = [style, content];
  for (let i = steps - 1; i >= 0; i--) {
    const [t, next] = [tau(steps)[i]!, i === 0 ? -1 : tau(steps)[i - 1]!];
    const own = plainNetwork(x, t);
    const other = plainNetwork(c, t);
    const changed = plainNetwork(x, t, own.h.map((h, j) => (1 - gamma) * h + gamma * other.h[j]!));
    const direction = Math.sqrt(1 - alphaBar(next));
    x = P(x, changed.epsilon, t).map((p, k) => Math.sqrt(alphaBar(next)) * p + direction * own.epsilon[k]!);
    c = P(c, other.epsilon, t).map((p, k) => Math.sqrt(alphaBar(next)) * p + direction * other.epsilon[k]!);
  }
  return x;
}
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
const scale = (a: ArrayLike<number>) => Math.max(...Array.from(a, Math.abs));

describe('the schedule', () => {
  it('is the product of what each step keeps', () => {
    const kept = keptShares();
    for (const t of [0, 1, 37, 500, 999]) expect(kept[t]).toBeCloseTo(alphaBar(t), 12);
    expect(kept[0]).toBeCloseTo(0.9999, 12);
    expect(kept[999]).toBeLessThan(5e-5);
  });

  it('visits steps at equal distances, the first and the last among them', () => {
    expect([...visitedSteps(5, 1000)]).toEqual([0, 249, 499, 749, 999]);
    expect([...visitedSteps(1000, 1000)]).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    for (const count of [1, 1001, 2.5]) expect(() => visitedSteps(count, 1000)).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });
});

describe('a step', () => {
  it('keeps an image whose noise is known', () => {
    const [image, noise] = [vector(1), vector(2)];
    const noisy = (kept: number) => image.map((value, i) => Math.sqrt(kept) * value + Math.sqrt(1 - kept) * noise[i]!);
    expect(largest(ddimStep(noisy(0.3), { image: noise, direction: noise }, 0.3, 0.8), noisy(0.8))).toBeLessThan(1e-6);
    expect(largest(ddimStep(noisy(0.3), { image: noise, direction: noise }, 0.3, 1), image)).toBeLessThan(1e-6);
  });

  it('mixes activations linearly', () => {
    expect([...interpolate(Float32Array.of(0, 10), Float32Array.of(10, 0), 0.75)]).toEqual([7.5, 2.5]);
    expect(() => interpolate(new Float32Array(2), new Float32Array(3), 0.5)).toThrow(expect.objectContaining({ code: 'data.shape' }));
  });
});

describe('the process', () => {
  it.each([2, 10, 40])('of %i steps is that of a plain float64 program, both ways', async (steps) => {
    const diffusion = new Diffusion(network, steps);
    const [style, content] = [vector(1), vector(2)];
    const [styleNoise, contentNoise] = [await diffusion.invert(style), await diffusion.invert(content)];
    const plain = [plainInvert([...style], steps), plainInvert([...content], steps)] as const;
    expect(largest(styleNoise, plain[0])).toBeLessThan(1e-5 * Math.max(1, scale(plain[0])));
    for (const gamma of [0.7, 0.2]) {
      const made = await diffusion.inject(styleNoise, await diffusion.trace(contentNoise), gamma);
      const expected = plainInject(plain[0], plain[1], steps, gamma);
      expect(largest(made, expected)).toBeLessThan(1e-4 * Math.max(1, scale(expected)));
      // The comparison would mean nothing if the content had no say.
      expect(largest(made, await diffusion.reverse(styleNoise))).toBeGreaterThan(0.01);
    }
  });

  it('gives the plain way back for equal inputs, whatever gamma, and for gamma 0, whatever the content', async () => {
    const diffusion = new Diffusion(network, 20);
    const noise = await diffusion.invert(vector(1));
    const plain = await diffusion.reverse(noise);
    const trace = await diffusion.trace(noise);
    for (const gamma of [0, 0.7, 1]) expect(largest(await diffusion.inject(noise, trace, gamma), plain)).toBeLessThan(1e-5 * Math.max(1, scale(plain)));
    const other = await diffusion.trace(await diffusion.invert(vector(2)));
    expect(largest(await diffusion.inject(noise, other, 0), plain)).toBeLessThan(1e-5 * Math.max(1, scale(plain)));
    expect(largest(await diffusion.inject(noise, other, 1), plain)).toBeGreaterThan(0.01);
  });

  it('finds the image again, the better the more steps it takes', async () => {
    const image = vector(3);
    const errors: number[] = [];
    for (const steps of [50, 200, 1000]) {
      const diffusion = new Diffusion(network, steps);
      errors.push(largest(await diffusion.reverse(await diffusion.invert(image)), image));
    }
    expect(errors[1]!).toBeLessThan(errors[0]!);
    expect(errors[2]!).toBeLessThan(0.1);
  });

  it('stops when it is cancelled', async () => {
    const cancel = new AbortController();
    cancel.abort();
    await expect(new Diffusion(network, 5, undefined, cancel.signal).invert(vector(1))).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});

describe('pairs', () => {
  it('are all pairs of the two halves, each once, and the first show every image', () => {
    for (const count of [2, 3, 10, 20, 21]) {
      const pairs = Array.from({ length: pairCount(count) }, (_, index) => pairOf(4, index, count));
      expect(new Set(pairs.map(({ style, content }) => `${style} ${content}`)).size).toBe(pairs.length);
      const [styles, contents] = [new Set(pairs.map(({ style }) => style)), new Set(pairs.map(({ content }) => content))];
      expect([...styles, ...contents].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      expect(new Set(pairs.slice(0, styles.size).flatMap(({ style, content }) => [style, content])).size).toBe(count);
    }
    expect([pairCount(20), pairCount(10), pairCount(1)]).toEqual([100, 25, 0]);
    expect(() => pairOf(4, 100, 20)).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
  });
});
