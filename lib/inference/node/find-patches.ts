import { rm } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { AssayError } from '@/lib/errors';
import { preprocessSpec, type ModelManifest, type PatchSpec } from '../manifest';
import type { OnnxSummary } from '../onnx/read-model';
import { patchTensors, proposePatches } from '../patches/propose-patches';
import { readPatches } from '../patches/read-patches';
import { createPreprocessor } from '../preprocess/preprocess';
import { fixedBatchSize } from './model-contract';
import { withOutputs } from './patch-network';
import { probeImage } from './probe';
import { openSession, runOutputs, runTensors, type ModelSource, type SessionOptions } from './session';

const withoutPatches: ReadonlySet<string> = new Set(['model.invalid', 'model.shape', 'data.not_finite']);

/**
 * Finds where a network's patches are, by running it once on a made-up image with all tensors as outputs that could hold them.
 * @param model that was shown to load and run
 * @returns null where it has none, or none that the runtime gives out
 * @throws AssayError `model.missing`
 */
export async function findPatches(model: ModelSource, summary: OnnxSummary, manifest: ModelManifest, options: Pick<SessionOptions, 'threads'> = {}): Promise<PatchSpec | null> {
  const outputs = summary.outputs.map(({ name }) => name);
  const tensors = patchTensors(summary);
  const opened = await withOutputs(model, tensors.filter((name) => !outputs.includes(name)));
  try {
    const session = await openSession(opened, options);
    try {
      const proposed = proposePatches(tensors, await shapesOf(session, manifest, tensors), outputs, manifest.input);
      if (proposed !== null) await requireFinite(session, manifest, proposed);
      return proposed;
    } finally {
      await session.release();
    }
  } catch (thrown) {
    // The network itself loads and runs; what fails here is giving these tensors out, or reading them.
    if (thrown instanceof AssayError && withoutPatches.has(thrown.code)) return null;
    throw thrown;
  } finally {
    if (typeof opened === 'string' && opened !== model) await rm(opened, { force: true });
  }
}

function probeInput(session: InferenceSession, manifest: ModelManifest): { pixels: Float32Array; dims: number[]; batch: number } {
  const preprocessor = createPreprocessor(preprocessSpec(manifest));
  const batch = fixedBatchSize(session, manifest) ?? 1;
  const pixels = new Float32Array(batch * preprocessor.length);
  preprocessor.run(probeImage(1), pixels);
  return { pixels, dims: [batch, ...preprocessor.shape], batch };
}

/** Shapes for one image. */
async function shapesOf(session: InferenceSession, manifest: ModelManifest, tensors: readonly string[]): Promise<Map<string, readonly number[]>> {
  const { pixels, dims, batch } = probeInput(session, manifest);
  const results = await runTensors(session, manifest.input.name, pixels, dims, tensors);
  const shapes = new Map<string, readonly number[]>();
  for (const name of tensors) {
    const [first = 0, ...rest] = floatShape(results[name]);
    if (rest.length > 0) shapes.set(name, [first / batch, ...rest]);
  }
  return shapes;
}

function floatShape(value: InferenceSession.ReturnType[string] | undefined): readonly number[] {
  return value?.type === 'float32' || value?.type === 'float16' || value?.type === 'float64' ? value.dims : [];
}

/** @throws AssayError `model.shape` when the proposal cannot be read, `data.not_finite` */
async function requireFinite(session: InferenceSession, manifest: ModelManifest, spec: PatchSpec): Promise<void> {
  const { pixels, dims, batch } = probeInput(session, manifest);
  const outputs = await runOutputs(session, manifest.input.name, pixels, dims, spec.outputs.map(({ name }) => name));
  if (readPatches(outputs, batch, spec, manifest.input).values.every(Number.isFinite)) return;
  throw new AssayError('data.not_finite', 'The patches of an ordinary image hold NaN or infinite values.');
}
