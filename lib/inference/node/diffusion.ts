import * as ort from 'onnxruntime-node';
import { AssayError, type ErrorDetail } from '@/lib/errors';
import { diffusionInputs as inputs, diffusionOutputs as outputs } from '../diffusion/contract';
import { openSessionOn, type ModelSource, type SessionOptions } from './session';

/** A loaded diffusion network (docs/diffstyle.md). */
export type DiffusionSession = {
  /** Pixels of its images. */
  readonly width: number;
  readonly height: number;
  /** Noise in one image after step t, and the innermost activation, which `h` replaces for the noise. */
  readonly predict: (x: Float32Array, t: number, h?: Float32Array) => Promise<{ readonly epsilon: Float32Array; readonly h: Float32Array }>;
  close(): Promise<void>;
};

type Shape = readonly (number | string)[];

/** Types and ranks of the inputs; names of free extents do not matter. */
const wanted = [
  { name: inputs.image, type: 'float32', rank: 4 },
  { name: inputs.step, type: 'int64', rank: 1 },
  { name: inputs.activation, type: 'float32', rank: undefined },
  { name: inputs.replace, type: 'bool', rank: 1 },
] as const;

/**
 * Loads a diffusion network, checks its inputs and outputs, and tries it once: the noise must have the image's shape, and its own
 * activation in the place of itself must not change it.
 * @throws AssayError `model.missing`, `model.invalid`, `model.shape`
 */
export async function openDiffusion(model: ModelSource, options: SessionOptions = {}): Promise<DiffusionSession> {
  const { session } = await openSessionOn(model, options);
  try {
    const shapes = requireDiffusionContract(session);
    const [, , height, width] = shapes.image as [number, number, number, number];
    const activation = shapes.activation.map((extent, axis) => (axis === 0 || typeof extent !== 'number' ? 1 : extent));
    const network = { width, height, predict: predictor(session, [1, 3, height, width], activation), close: () => session.release() };
    await tryOut(network);
    return network;
  } catch (error) {
    await session.release();
    throw error;
  }
}

function requireDiffusionContract(session: ort.InferenceSession): { image: Shape; activation: Shape } {
  const details: ErrorDetail[] = [];
  const shapes = wanted.map(({ name, type, rank }): Shape => {
    const input = session.inputMetadata.find((metadata) => metadata.name === name);
    if (input?.isTensor !== true) details.push({ path: name, message: `there is no input "${name}"; the network has ${session.inputNames.join(', ')}` });
    else if (input.type !== type) details.push({ path: name, message: `input "${name}" is ${input.type}, not ${type}` });
    else if (rank !== undefined && input.shape.length !== rank) details.push({ path: name, message: `input "${name}" has rank ${input.shape.length}, not ${rank}` });
    else return input.shape;
    return [];
  });
  const [image, , activation] = shapes as [Shape, Shape, Shape, Shape];
  if (image.length === 4 && (image[1] !== 3 || typeof image[2] !== 'number' || typeof image[3] !== 'number')) {
    details.push({ path: inputs.image, message: `input "${inputs.image}" has shape (${image.join(', ')}), not (N, 3, height, width) with fixed height and width` });
  }
  if (activation.slice(1).some((extent) => typeof extent !== 'number')) details.push({ path: inputs.activation, message: `input "${inputs.activation}" has a free extent beside the first: (${activation.join(', ')})` });
  for (const name of Object.values(outputs)) if (!session.outputNames.includes(name)) details.push({ path: name, message: `there is no output "${name}"; the network has ${session.outputNames.join(', ')}` });
  if (details.length === 0) return { image, activation };
  throw new AssayError('model.shape', `This is no diffusion network as Assay needs it: ${details.map(({ message }) => message).join('; ')}.`, { hint: 'docs/diffstyle.md describes the inputs and outputs, and how to export them.', details });
}

function predictor(session: ort.InferenceSession, imageShape: readonly number[], activationShape: readonly number[]): DiffusionSession['predict'] {
  const size = activationShape.reduce((product, extent) => product * extent, 1);
  const unused = new Float32Array(size);
  return async (x, t, h) => {
    if (h !== undefined && h.length !== size) throw new AssayError('model.shape', `The innermost activation has ${size} values, not ${h.length}.`);
    const feeds = {
      [inputs.image]: new ort.Tensor('float32', x, imageShape),
      [inputs.step]: new ort.Tensor('int64', BigInt64Array.of(BigInt(t)), [1]),
      [inputs.activation]: new ort.Tensor('float32', h ?? unused, activationShape),
      [inputs.replace]: new ort.Tensor('bool', Uint8Array.of(h === undefined ? 0 : 1), [1]),
    };
    const results = await session.run(feeds, Object.values(outputs)).catch((cause: unknown) => {
      throw new AssayError('model.shape', `The network refuses its input: ${cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)}`, { cause });
    });
    return { epsilon: floatsOf(results[outputs.noise], outputs.noise, x.length), h: floatsOf(results[outputs.activation], outputs.activation, size) };
  };
}

function floatsOf(tensor: ort.Tensor | undefined, name: string, length: number): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new AssayError('model.shape', `Output "${name}" is ${tensor?.type ?? 'missing'}, not float32.`);
  if (tensor.data.length === length) return tensor.data;
  throw new AssayError('model.shape', `Output "${name}" has shape (${tensor.dims.join(', ')}); ${length} values are needed.`, {
    hint: name === outputs.noise ? 'Of a network that also learns variances (6 channels), export the first three channels.' : undefined,
  });
}

/** Largest share of the noise that putting an activation in its own place may change. */
const OWN_PLACE = 1e-3;

async function tryOut({ width, height, predict }: Pick<DiffusionSession, 'width' | 'height' | 'predict'>): Promise<void> {
  const x = Float32Array.from({ length: 3 * width * height }, (_, i) => ((i * 7919) % 2001) / 1000 - 1);
  const own = await predict(x, 500);
  if (!own.epsilon.every(Number.isFinite) || !own.h.every(Number.isFinite)) throw new AssayError('model.invalid', 'The network answers with numbers that are not finite.');
  const again = await predict(x, 500, own.h);
  const length = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (length(own.epsilon.map((value, i) => value - again.epsilon[i]!)) > OWN_PLACE * length(own.epsilon)) {
    throw new AssayError('model.invalid', `The network's own "${outputs.activation}", given back as "${inputs.activation}", changes the noise that it predicts.`, { hint: 'The activation must be put in where it was taken out (docs/diffstyle.md).' });
  }
}
