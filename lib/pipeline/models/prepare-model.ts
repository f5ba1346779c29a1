import type { ModelWishes } from '@/lib/api/contracts/models';
import { AssayError, toAssayError } from '@/lib/errors';
import type { ModelManifest } from '@/lib/inference/manifest';
import { checkModel, type ModelReport } from '@/lib/inference/node/check-model';
import { findPatches } from '@/lib/inference/node/find-patches';
import { probeImage } from '@/lib/inference/node/probe';
import { proposeOutputs, type OutputProposal } from '@/lib/inference/node/propose-outputs';
import type { OnnxSummary, ReadValue } from '@/lib/inference/onnx/read-model';
import { modelTypeOf, presetProcessing, readImageProcessing, type ImageProcessing } from '@/lib/inference/preprocessor-config';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { checkManifest } from '@/lib/inference/registry';
import type { ModelFiles } from './model-files';
import { withExtraOutput } from './extra-output-file';

/** What is known beforehand of a network from the catalogue. */
export type KnownModel = Pick<ModelWishes, 'name' | 'licence' | 'preprocessing'>;

/** A network that may be saved: checked, with what was proposed and what was chosen. */
export type PreparedModel = {
  readonly manifest: ModelManifest;
  readonly report: ModelReport;
  readonly proposals: readonly OutputProposal[];
  /** The ONNX file to save: the given one, or one beside it that has the chosen inner tensor as an output too. */
  readonly onnx: string;
};

const nothingKnown: KnownModel = { name: null, licence: null, preprocessing: null };

type Draft = Omit<ModelManifest, 'output'>;

/**
 * Makes a network ready to be saved: reads how images go in from the files beside it (else from the catalogue or the
 * person), proposes an output, tries the choice on images, and proves by a dry run that everything fits.
 * @param images real ones, added to the built-in probe images
 * @throws AssayError `model.invalid`, `model.shape` with what does not fit and what to give
 */
export async function prepareModel(files: ModelFiles, wishes: ModelWishes, images: readonly RgbImage[], known: KnownModel = nothingKnown): Promise<PreparedModel> {
  const draft = draftManifest(files, wishes, known);
  const tried = [probeImage(1), probeImage(2), probeImage(3), ...images];
  const proposals = await proposeOutputs(files.onnx, files.summary, draft, tried, modelTypeOf(files.configurations));
  const chosen = choose(proposals, wishes);
  const onnx = chosen.inner ? await withExtraOutput(files.onnx, chosen.output.name) : files.onnx;
  const manifest = checkManifest({ ...draft, output: chosen.output }, 'The manifest made of the files');
  const proven = await checked(onnx, manifest);
  const patches = await findPatches(onnx, files.summary, proven.manifest);
  return { ...proven, manifest: { ...proven.manifest, patches }, proposals, onnx };
}

/** Takes the scale of its numbers from a whole batch. */
const dynamic = /^DynamicQuantize/;

/** A network whose vectors depend on the batch gets one image at a time. */
async function checked(onnx: string, manifest: ModelManifest): Promise<{ manifest: ModelManifest; report: ModelReport }> {
  try {
    return { manifest, report: await checkModel(onnx, manifest) };
  } catch (thrown) {
    const { message } = toAssayError(thrown);
    if (manifest.input.batch !== undefined || !message.includes('depends on the other images in its batch')) throw thrown;
    const alone = { ...manifest, input: { ...manifest.input, batch: 1 } };
    return { manifest: alone, report: await checkModel(onnx, alone) };
  }
}

function choose(proposals: readonly OutputProposal[], { output }: ModelWishes): OutputProposal {
  const matching = proposals.filter((proposal) => output === null || (proposal.output.name === output.name && (output.pooling === null || proposal.output.pooling === output.pooling)));
  const [best] = matching;
  if (best !== undefined && best.refusal === null) return best;
  const list = proposals.filter(({ refusal }) => refusal === null).map((proposal) => `${proposal.output.name}:${proposal.output.pooling}`);
  const usable = list.length > 0 ? `Usable are ${list.join(', ')}.` : 'Export the network with an output of features.';
  if (output === null) throw new AssayError('model.invalid', 'No output of the network tells images apart.', { hint: usable });
  const why = best?.refusal ?? 'there is no such output';
  throw new AssayError('model.invalid', `The output ${output.name}${output.pooling === null ? '' : `:${output.pooling}`} cannot be used: ${why}.`, { hint: usable });
}

