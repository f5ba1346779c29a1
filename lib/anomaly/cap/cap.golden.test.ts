import { describe, expect, it } from 'vitest';
import { goldenInput, goldenNames, largestDifference } from '../golden/golden-data';
import golden from '../golden/cap.json';
import { cap } from './cap';

describe.each(goldenNames)('CAP against the reference on %s', (name) => {
  it('agrees in every number', async () => {
    const expected = golden[name];
    const { quality, columns } = await cap(goldenInput(name), { seed: 0, subsets: 0 });
    expect(largestDifference(columns.normalTail, expected.pi_n)).toBeLessThan(1e-10);
    expect(largestDifference(columns.novelty, expected.p)).toBeLessThan(1e-10);
    expect(largestDifference(columns.anomalyTail, expected.pi_a)).toBeLessThan(1e-10);
    expect(largestDifference(columns.expectedCount, expected.N)).toBeLessThan(1e-10);
    expect(largestDifference(quality, expected.phi)).toBeLessThan(1e-10);
  });
});
