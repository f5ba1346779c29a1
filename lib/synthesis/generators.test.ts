import { describe, expect, it, vi } from 'vitest';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import type { Drawn, Synthesised } from './generator';
import { planImage } from './plan';
import { generators, generatorOf } from './registry';
import { previewBatch, synthesise } from './synthesise';
import { greyPicture, noisePicture, plainPicture } from './testing/pictures';

// Thousands of images or network calls: seconds here, more on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const picture = noisePicture(256, 256);
const small = noisePicture(64, 64);
const second = noisePicture(64, 64, 2);

const make = (generator: string, index: number, image: RgbImage = small, parameters: Record<string, unknown> = {}, seed = 7): Synthesised =>
  synthesise({ generator, parameters, seed }, index, { image, other: second });
const drawsOf = (count: number, generator: string, image: RgbImage = small, parameters: Record<string, unknown> = {}): Drawn[] =>
  Array.from({ length: count }, (_, index) => make(generator, index, image, parameters).drawn);
const numbers = (draws: readonly Drawn[], name: string) => draws.map((drawn) => drawn[name] as number);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Greatest distance of an empirical distribution function from that of a law on [low, high]. */
function kolmogorov(values: readonly number[], cdf: (x: number) => number): number {
  return Math.max(...values.toSorted((a, b) => a - b).map((x, i) => Math.max(Math.abs(cdf(x) - i / values.length), Math.abs(cdf(x) - (i + 1) / values.length))));
}
const uniform = (low: number, high: number) => (x: number) => Math.max(0, Math.min(1, (x - low) / (high - low)));
/** 99.9 % of the Kolmogorov-Smirnov statistic. */
const limit = (n: number) => 1.95 / Math.sqrt(n);

describe('CutPaste', () => {
  const draws = drawsOf(1500, 'cutpaste');

  it('draws area, shape and colours in the ranges of the paper, evenly', () => {
    expect(kolmogorov(numbers(draws, 'areaShare'), uniform(0.02, 0.15))).toBeLessThan(limit(1500));
    const aspects = numbers(draws, 'aspect');
    expect(kolmogorov(aspects.filter((a) => a < 1), uniform(0.3, 1))).toBeLessThan(limit(600));
    expect(kolmogorov(aspects.filter((a) => a >= 1), uniform(1, 3.3))).toBeLessThan(limit(600));
    expect(Math.abs(meanOf(aspects.map((a) => (a < 1 ? 1 : 0))) - 0.5)).toBeLessThan(0.05);
    for (const name of ['brightness', 'contrast', 'saturation']) expect(kolmogorov(numbers(draws, name), uniform(0.9, 1.1))).toBeLessThan(limit(1500));
    expect(kolmogorov(numbers(draws, 'hue'), uniform(-0.1, 0.1))).toBeLessThan(limit(1500));
    expect(new Set(draws.map(({ order }) => order)).size).toBe(24);
  });

  it('cuts patches of the drawn size that lie in the image, evenly over it', () => {
    for (const drawn of draws) {
      const { width, height, fromX, fromY, toX, toY, areaShare, aspect } = drawn as Record<string, number>;
      expect(Math.abs(width! - Math.sqrt(areaShare! * 4096 * aspect!))).toBeLessThanOrEqual(0.5);
      expect(Math.abs(height! - Math.sqrt((areaShare! * 4096) / aspect!))).toBeLessThanOrEqual(0.5);
      for (const [at, side] of [[fromX, width], [toX, width], [fromY, height], [toY, height]]) expect(at! >= 0 && at! + side! <= 64).toBe(true);
    }
    const places = draws.map((drawn) => (drawn['toX'] as number) / (64 - (drawn['width'] as number)));
    expect(Math.abs(meanOf(places) - 0.5)).toBeLessThan(0.04);
  });

  it('without a colour change moves pixels and changes nothing else', () => {
    const { image, drawn } = make('cutpaste', 3, picture, { jitter: 0 });
    const { width, height, fromX, fromY, toX, toY } = drawn as Record<string, number>;
    for (let y = 0; y < 256; y++) {
      for (let x = 0; x < 256; x++) {
        const inside = x >= toX! && x < toX! + width! && y >= toY! && y < toY! + height!;
        const source = inside ? (y - toY! + fromY!) * 256 + x - toX! + fromX! : y * 256 + x;
        for (let c = 0; c < 3; c++) if (image.rgb[3 * (y * 256 + x) + c] !== picture.rgb[3 * source + c]) throw new Error(`pixel ${x}, ${y}`);
      }
    }
  });
});