function draftManifest(files: ModelFiles, wishes: ModelWishes, known: KnownModel): Draft {
  const { summary } = files;
  const input = imageInput(summary);
  const { layout, grey, edges } = shapeOf(input);
  const processing = requireProcessing(readImageProcessing(files.configurations), wishes, known, edges);
  const name = wishes.name ?? known.name ?? files.name;
  return {
    id: slug(name),
    name,
    input: {
      name: input.name,
      width: processing.width,
      height: processing.height,
      layout,
      channels: grey ? 'grey' : 'rgb',
      pixelRange: processing.pixelRange,
      mean: grey ? [average(processing.mean)] : processing.mean,
      std: grey ? [average(processing.std)] : processing.std,
      ...(summary.nodes.some(({ op }) => dynamic.test(op)) ? { batch: 1 } : {}),
    },
    resize: processing.resize,
    interpolation: processing.interpolation,
    licence: wishes.licence ?? known.licence ?? 'not stated',
    source: files.source,
    ...(files.weights.length > 0 ? { weights: files.weights.map(({ name: file, sha256, bytes }) => ({ name: file, sha256, bytes })) } : {}),
    ...(summary.parameters > 0 ? { parameters: summary.parameters } : {}),
    precision: summary.precision,
  };
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function slug(name: string): string {
  const id = name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-').replaceAll(/^[^a-z0-9]+|-+$/g, '').slice(0, 64);
  return id === '' ? 'network' : id;
}

function imageInput({ inputs }: OnnxSummary): ReadValue {
  const fits = inputs.filter(({ type, shape }) => (type === null || type === 'float32' || type === 'float16') && (shape === null || shape.length === 4));
  const [image] = fits;
  const names = inputs.map(({ name }) => `"${name}"`).join(', ');
  if (image === undefined) throw new AssayError('model.shape', `The network has no input for images (four axes of float32 or float16); it has ${names}.`);
  if (inputs.length > 1) {
    throw new AssayError('model.shape', `The network wants several inputs, ${names}; only images can be given.`, { hint: 'Of a network for images and texts take the image tower (vision_model.onnx).' });
  }
  return image;
}

function shapeOf({ shape }: ReadValue): { layout: 'nchw' | 'nhwc'; grey: boolean; edges: readonly [number, number] | null } {
  const [, first, second, third] = shape ?? [];
  const last = third === 3 || third === 1;
  const layout = last && first !== 3 && first !== 1 ? 'nhwc' : 'nchw';
  const [depth, height, width] = layout === 'nhwc' ? [third, first, second] : [first, second, third];
  return { layout, grey: depth === 1, edges: typeof height === 'number' && typeof width === 'number' ? [height, width] : null };
}

/** What the person says wins, then the files, then the catalogue. */
function requireProcessing(read: ImageProcessing | undefined, wishes: ModelWishes, known: KnownModel, edges: readonly [number, number] | null): ImageProcessing {
  const preset = wishes.preprocessing ?? (read === undefined ? known.preprocessing : null);
  if (preset === null) {
    if (read !== undefined) return read;
    throw new AssayError('model.invalid', 'Nothing beside the network says how its images are prepared.', {
      hint: 'Choose a preset (imagenet, clip, vit, timm-vit, siglip, dino, plain), or give a manifest.',
    });
  }
  const edge = preset.edge ?? (edges === null ? null : edges[0]);
  if (edge === null) throw new AssayError('model.invalid', 'The network takes images of any size, so the side of its input must be given with the preset.');
  return presetProcessing(preset.preset, edge);
}
