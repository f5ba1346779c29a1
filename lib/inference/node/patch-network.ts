import { appendFile, constants, copyFile, rename, stat } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { randomDirections } from '@/lib/anomaly/detectors/core-set';
import type { SingleMatrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import { createGemmProduct } from '../dense/gemm-product';
import type { ModelManifest, PatchSpec } from '../manifest';
import { preprocessSpec } from '../manifest';
import { extraOutputs } from '../onnx/extra-outputs';
import { readPatches, type PatchGrid } from '../patches/read-patches';
import { createPreprocessor } from '../preprocess/preprocess';
import type { Embedder } from './extractor';
import { fixedBatchSize } from './model-contract';
import { probeImage } from './probe';
import { openSession, runOutputs, type ModelSource, type SessionOptions } from './session';

/** How patches are made smaller: a random projection by this seed to at most so many values. */
export type PatchProjection = { readonly seed: number; readonly columns: number };

/** A network that gives one vector for each patch of an image. */
export type PatchNetwork = Embedder & {
  readonly rows: number;
  readonly columns: number;
  /** Values of a patch, after the projection. */
  readonly dim: number;
  /** Images per inference that the model file demands; undefined when any number will do. */
  readonly fixedBatch: number | undefined;
};

/**
 * The model with tensors inside its graph as outputs too. Bytes stay bytes; of a path a copy is written beside it, where its weights are looked for, and kept
 * for the next time.
 * @param inner names of tensors that are no outputs yet
 */
export async function withOutputs(model: ModelSource, inner: readonly string[]): Promise<ModelSource> {
  const suffix = extraOutputs(inner);
  if (suffix.length === 0) return model;
  if (typeof model !== 'string') return Buffer.concat([model, suffix]);
  const hash = createHash('sha256').update(suffix).digest('hex').slice(0, 16);
  const target = path.join(path.dirname(model), `with-${hash}.onnx`);
  if ((await stat(target).catch(() => null)) !== null) return target;
  const temporary = `${target}.${randomBytes(6).toString('hex')}`;
  await copyFile(model, temporary, constants.COPYFILE_FICLONE);
  await appendFile(temporary, suffix);
  await rename(temporary, target);
  return target;
}

/**
 * Opens a network to read patches. Its embedPrepared gives, for each input, rows x columns x dim values.
 * @param model whose outputs hold all that `spec` names (see `withOutputs`)
 * @throws AssayError `model.missing`, `model.invalid`, `model.shape` when the outputs are no patches
 */
export async function openPatchNetwork(model: ModelSource, manifest: ModelManifest, spec: PatchSpec, projection: PatchProjection, options: Pick<SessionOptions, 'threads'> = {}): Promise<PatchNetwork> {
  const session = await openSession(model, options);
  const gemm = await createGemmProduct(options.threads === undefined ? {} : { threads: options.threads });
  const close = async (): Promise<void> => {
    await gemm.dispose();
    await session.release();
  };
  try {
    const preprocessor = createPreprocessor(preprocessSpec(manifest));
    const prepare: Embedder['prepare'] = (image) => {
      const input = new Float32Array(preprocessor.length);
      preprocessor.run(image, input);
      return input;
    };
    const read = (inputs: readonly Float32Array[]): Promise<PatchGrid> => readInputs(session, manifest, spec, preprocessor.shape, inputs);
    const probed = await read([prepare(probeImage(1)), prepare(probeImage(2))].slice(0, fixedBatchSize(session, manifest) === 1 ? 1 : 2));
    if (!probed.values.every(Number.isFinite)) throw new AssayError('data.not_finite', 'The patches of an ordinary image hold NaN or infinite values.');
    const directions = projection.columns < probed.dim ? directionsOf(probed.dim, projection) : null;
    return {
      rows: probed.rows,
      columns: probed.columns,
      dim: directions?.rows ?? probed.dim,
      fixedBatch: fixedBatchSize(session, manifest),
      prepare,
      async embedPrepared(inputs) {
        const { values, dim } = await read(inputs);
        if (directions === null) return values;
        const projected = new Float32Array((values.length / dim) * directions.rows);
        await gemm.singleProduct({ data: values, rows: values.length / dim, cols: dim }, directions, projected);
        return projected;
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Directions as rows. */
function directionsOf(dim: number, { seed, columns }: PatchProjection): SingleMatrix {
  const directions = randomDirections(dim, columns, seed);
  return { data: Float32Array.from({ length: columns * dim }, (_, i) => directions[(i % dim) * columns + Math.floor(i / dim)]!), rows: columns, cols: dim };
}

/** Runs prepared inputs; a model of fixed batch size gets its last batch filled up with zeros. */
async function readInputs(session: InferenceSession, manifest: ModelManifest, spec: PatchSpec, shape: readonly number[], inputs: readonly Float32Array[]): Promise<PatchGrid> {
  const names = spec.outputs.map(({ name }) => name);
  const batch = fixedBatchSize(session, manifest) ?? inputs.length;
  const length = shape.reduce((product, extent) => product * extent, 1);
  const parts: PatchGrid[] = [];
  for (let start = 0; start < inputs.length; start += batch) {
    const pixels = new Float32Array(batch * length);
    inputs.slice(start, start + batch).forEach((input, i) => pixels.set(input, i * length));
    parts.push(readPatches(await runOutputs(session, manifest.input.name, pixels, [batch, ...shape], names), batch, spec, manifest.input));
  }
  const first = parts[0]!;
  if (parts.length === 1 && batch === inputs.length) return first;
  const perImage = first.rows * first.columns * first.dim;
  const values = new Float32Array(inputs.length * perImage);
  parts.forEach((part, i) => values.set(part.values.subarray(0, Math.min(batch, inputs.length - i * batch) * perImage), i * batch * perImage));
  return { ...first, values };
}
