import { describe, expect, it } from 'vitest';
import { goldenInput, goldenNames, largestDifference } from '../golden/golden-data';
import { createMatrix, matrixFromRows, rowRange } from '../linalg/matrix';
import { cap } from './cap';

const onePass = { seed: 0, subsets: 0 };

describe('CAP', () => {
  it.each(goldenNames)('keeps its numbers in their ranges and ties them together on %s', async (name) => {
    const input = goldenInput(name);
    const m = input.labels.reduce((sum, label) => sum + label, 0);
    const n0 = input.labels.length - m;
    const { quality, columns } = await cap(input, onePass);
    quality.forEach((phi, i) => {
      const tail = columns.normalTail[i]!;
      expect(tail).toBeGreaterThanOrEqual(1 / (n0 + 1));
      expect(tail).toBeLessThanOrEqual(1);
      expect(columns.novelty[i]).toBeCloseTo(-Math.log(tail) / Math.log(n0 + 1), 12);
      expect(columns.expectedCount[i]).toBeCloseTo((m + 1) * columns.anomalyTail[i]!, 12);
      expect(phi).toBeCloseTo((columns.expectedCount[i]! * columns.novelty[i]!) / (1 + columns.expectedCount[i]!), 12);
      expect(phi).toBeLessThanOrEqual(1);
    });
  });

  it('calls what is far from everything unrealistic and a copy of a normal indistinguishable', async () => {
    const input = goldenInput('gauss8');
    const normal = input.labels.indexOf(0);
    const far = Array.from({ length: 8 }, () => 1e5);
    const auxiliary = matrixFromRows([Array.from(rowRange(input.train, normal, normal + 1).data), far]);
    const { quality, columns } = await cap({ ...input, auxiliary }, onePass);
    expect(columns.novelty[0]).toBeLessThan(0.05);
    expect(columns.novelty[1]).toBe(1);
    expect(columns.expectedCount[1]).toBeLessThan(1e-4);
    expect(Math.max(...quality)).toBeLessThan(0.05);
  });

  it('averages over subsets, the same for the same seed', async () => {
    const input = goldenInput('gauss3');
    const result = await cap(input, { seed: 3, subsets: 8 });
    expect(await cap(input, { seed: 3, subsets: 8 })).toEqual(result);
    expect(result.quality).toEqual(result.spread!.mean);
    expect(result.columns.quality).toEqual((await cap(input, onePass)).quality);
    expect(largestDifference((await cap(input, { seed: 4, subsets: 8 })).quality, result.quality)).toBeGreaterThan(1e-6);
    expect(largestDifference(result.quality, result.columns.quality)).toBeLessThan(0.5);
  });

  it('gives numbers for a constant set: nothing is novel', async () => {
    const train = createMatrix(new Float64Array(12).fill(2), 6, 2);
    const { quality, columns } = await cap({ train, labels: Uint8Array.of(0, 0, 0, 0, 1, 1), auxiliary: rowRange(train, 0, 1) }, onePass);
    expect(quality.every((value) => Number.isFinite(value))).toBe(true);
    expect(columns.anomalyTail[0]).toBeCloseTo(0.5, 12);
  });
});