describe('CutPaste-scar', () => {
  it('draws width, length and angle in the ranges of the paper', () => {
    const draws = drawsOf(800, 'cutpaste-scar', picture);
    const within = (name: string, low: number, high: number) => numbers(draws, name).every((value) => value >= low && value <= high);
    expect([within('width', 2, 16), within('length', 10, 25), within('rotation', -45, 45)]).toEqual([true, true, true]);
    expect(kolmogorov(numbers(draws, 'rotation'), uniform(-45, 45))).toBeLessThan(limit(800));
    expect(Math.abs(meanOf(numbers(draws, 'width')) - 9)).toBeLessThan(0.6);
    expect(Math.abs(meanOf(numbers(draws, 'length')) - 17.5)).toBeLessThan(0.6);
    expect([Math.min(...numbers(draws, 'width')), Math.max(...numbers(draws, 'width')), Math.min(...numbers(draws, 'length')), Math.max(...numbers(draws, 'length'))]).toEqual([2, 16, 10, 25]);
  });

  it('scales with the image and turns a patch of about its own area', () => {
    const large = noisePicture(512, 512);
    for (let index = 0; index < 20; index++) {
      const { drawn, mask } = make('cutpaste-scar', index, large);
      const { width, length } = drawn as Record<string, number>;
      expect(width! >= 4 && width! <= 32 && length! >= 20 && length! <= 50).toBe(true);
      const changed = mask.filter((value) => value === 255).length;
      // The rotated rectangle covers as many pixel centres as its area, give or take its rim.
      expect(Math.abs(changed - width! * length!)).toBeLessThan(width! + length!);
    }
  });
});

describe('CutMix', () => {
  it('draws lambda from Beta(1, 1), and from Beta(alpha, alpha) when asked to', () => {
    expect(kolmogorov(numbers(drawsOf(1000, 'cutmix'), 'lambda'), uniform(0, 1))).toBeLessThan(limit(1000));
    const peaked = numbers(drawsOf(400, 'cutmix', small, { alpha: 8 }), 'lambda');
    // Variance of Beta(a, a) is 1 / (4 (2a + 1)).
    expect(meanOf(peaked.map((lambda) => (lambda - 0.5) ** 2))).toBeCloseTo(1 / 68, 2);
  });

  it('takes a box of area 1 - lambda at the same place of the other image, less what the border cuts off', () => {
    for (let index = 0; index < 100; index++) {
      const { image, mask, drawn } = make('cutmix', index);
      const { x, y, width, height, lambda } = drawn as Record<string, number>;
      const side = Math.max(1, Math.trunc(64 * Math.sqrt(1 - lambda!)));
      expect(width! <= side && height! <= side).toBe(true);
      if (x! > 0 && x! + width! < 64) expect(width).toBe(side);
      for (let pixel = 0; pixel < mask.length; pixel++) {
        const inside = pixel % 64 >= x! && pixel % 64 < x! + width! && Math.floor(pixel / 64) >= y! && Math.floor(pixel / 64) < y! + height!;
        const source = inside ? second : small;
        if (image.rgb[3 * pixel] !== source.rgb[3 * pixel]) throw new Error(`pixel ${pixel}`);
      }
    }
  });

  it('needs a second image, of any size', () => {
    expect(() => synthesise({ generator: 'cutmix', parameters: {}, seed: 1 }, 0, { image: small, other: undefined })).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    const other = noisePicture(31, 90);
    expect(synthesise({ generator: 'cutmix', parameters: {}, seed: 1 }, 0, { image: small, other }).image).toMatchObject({ width: 64, height: 64 });
  });
});

