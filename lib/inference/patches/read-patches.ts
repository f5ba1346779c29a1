import { AssayError } from '@/lib/errors';
import type { ModelManifest, PatchSpec } from '../manifest';
import type { RawOutput } from '../pooling';
import { localMeans, resamplePlane, resampleTaps } from './resample';

/** Vectors of the patches of some images: `values` is (images, rows, columns, dim). */
export type PatchGrid = { readonly rows: number; readonly columns: number; readonly dim: number; readonly values: Float32Array };

type Input = Pick<ModelManifest['input'], 'layout' | 'width' | 'height'>;

/** More patches an image than this cost much and tell nothing more. */
const mostPatches = 4096;
/** Keeps the logarithm of nothing finite; far below what noise leaves. */
const smallest = 1e-6;

/**
 * Reads the patches of images out of a network's outputs (in the order of the spec). Maps go PatchCore's way (Roth et al. 2022, section 3.1): the mean over 3 x 3
 * neighbours, all maps brought to the grid of the first one, concatenated. Maps whose first axis is a multiple of the images (channels folded into the
 * batch) are unfolded. Tokens are taken as they are, without the leading ones.
 * @throws AssayError `model.shape` when the outputs are no such maps or tokens
 */
export function readPatches(outputs: readonly RawOutput[], images: number, spec: PatchSpec, input: Input): PatchGrid {
  const grid = spec.layout === 'tokens' ? readTokens(outputs[0]!, images, spec, input) : readMaps(outputs, images, spec, input);
  if (grid.rows * grid.columns > mostPatches) throw refusal(`${grid.rows} x ${grid.columns} patches an image are more than ${mostPatches}`);
  return grid;
}

function refusal(why: string): AssayError {
  return new AssayError('model.shape', `The patches cannot be read: ${why}.`, { hint: 'Name other outputs under "patches" in the manifest.' });
}

function readTokens({ dims, data }: RawOutput, images: number, { leading, outputs: [wanted] }: PatchSpec, input: Input): PatchGrid {
  const [batch, tokens = 0, dim = 0] = dims;
  if (dims.length !== 3 || batch !== images) throw refusal(`"${wanted?.name}" has shape (${dims.join(', ')}), tokens need (N, tokens, d)`);
  const side = tokenGrid(tokens - leading, input);
  if (side === undefined) throw refusal(`${tokens - leading} tokens are no grid over ${input.width} x ${input.height} pixels`);
  const patches = tokens - leading;
  const values = new Float32Array(images * patches * dim);
  for (let i = 0; i < images; i += 1) values.set(data.subarray((i * tokens + leading) * dim, (i + 1) * tokens * dim), i * patches * dim);
  return { ...side, dim, values: prepare(values, wanted?.scale ?? 'linear', wanted?.weight ?? 1) };
}

/** The grid of square patches of an input; undefined where so many patches make none. */
export function tokenGrid(patches: number, { width, height }: Pick<Input, 'width' | 'height'>): { rows: number; columns: number } | undefined {
  const rows = Math.round(Math.sqrt((patches * height) / width));
  const columns = rows === 0 ? 0 : patches / rows;
  return patches > 1 && Number.isInteger(columns) && Math.abs(rows * width - columns * height) < Math.min(width, height) ? { rows, columns } : undefined;
}

type MapShape = { readonly channels: number; readonly height: number; readonly width: number; readonly pixelStep: number; readonly channelStep: number };

function mapShape({ dims }: RawOutput, images: number, name: string, layout: Input['layout']): MapShape {
  const [batch = 0, second = 0, third = 0, fourth = 0] = dims;
  const folded = batch / images;
  if (dims.length !== 4 || !Number.isInteger(folded) || folded < 1 || (layout === 'nhwc' && folded > 1)) {
    throw refusal(`"${name}" has shape (${dims.join(', ')}), a map needs (N, channels, height, width)`);
  }
  return layout === 'nchw'
    ? { channels: folded * second, height: third, width: fourth, pixelStep: 1, channelStep: third * fourth }
    : { channels: fourth, height: second, width: third, pixelStep: fourth, channelStep: 1 };
}

function readMaps(outputs: readonly RawOutput[], images: number, spec: PatchSpec, { layout }: Input): PatchGrid {
  const shapes = outputs.map((output, o) => mapShape(output, images, spec.outputs[o]!.name, layout));
  const { height: rows, width: columns } = shapes[0]!;
  const dim = shapes.reduce((sum, { channels }) => sum + channels, 0);
  const values = new Float32Array(images * rows * columns * dim);
  let column = 0;
  shapes.forEach((shape, o) => {
    const { channels, height, width } = shape;
    const [down, across] = [resampleTaps(height, rows), resampleTaps(width, columns)];
    const wanted = spec.outputs[o]!;
    const factor = wanted.weight / (spec.balanced ? Math.sqrt(channels) : 1);
    const same = height === rows && width === columns;
    for (let i = 0; i < images; i += 1) {
      for (let c = 0; c < channels; c += 1) {
        const plane = prepare(localMeans(planeOf(outputs[o]!.data, shape, i, c), height, width), wanted.scale, factor);
        const brought = same ? plane : resamplePlane(plane, width, down, across);
        const start = i * rows * columns * dim + column + c;
        for (let p = 0; p < brought.length; p += 1) values[start + p * dim] = brought[p]!;
      }
    }
    column += channels;
  });
  return { rows, columns, dim, values };
}

function planeOf(data: RawOutput['data'], { channels, height, width, pixelStep, channelStep }: MapShape, image: number, channel: number): Float32Array {
  const plane = new Float32Array(height * width);
  let at = image * channels * height * width + channel * channelStep;
  for (let p = 0; p < plane.length; p += 1, at += pixelStep) plane[p] = data[at]!;
  return plane;
}

/** Logarithm, where asked for, and factor of an output, in place. */
function prepare(values: Float32Array, scale: PatchSpec['outputs'][number]['scale'], factor: number): Float32Array {
  if (scale === 'log') for (let i = 0; i < values.length; i += 1) values[i] = Math.log(Math.max(smallest, values[i]!));
  if (factor !== 1) for (let i = 0; i < values.length; i += 1) values[i]! *= factor;
  return values;
}
