import { describe, expect, it } from 'vitest';
import { goldenInput } from '../golden/golden-data';
import golden from '../golden/lava.json';
import { lavaExact } from './lava';

/** Largest difference relative to the larger of 1 and the expected value. */
function relativeDifference(actual: Float64Array, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value))));
}

describe.each(golden.cases.map((c) => [c.dataset, c] as const))('LAVA against the references on %s', (dataset, c) => {
  it('with the right labels', async () => {
    expect(relativeDifference(await lavaExact(goldenInput(dataset), false), c.values_right_labels)).toBeLessThan(1e-10);
  });

  it('as released', async () => {
    expect(relativeDifference(await lavaExact(goldenInput(dataset), true), c.values_eap_program)).toBeLessThan(1e-6);
  });
});
