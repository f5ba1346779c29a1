import type { InferenceSession } from 'onnxruntime-node';
import type { ErrorDetail } from '@/lib/errors';
import { AssayError } from '@/lib/errors';
import type { ModelManifest } from '../manifest';

type Metadata = InferenceSession.ValueMetadata;

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** Height, width and depth in the order of the network's axes 1..3, with the words for messages. */
function wantedAxes(manifest: ModelManifest): { name: string; extent: number }[] {
  const { width, height, channels, layout } = manifest.input;
  const depth = { name: 'channels', extent: channels === 'grey' ? 1 : 3 };
  const plane = [
    { name: 'height', extent: height },
    { name: 'width', extent: width },
  ];
  return layout === 'nchw' ? [depth, ...plane] : [...plane, depth];
}

function inputMisfits(input: Metadata, manifest: ModelManifest): ErrorDetail[] {
  const { name, layout } = manifest.input;
  const path = 'input.name';
  if (!input.isTensor) return [{ path, message: `input "${name}" is not a tensor` }];
  const misfits: ErrorDetail[] = [];
  if (input.type !== 'float32' && input.type !== 'float16') misfits.push({ path, message: `input "${name}" wants ${input.type}, images are fed as float32 or float16` });
  // An empty shape means that the file does not say; the probe finds out.
  if (input.shape.length === 0) return misfits;
  if (input.shape.length !== 4) {
    misfits.push({ path, message: `input "${name}" has rank ${input.shape.length} (${input.shape.join(', ')}), images need rank 4` });
    return misfits;
  }
  wantedAxes(manifest).forEach(({ name: axis, extent }, i) => {
    const actual = input.shape[i + 1];
    if (typeof actual !== 'number' || actual === extent) return;
    misfits.push({ path: `input.${axis}`, message: `${axis} is ${actual} in the network, ${extent} in the manifest (layout ${layout})` });
  });
  return misfits;
}

/** What the names, types and shapes that the file declares have against the manifest. Empty when they fit. */
function misfits(session: InferenceSession, manifest: ModelManifest): ErrorDetail[] {
  const found: ErrorDetail[] = [];
  const input = session.inputMetadata.find(({ name }) => name === manifest.input.name);
  if (input === undefined) {
    found.push({ path: 'input.name', message: `there is no input "${manifest.input.name}"; the network has ${quoted(session.inputNames)}` });
  } else {
    found.push(...inputMisfits(input, manifest));
    const others = session.inputNames.filter((name) => name !== manifest.input.name);
    if (others.length > 0) found.push({ path: 'input.name', message: `the network also wants ${quoted(others)}, only one input can be fed` });
  }
  if (!session.outputNames.includes(manifest.output.name)) {
    found.push({ path: 'output.name', message: `there is no output "${manifest.output.name}"; the network has ${quoted(session.outputNames)}` });
  }
  return found;
}

/**
 * Compares what the model file declares with its manifest.
 * @throws AssayError `model.shape` that names everything that does not fit, one detail each
 */
export function requireContract(session: InferenceSession, manifest: ModelManifest): void {
  const details = misfits(session, manifest);
  if (details.length === 0) return;
  const list = details.map(({ message }) => message).join('; ');
  throw new AssayError('model.shape', `The model does not fit its manifest: ${list}.`, {
    hint: 'Correct the manifest, or choose another model file.',
    details,
  });
}

/** Batch size that the file or the manifest fixes, or undefined when any size will do. */
export function fixedBatchSize(session: InferenceSession, manifest: Pick<ModelManifest, 'input'>): number | undefined {
  const input = session.inputMetadata.find(({ name }) => name === manifest.input.name);
  const batch = input?.isTensor === true ? input.shape[0] : undefined;
  return typeof batch === 'number' ? batch : manifest.input.batch;
}
