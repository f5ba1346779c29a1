import { describe, expect, it, vi } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { applyJitter } from './colour-jitter';
import { displaced, gaussianKernel, randomDisplacement } from './displacement';
import { direction, exponential } from './exact-math';
import { perlin } from './perlin';
import { noisePicture } from './testing/pictures';

// Thousands of images or network calls: seconds here, more on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('exact functions', () => {
  it('agree with the built-in ones', () => {
    for (let angle = -Math.PI; angle <= Math.PI; angle += 0.01) {
      expect(Math.abs(direction(angle).cos - Math.cos(angle))).toBeLessThan(1e-13);
      expect(Math.abs(direction(angle).sin - Math.sin(angle))).toBeLessThan(1e-13);
    }
    for (let x = -60; x <= 0; x += 0.37) expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-11);
  });
});

describe('Perlin noise', () => {
  it('is 0 at lattice points and stays between -1 and 1', () => {
    const noise = perlin(8, 4, createRandom(1));
    for (let x = 0; x <= 8; x++) for (let y = 0; y <= 4; y++) expect(Math.abs(noise.at(x, y))).toBeLessThan(1e-15);
    let largest = 0;
    for (let seed = 0; seed < 30; seed++) {
      const one = perlin(8, 8, createRandom(seed));
      for (let x = 0; x <= 8; x += 0.05) for (let y = 0; y <= 8; y += 0.05) largest = Math.max(largest, Math.abs(one.at(x, y)));
    }
    expect(largest).toBeLessThanOrEqual(1);
    expect(largest).toBeGreaterThan(0.85);
  });

  it('is smooth across cell borders', () => {
    const noise = perlin(4, 4, createRandom(2));
    for (let y = 0.1; y < 4; y += 0.2) {
      const slope = (x: number) => (noise.at(x + 1e-5, y) - noise.at(x - 1e-5, y)) / 2e-5;
      expect(Math.abs(noise.at(2 - 1e-9, y) - noise.at(2 + 1e-9, y))).toBeLessThan(1e-7);
      expect(Math.abs(slope(2 - 1e-4) - slope(2 + 1e-4))).toBeLessThan(5e-3);
    }
  });

  it('has mean 0, the variance of its formula, and few places above one half', () => {
    let [sum, squares, above, count] = [0, 0, 0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const noise = perlin(8, 8, createRandom(seed));
      for (let x = 0.01; x < 8; x += 0.08) {
        for (let y = 0.01; y < 8; y += 0.08) {
          const value = noise.at(x, y);
          sum += value;
          squares += value * value;
          if (value > 0.5) above++;
          count++;
        }
      }
    }
    // Independent unit gradients: each corner adds weight² · |distance|² / 2, times 2 for the scale, integrated numerically.
    const fade = (t: number) => t ** 3 * (t * (6 * t - 15) + 10);
    let expected = 0;
    const n = 200;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const [x, y] = [(i + 0.5) / n, (j + 0.5) / n];
        for (const [cx, cy] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
          const weight = (cx === 0 ? 1 - fade(x) : fade(x)) * (cy === 0 ? 1 - fade(y) : fade(y));
          expected += (weight ** 2 * ((x - cx) ** 2 + (y - cy) ** 2)) / n ** 2;
        }
      }
    }
    expect(Math.abs(sum / count)).toBeLessThan(0.01);
    expect(squares / count).toBeCloseTo(expected, 2);
    // A share between what a normal of that variance would have (3 %) and three times that.
    expect(above / count).toBeGreaterThan(0.01);
    expect(above / count).toBeLessThan(0.1);
  });
});

