import { describe, expect, it } from 'vitest';
import type { PatchSpec } from '../manifest';
import type { RawOutput } from '../pooling';
import { readPatches, tokenGrid } from './read-patches';
import { localMeans, resamplePlane, resampleTaps } from './resample';

const input = { layout: 'nchw', width: 8, height: 8 } as const;
const output = (dims: number[], data: ArrayLike<number>): RawOutput => ({ dims, data: Float32Array.from(data) });
const named = (name: string, changes: Partial<PatchSpec['outputs'][number]> = {}): PatchSpec['outputs'][number] => ({ name, scale: 'linear', weight: 1, ...changes });
const maps = (outputs: PatchSpec['outputs'], balanced = false): PatchSpec => ({ layout: 'maps', leading: 0, balanced, outputs });

describe('the mean over neighbours', () => {
  it('leaves out what lies outside', () => {
    const means = localMeans(Float32Array.from([9, 0, 0, 0, 0, 0, 0, 0, 0]), 3, 3);
    expect(Array.from(means)).toEqual([9 / 4, 9 / 6, 0, 9 / 6, 1, 0, 0, 0, 0]);
  });
});

describe('bringing a plane to another size', () => {
  it('takes the mean of what is covered when it gets smaller', () => {
    const plane = Float32Array.from({ length: 16 }, (_, i) => i);
    expect(Array.from(resamplePlane(plane, 4, resampleTaps(4, 2), resampleTaps(4, 2)))).toEqual([2.5, 4.5, 10.5, 12.5]);
    const { weights } = resampleTaps(3, 2);
    expect(Array.from(weights, (weight) => Number(weight.toFixed(6)))).toEqual([0.666667, 0.333333, 0.333333, 0.666667]);
  });

  it('is linear between the centres when it gets larger', () => {
    const line = resamplePlane(Float32Array.from([0, 4]), 2, resampleTaps(1, 1), resampleTaps(2, 4));
    expect(Array.from(line)).toEqual([0, 1, 3, 4]);
  });
});

describe('patches of maps', () => {
  it('are local means of all maps, brought to the grid of the first one and put side by side', () => {
    const fine = output([1, 1, 2, 2], [1, 2, 3, 6]);
    const coarse = output([1, 2, 1, 1], [10, 20]);
    const { rows, columns, dim, values } = readPatches([fine, coarse], 1, maps([named('fine'), named('coarse', { weight: 2 })]), input);
    expect([rows, columns, dim]).toEqual([2, 2, 3]);
    expect(Array.from(values)).toEqual([3, 20, 40, 3, 20, 40, 3, 20, 40, 3, 20, 40]);
  });

  it('may be compared by their logarithm and balanced by their channels', () => {
    const { values } = readPatches([output([1, 4, 1, 1], [1, Math.E, Math.E ** 2, 0])], 1, maps([named('moduli', { scale: 'log' })], true), input);
    expect(Array.from(values, (value) => Number(value.toFixed(5)))).toEqual([0, 0.5, 1, Number((Math.log(1e-6) / 2).toFixed(5))]);
  });

  it('unfold channels that stand in the batch, and read channels last', () => {
    const folded = readPatches([output([4, 1, 1, 1], [1, 2, 3, 4])], 2, maps([named('folded')]), input);
    expect([folded.dim, ...folded.values]).toEqual([2, 1, 2, 3, 4]);
    const last = readPatches([output([1, 1, 2, 2], [1, 2, 3, 4])], 1, maps([named('last')]), { ...input, layout: 'nhwc' });
    expect([last.rows, last.columns, last.dim]).toEqual([1, 2, 2]);
    expect(Array.from(last.values)).toEqual([2, 3, 2, 3]);
  });

  it('are refused by name when the output is no map', () => {
    expect(() => readPatches([output([1, 4], [1, 2, 3, 4])], 1, maps([named('vector')]), input)).toThrow(/"vector" has shape \(1, 4\)/);
  });
});

describe('patches of tokens', () => {
  const tokens: PatchSpec = { layout: 'tokens', leading: 1, balanced: false, outputs: [named('tokens')] };

  it('are the tokens without the leading ones', () => {
    const { rows, columns, dim, values } = readPatches([output([2, 5, 1], [9, 1, 2, 3, 4, 9, 5, 6, 7, 8])], 2, tokens, input);
    expect([rows, columns, dim, ...values]).toEqual([2, 2, 1, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('lie in the proportions of the input', () => {
    expect(tokenGrid(8, { width: 4, height: 2 })).toEqual({ rows: 2, columns: 4 });
    expect(tokenGrid(7, input)).toBeUndefined();
    expect(() => readPatches([output([1, 4, 1], [1, 2, 3, 4])], 1, tokens, input)).toThrow(/3 tokens are no grid/);
  });
});
