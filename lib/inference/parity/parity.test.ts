import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareVectors, maxAbsLimit } from './compare';
import { parityImages } from './probe-images';

const reference = Float32Array.from([3, 4, 0, 0, -5, 12]);

describe('parityImages', () => {
  it('are the same at every run, and as they were when this version of the probe was made', () => {
    const hash = createHash('sha256');
    for (const { rgb, width, height } of parityImages()) hash.update(`${width}x${height}`).update(rgb);
    expect(hash.digest('hex')).toBe('440aab04f67bcc500a27191233e0b0fe905877780e2681b2f0925466bfad3670');
  });

  it('differ from each other and use the whole range', () => {
    for (const { rgb } of parityImages()) expect(new Set(rgb).size).toBeGreaterThan(1);
    const all = new Set(parityImages().flatMap(({ rgb }) => [...rgb]));
    expect(all.size).toBe(256);
  });
});

describe('compareVectors', () => {
  const limit = maxAbsLimit(reference);

  it('sets the limit by the magnitude of the values', () => expect(limit).toBeCloseTo(0.012, 6));

  it('passes equal vectors and small differences', () => {
    expect(compareVectors(reference, reference, 3, limit)).toEqual({ cosine: expect.closeTo(1, 12) as number, maxAbs: 0, passed: true });
    const near = reference.map((value) => value + 0.001);
    expect(compareVectors(reference, near, 3, limit).passed).toBe(true);
  });

  it('fails a single value that is off, and a direction that is off by little', () => {
    const spike = reference.slice();
    spike[5]! += 0.02;
    expect(compareVectors(reference, spike, 3, limit)).toMatchObject({ passed: false, maxAbs: expect.closeTo(0.02, 5) as number });
    const turned = Float32Array.of(3, 4, 0.1, 0, -5, 12);
    const result = compareVectors(reference, turned, 3, 1);
    expect(result.cosine).toBeCloseTo(5 / Math.hypot(5, 0.1), 6);
    expect(result.passed).toBe(false);
  });

  it('reports the worst image, not the mean', () => {
    const one = Float32Array.of(3, 4, 0, 12, -5, 0);
    expect(compareVectors(reference, one, 3, 100).cosine).toBeCloseTo(25 / 169, 6);
  });

  it('refuses other sizes and values that are not finite', () => {
    expect(() => compareVectors(reference, reference.subarray(3), 3, limit)).toThrow(/gives 6 values, but 3 came/);
    expect(() => compareVectors(reference, reference.map(() => NaN), 3, limit)).toThrow(/NaN/);
  });

  it('takes zero vectors as equal to zero vectors only', () => {
    expect(compareVectors(new Float32Array(3), new Float32Array(3), 3, 0).passed).toBe(true);
    expect(compareVectors(new Float32Array(3), Float32Array.of(1, 0, 0), 3, 9).passed).toBe(false);
  });
});
