import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateDemoSet } from './demo-set';
import { photograph } from './photograph';
import { demoProducts } from './products/catalogue';
import type { DemoCounts, DemoProduct, DemoSample } from './types';

const few: DemoCounts = { trainNormals: 3, testNormals: 2, anomalies: 6, auxiliaryPerQuality: 4 };
const digest = ({ rgb }: DemoSample) => createHash('sha256').update(rgb).digest('hex');
const setOf = (product: DemoProduct, seed = 1, counts = few) => [...generateDemoSet(product, seed, counts)];

/** Mean absolute difference of two pictures in code values. */
function difference(a: DemoSample, b: DemoSample): number {
  let sum = 0;
  for (let i = 0; i < a.rgb.length; i++) sum += Math.abs((a.rgb[i] as number) - (b.rgb[i] as number));
  return sum / a.rgb.length;
}

/** Mean code value. */
function brightness({ rgb }: DemoSample): number {
  return rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
}

describe.each(demoProducts.map((product) => [product.id, product] as const))('the demo set of the %s', { timeout: 60_000 }, (_, product) => {
  const samples = setOf(product);

  it('is the same bytes, names and order for the same seed, and other bytes for another', () => {
    const again = setOf(product);
    expect(again.map(digest)).toEqual(samples.map(digest));
    expect(again.map(({ path, seed }) => [path, seed])).toEqual(samples.map(({ path, seed }) => [path, seed]));
    const known = new Set(samples.map(digest));
    const other = setOf(product, 2, { trainNormals: 1, testNormals: 1, anomalies: 2, auxiliaryPerQuality: 1 });
    expect(other.some((sample) => known.has(digest(sample)))).toBe(false);
  });

  it('holds the asked number of each kind, of the stated size, no picture twice', () => {
    const count = (keep: (sample: DemoSample) => boolean) => samples.filter(keep).length;
    expect(count(({ role, split }) => role === 'normal' && split === 'train')).toBe(3);
    expect(count(({ role, split }) => role === 'normal' && split === 'test')).toBe(2);
    expect(count(({ role }) => role === 'anomaly')).toBe(6);
    for (const quality of ['realistic', 'indistinguishable', 'unrealistic']) {
      expect(count(({ role, qualityLabel }) => role === 'auxiliary' && qualityLabel === quality)).toBe(4);
    }
    expect(samples).toHaveLength(23);
    expect(new Set(samples.map(digest)).size).toBe(23);
    expect(new Set(samples.map(({ path }) => path)).size).toBe(23);
    for (const { rgb, width, height } of samples) expect(rgb).toHaveLength(width * height * 3);
  });

  it('shows every defect type, each with a mask that is neither empty nor most of the picture', () => {
    const real = samples.filter(({ role }) => role === 'anomaly');
    expect(new Set(real.map(({ defectType }) => defectType))).toEqual(new Set(product.defectTypes));
    const masked = samples.filter(({ role, qualityLabel }) => role === 'anomaly' || qualityLabel === 'realistic');
    for (const sample of masked) {
      expect(sample.mask).toHaveLength(sample.width * sample.height);
      const covered = sample.mask?.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0) ?? 0;
      expect(covered).toBeGreaterThan(60);
      expect(covered).toBeLessThan(0.15 * sample.width * sample.height);
    }
    for (const sample of samples) if (!masked.includes(sample)) expect(sample.mask).toBeUndefined();
  });

  it('changes the picture where the mask is, and nowhere else', () => {
    for (const type of product.defectTypes) {
      const [sound, broken] = pairOf(product, type);
      const inside: number[] = [];
      const outside: number[] = [];
      broken.mask?.forEach((value, i) => {
        const change = Math.abs((sound.rgb[3 * i + 1] as number) - (broken.rgb[3 * i + 1] as number));
        (value === 255 ? inside : outside).push(change);
      });
      const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      expect(mean(inside), type).toBeGreaterThan(6);
      expect(mean(outside), type).toBeLessThan(0.6);
    }
  });

  it('gives normals that differ from one another as parts and exposures do, not more', () => {
    const normals = samples.filter(({ role }) => role === 'normal');
    for (const [i, one] of normals.entries()) {
      for (const other of normals.slice(i + 1)) {
        expect(difference(one, other)).toBeGreaterThan(1);
        expect(Math.abs(Math.log(brightness(one) / brightness(other)))).toBeLessThan(0.12);
      }
    }
  });

  it('keeps the auxiliary quality out of the generator name', () => {
    const names = samples.filter(({ role }) => role === 'auxiliary').map(({ generator }) => generator);
    expect(new Set(names).size).toBe(1);
  });
});

/** The same part under the same camera, sound and with a defect. */
function pairOf(product: DemoProduct, type: string): [DemoSample, DemoSample] {
  const counts = { trainNormals: 0, testNormals: 0, anomalies: product.defectTypes.length, auxiliaryPerQuality: 0 };
  const broken = [...generateDemoSet(product, 5, counts)].find(({ defectType }) => defectType === type) as DemoSample;
  return [renderSound(product, broken), broken];
}

function renderSound(product: DemoProduct, { seed, width, height }: DemoSample): DemoSample {
  const { rgb } = photograph(product, seed);
  return { path: '', role: 'normal', split: 'test', generator: '', parameters: {}, seed, width, height, rgb };
}
