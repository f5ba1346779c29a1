import { AssayError } from '@/lib/errors';
import type { Pooling } from './manifest';

/** A network's raw output: values in row-major order. */
export type RawOutput = { readonly dims: readonly number[]; readonly data: Float32Array | Float64Array };

type Layout = 'nchw' | 'nhwc';

const wantedRank: Record<Pooling, string> = {
  none: '(N, d)',
  cls: '(N, tokens, d)',
  'mean-tokens': '(N, tokens, d)',
  'mean-patches': '(N, 1 + patches, d)',
  'mean-spatial': '(N, channels, height, width)',
  flatten: '(N, ...)',
};

function rankFits(dims: readonly number[], pooling: Pooling): boolean {
  if (pooling === 'flatten') return dims.length >= 2;
  if (pooling === 'mean-spatial') return dims.length === 4;
  if (pooling === 'none') return dims.length >= 2 && dims.slice(2).every((extent) => extent === 1);
  if (pooling === 'mean-patches') return dims.length === 3 && dims[1]! > 1;
  return dims.length === 3;
}

/**
 * How the values behind one vector lie: the vector's value `j` is the mean over `count` values that begin at
 * `start + j * valueStep` and are `meanStep` apart.
 */
type Gather = { dim: number; count: number; valueStep: number; meanStep: number; start?: number };

function gather(dims: readonly number[], pooling: Pooling, layout: Layout): Gather {
  const [, second = 1, third = 1, fourth = 1] = dims;
  switch (pooling) {
    case 'none':
    case 'flatten':
      return { dim: dims.slice(1).reduce((product, extent) => product * extent, 1), count: 1, valueStep: 1, meanStep: 0 };
    case 'cls':
      return { dim: third, count: 1, valueStep: 1, meanStep: 0 };
    case 'mean-tokens':
      return { dim: third, count: second, valueStep: 1, meanStep: third };
    case 'mean-patches':
      return { dim: third, count: second - 1, valueStep: 1, meanStep: third, start: third };
    case 'mean-spatial':
      return layout === 'nchw'
        ? { dim: second, count: third * fourth, valueStep: third * fourth, meanStep: 1 }
        : { dim: fourth, count: second * third, valueStep: 1, meanStep: fourth };
  }
}

/**
 * Turns a network's output into one vector per image.
 *
 * none: the output is the vector. cls: the first token. mean-tokens: the mean over all tokens, the class token
 * included. mean-patches: the mean over all tokens but the first. mean-spatial: the mean over height and width (the manifest's layout says where the channels are).
 * flatten: every value of the image.
 * @returns (n, dim), row-major
 * @throws AssayError `model.shape` when the output's rank does not fit the pooling
 */
export function poolOutput(output: RawOutput, pooling: Pooling, layout: Layout): { vectors: Float32Array; dim: number } {
  if (!rankFits(output.dims, pooling)) {
    throw new AssayError('model.shape', `Pooling "${pooling}" needs an output of shape ${wantedRank[pooling]}, but the network gives (${output.dims.join(', ')}).`, {
      hint: 'Choose another output or another pooling in the manifest.',
    });
  }
  const rows = output.dims[0] ?? 0;
  const { dim, count, valueStep, meanStep, start = 0 } = gather(output.dims, pooling, layout);
  const rowLength = rows === 0 ? 0 : output.data.length / rows;
  const vectors = new Float32Array(rows * dim);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < dim; j++) {
      let at = row * rowLength + start + j * valueStep;
      let sum = 0;
      for (let i = 0; i < count; i++) {
        sum += output.data[at]!;
        at += meanStep;
      }
      vectors[row * dim + j] = sum / count;
    }
  }
  return { vectors, dim };
}