describe('DRAEM', () => {
  it('mixes the texture in with one opacity where the noise is above the threshold', () => {
    const draws = Array.from({ length: 300 }, (_, index) => make('draem', index));
    const exponents = draws.flatMap(({ drawn }) => [Math.log2(drawn['columns'] as number), Math.log2(drawn['rows'] as number)]);
    expect(new Set(exponents)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    const opacities = draws.map(({ drawn }) => drawn['opacity'] as number);
    expect(opacities.every((opacity) => opacity >= 0.1 && opacity <= 1)).toBe(true);
    for (const { image, drawn } of draws.slice(0, 40)) {
      const opacity = drawn['opacity'] as number;
      let covered = 0;
      for (let i = 0; i < small.rgb.length; i++) {
        const mixed = Math.abs(image.rgb[i]! - ((1 - opacity) * small.rgb[i]! + opacity * second.rgb[i]!)) <= 0.5;
        if (image.rgb[i] === small.rgb[i]) continue;
        expect(mixed).toBe(true);
        covered++;
      }
      expect(covered).toBeLessThanOrEqual(3 * 64 * 64 * (drawn['coveredShare'] as number) + 1e-6);
    }
  });

  it('falls back to noise with one seed image', () => {
    const { drawn } = synthesise({ generator: 'draem', parameters: {}, seed: 1 }, 0, { image: small, other: undefined });
    expect(drawn['texture']).toBe('noise');
  });
});

describe('every generator', () => {
  it.each(generators.map(({ id }) => id))('%s gives the same bytes for a seed and an index, others for another', (id) => {
    const first = make(id, 4);
    expect(make(id, 4)).toEqual(first);
    if (id === 'copy') return;
    expect(make(id, 5).image.rgb).not.toEqual(first.image.rgb);
    expect(make(id, 4, small, {}, 8).image.rgb).not.toEqual(first.image.rgb);
  });

  it.each(generators.map(({ id }) => id))('%s marks exactly the pixels that differ, and leaves its input alone', (id) => {
    const before = Uint8Array.from(small.rgb);
    const { image, mask } = make(id, 1);
    expect(small.rgb).toEqual(before);
    const expected = Uint8Array.from({ length: 64 * 64 }, (_, p) => ([0, 1, 2].some((c) => image.rgb[3 * p + c] !== before[3 * p + c]) ? 255 : 0));
    expect(mask).toEqual(expected);
    expect(mask.includes(255)).toBe(id !== 'copy');
  });

  it.each(generators.map(({ id }) => id))('%s takes tiny, long and grey images', (id) => {
    for (const [width, height] of [[2, 2], [3, 1], [1, 40], [500, 2], [17, 5]] as const) {
      const { image, mask } = synthesise({ generator: id, parameters: {}, seed: 3 }, 0, { image: noisePicture(width, height), other: noisePicture(width, height, 9) });
      expect([image.rgb.length, mask.length]).toEqual([3 * width * height, width * height]);
    }
    const grey = synthesise({ generator: id, parameters: {}, seed: 3 }, 0, { image: greyPicture(40, 30), other: greyPicture(30, 40) }).image.rgb;
    if (id !== 'draem') expect([...grey].every((value, i) => value === grey[i - (i % 3)])).toBe(true);
  });

  it('does not make an anomaly of an image that it cannot change, and says so', () => {
    const flat = plainPicture(32, 32);
    expect(() => synthesise({ generator: 'cutpaste', parameters: { jitter: 0 }, seed: 1 }, 0, { image: flat, other: flat })).toThrow(expect.objectContaining({ code: 'image.unchanged' }));
    expect(() => synthesise({ generator: 'elastic', parameters: {}, seed: 1 }, 0, { image: flat, other: undefined })).toThrow(expect.objectContaining({ code: 'image.unchanged' }));
    expect(synthesise({ generator: 'copy', parameters: {}, seed: 1 }, 0, { image: flat, other: undefined }).mask.includes(255)).toBe(false);
  });

  it('draws again until something changes, and tells how often', () => {
    // Half black, half white: a patch pasted within its half changes nothing.
    const halves: RgbImage = { rgb: Uint8Array.from({ length: 3 * 40 * 40 }, (_, i) => ((Math.floor(i / 3) % 40) < 20 ? 0 : 255)), width: 40, height: 40 };
    const attempts = Array.from({ length: 40 }, (_, index) => make('cutpaste', index, halves, { jitter: 0 }).drawn['attempt'] as number);
    expect(Math.max(...attempts)).toBeGreaterThan(1);
    expect(Math.min(...attempts)).toBe(1);
  });

  it('refuses unknown names and values out of range', () => {
    const of = (generator: string, parameters: Record<string, unknown>) => () => make(generator, 0, small, parameters);
    for (const call of [of('cutpaste', { area: 1 }), of('cutpaste', { areaMinimum: 0.4 }), of('cutpaste', { jitter: 0.7 }), of('draem', { texture: 'wood' }), of('draem', { scaleMaximum: 1.5 }), of('wood', {}), of('elastic', { alpha: '2000' })]) {
      expect(call).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
    }
    expect(() => make('copy', 0, { rgb: new Uint8Array(5), width: 1, height: 1 })).toThrow(expect.objectContaining({ code: 'data.shape' }));
  });
});

describe('a batch', () => {
  const seeds = Array.from({ length: 5 }, (_, i) => noisePicture(20, 20, i + 1));

  it('lets seed images take turns and never pairs one with itself', () => {
    const plans = Array.from({ length: 500 }, (_, index) => planImage(3, index, 5));
    for (let round = 0; round < 500; round += 5) expect(new Set(plans.slice(round, round + 5).map(({ parent }) => parent)).size).toBe(5);
    expect(plans.every(({ parent, other }) => other !== parent && other !== null && other >= 0 && other < 5)).toBe(true);
    for (let other = 0; other < 5; other++) expect(Math.abs(plans.filter((plan) => plan.other === other).length - 100)).toBeLessThan(45);
    expect(planImage(3, 2, 1)).toEqual({ index: 2, parent: 0, other: null });
    expect(() => planImage(3, 0, 0)).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
  });

  it('does not depend on how many are made', () => {
    const settings = { generator: 'cutmix', parameters: {}, seed: 11 };
    expect([...previewBatch(settings, seeds, 9)].slice(0, 3)).toEqual([...previewBatch(settings, seeds, 3)]);
  });

  it('goes on when one image cannot be changed', () => {
    const mixed = [plainPicture(8, 8), noisePicture(8, 8)];
    const made = [...previewBatch({ generator: 'elastic', parameters: {}, seed: 1 }, mixed, 2)];
    expect(made.map((one) => 'made' in one).toSorted()).toEqual([false, true]);
  });
});

describe('the registry', () => {
  it('describes every parameter with a default in its range', () => {
    for (const generator of generators) {
      expect(generatorOf(generator.id)).toBe(generator);
      for (const parameter of generator.parameters) {
        if (parameter.kind === 'number') expect(parameter.default >= parameter.minimum && parameter.default <= parameter.maximum).toBe(true);
        else expect(parameter.options.map(({ value }) => value)).toContain(parameter.default);
      }
    }
  });
});
