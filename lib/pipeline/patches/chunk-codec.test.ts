import { describe, expect, it } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { decodeDistances, encodeDistances } from '@/lib/store/patches/distances';
import { decodePatches, encodePatches } from './chunk-codec';

describe('a chunk of patches', () => {
  it('keeps each value within half a step of its column, and extremes and constants about as they are', () => {
    const { normal } = createRandom(1);
    const values = Float32Array.from({ length: 2 * 3 * 4 }, (_, i) => (i % 4 === 3 ? 7 : normal() * 10 ** ((i % 4) - 1) - 100));
    const bytes = encodePatches({ images: 2, patches: 3, dim: 4, values });
    expect(bytes.length).toBe(12 + 32 + 24);
    const chunk = decodePatches(bytes);
    expect([chunk.images, chunk.patches, chunk.dim]).toEqual([2, 3, 4]);
    const read = new Float64Array(24);
    for (let row = 0; row < 6; row += 1) chunk.read(row, read, row * 4);
    for (let c = 0; c < 4; c += 1) {
      const column = Array.from({ length: 6 }, (_, row) => values[row * 4 + c]!);
      const step = (Math.max(...column) - Math.min(...column)) / 255;
      column.forEach((value, row) => expect(Math.abs(read[row * 4 + c]! - value)).toBeLessThanOrEqual(0.51 * step + 1e-4));
    }
  });

  it('is the same bytes for the same values', () => {
    const values = Float32Array.from({ length: 8 }, (_, i) => Math.sin(i));
    expect(encodePatches({ images: 1, patches: 2, dim: 4, values })).toEqual(encodePatches({ images: 1, patches: 2, dim: 4, values: values.slice() }));
  });
});

describe('stored distances', () => {
  it('keep sixteen bits of the largest', () => {
    const values = [0, 0.25, 1.5, 3];
    decodeDistances(encodeDistances(values)).forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 4));
    expect(decodeDistances(encodeDistances([0, 0]))).toEqual(Float64Array.of(0, 0));
  });
});