describe('elastic distortion', () => {
  it('with alpha 0 leaves the image as it is', () => {
    for (const [width, height] of [[64, 64], [300, 200], [31, 47], [1, 9]] as const) {
      const image = noisePicture(width, height);
      const { image: same, meanShift } = displaced(image, randomDisplacement(image, 0, 5, createRandom(1)));
      expect([...same.rgb]).toEqual([...image.rgb]);
      expect(meanShift).toBe(0);
    }
  });

  it('moves pixels as far as the smoothed noise of its formula', () => {
    const size = { width: 256, height: 256 };
    const field = randomDisplacement(size, 2000, 5, createRandom(4));
    const kernel = gaussianKernel(5);
    const squares = kernel.reduce((sum, weight) => sum + weight * weight, 0);
    // Variance of uniform noise is 1/3; a two-dimensional kernel multiplies it by the square of the sum of squares.
    const expected = 1000 * Math.sqrt(1 / 3) * squares;
    const deviation = Math.sqrt(field.x.reduce((sum, value) => sum + value * value, 0) / field.x.length);
    expect(deviation / expected).toBeGreaterThan(0.93);
    expect(deviation / expected).toBeLessThan(1.07);
    expect(expected).toBeGreaterThan(30);
    expect(expected).toBeLessThan(35);
  });

  it('shifts by a known field exactly', () => {
    const image = noisePicture(256, 256);
    const shift = { width: 256, height: 256, x: new Float64Array(65_536).fill(3), y: new Float64Array(65_536).fill(-2) };
    const { image: moved } = displaced(image, shift);
    for (let y = 2; y < 256; y += 7) for (let x = 0; x < 253; x += 5) expect(moved.rgb[3 * (y * 256 + x)]).toBe(image.rgb[3 * ((y - 2) * 256 + x + 3)]);
  });

  it('smooths as a plain convolution with mirrored borders does', () => {
    const field = randomDisplacement({ width: 20, height: 12 }, 2, 1.5, createRandom(6));
    const random = createRandom(6);
    const { width, height } = field;
    const noise = Float64Array.from({ length: width * height }, () => 2 * random.uniform() - 1);
    const mirror = (i: number, n: number) => (i < 0 ? -i : i >= n ? 2 * n - 2 - i : i);
    for (const [x, y] of [[0, 0], [width - 1, height - 1], [3, 7], [width - 2, 1]] as const) {
      let [sum, weights] = [0, 0];
      for (let dy = -6; dy <= 6; dy++) {
        for (let dx = -6; dx <= 6; dx++) {
          const weight = Math.exp(-(dx * dx + dy * dy) / 4.5);
          weights += weight;
          sum += weight * noise[mirror(y + dy, height) * width + mirror(x + dx, width)]!;
        }
      }
      expect(field.x[y * width + x]).toBeCloseTo(sum / weights, 10);
    }
  });
});

describe('colour change', () => {
  const jitter = { brightness: 1, contrast: 1, saturation: 1, hue: 0, order: 'brightness contrast saturation hue' };
  const changed = (pixels: readonly number[], change: Partial<typeof jitter>) => {
    const patch = Float64Array.from(pixels);
    applyJitter(patch, { ...jitter, ...change });
    return [...patch].map((value) => Math.round(value * 1000) / 1000);
  };
  const pixels = [200, 100, 50, 10, 20, 30];

  it('with neutral values changes nothing', () => expect(changed(pixels, {})).toEqual(pixels));
  it('brightens', () => expect(changed(pixels, { brightness: 1.1 })).toEqual([220, 110, 55, 11, 22, 33]));
  it('keeps grey grey whatever the hue', () => expect(changed([80, 80, 80], { hue: 0.1, saturation: 1.1 })).toEqual([80, 80, 80]));
  it('takes the colour away at saturation 0', () => expect(changed([200, 100, 50], { saturation: 0 })).toEqual([124.2, 124.2, 124.2]));
  it('turns red into green by a third of the circle, and any colour into itself by a whole one', () => {
    expect(changed([255, 0, 0], { hue: 1 / 3 })).toEqual([0, 255, 0]);
    expect(changed([200, 100, 50], { hue: 1 })).toEqual([200, 100, 50]);
    expect(changed([200, 100, 50], { hue: -1 / 3 })).toEqual([100, 50, 200]);
  });
  it('spreads about the mean grey', () => {
    const [a, , , b] = changed([100, 100, 100, 50, 50, 50], { contrast: 2 });
    expect([a, b]).toEqual([125, 25]);
  });
});
