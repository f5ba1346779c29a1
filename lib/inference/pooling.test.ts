import { expect, test } from 'vitest';
import { poolOutput } from './pooling';

/** Value = 1000 n + 100 a + 10 b + c of an output (n, a, b, c). */
function counted(...dims: number[]): { dims: number[]; data: Float32Array } {
  const length = dims.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length }, (_, index) => {
    let rest = index;
    let value = 0;
    for (let axis = dims.length - 1, unit = 10 ** (3 - axis); axis >= 0; axis--, unit *= 10) {
      value += (rest % dims[axis]!) * unit;
      rest = Math.floor(rest / dims[axis]!);
    }
    return value;
  });
  return { dims, data };
}

const pooled = (...args: Parameters<typeof poolOutput>): { dim: number; vectors: number[] } => {
  const { dim, vectors } = poolOutput(...args);
  return { dim, vectors: [...vectors] };
};

test('none keeps a matrix, also with trailing ones', () => {
  expect(pooled(counted(2, 3), 'none', 'nchw')).toEqual({ dim: 3, vectors: [0, 100, 200, 1000, 1100, 1200] });
  expect(pooled(counted(2, 2, 1, 1), 'none', 'nchw')).toEqual({ dim: 2, vectors: [0, 100, 1000, 1100] });
});

test('cls takes the first token, mean-tokens the mean of all, mean-patches that of all but the first', () => {
  expect(pooled(counted(2, 3, 2), 'mean-patches', 'nchw')).toEqual({ dim: 2, vectors: [150, 160, 1150, 1160] });
  expect(pooled(counted(2, 3, 2), 'cls', 'nchw')).toEqual({ dim: 2, vectors: [0, 10, 1000, 1010] });
  expect(pooled(counted(2, 3, 2), 'mean-tokens', 'nchw')).toEqual({ dim: 2, vectors: [100, 110, 1100, 1110] });
});

test('mean-spatial averages over the plane, wherever the layout has it', () => {
  expect(pooled(counted(2, 2, 3, 3), 'mean-spatial', 'nchw')).toEqual({ dim: 2, vectors: [11, 111, 1011, 1111] });
  expect(pooled(counted(2, 3, 3, 2), 'mean-spatial', 'nhwc')).toEqual({ dim: 2, vectors: [110, 111, 1110, 1111] });
});

test('flatten keeps every value', () => {
  const output = counted(2, 2, 3, 2);
  expect(pooled(output, 'flatten', 'nchw')).toEqual({ dim: 12, vectors: [...output.data] });
});

test.each([
  ['none', [2, 3, 4]],
  ['cls', [2, 3]],
  ['mean-tokens', [2, 3, 4, 5]],
  ['mean-patches', [2, 1, 4]],
  ['mean-spatial', [2, 3, 4]],
  ['flatten', [6]],
] as const)('%s refuses an output of shape %j and names it', (pooling, dims) => {
  expect(() => poolOutput(counted(...dims), pooling, 'nchw')).toThrow(`gives (${dims.join(', ')})`);
});
