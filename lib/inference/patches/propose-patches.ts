import type { ModelManifest, PatchSpec } from '../manifest';
import type { OnnxSummary } from '../onnx/read-model';
import { candidateTensors } from '../output-candidates';
import { tokenGrid } from './read-patches';

type Input = Pick<ModelManifest['input'], 'layout' | 'width' | 'height'>;

/** Shape of a tensor for one image, by name; tensors of other types than floats are left out. */
export type TensorShapes = ReadonlyMap<string, readonly number[]>;

/** Nodes whose results may be the end of a stage of a convolutional network. */
const stageEnds = new Set(['Relu', 'Add', 'Concat', 'Clip', 'Mul', 'HardSwish', 'LeakyRelu', 'Gelu', 'Sigmoid', 'PRelu', 'BatchNormalization', 'Conv', 'FusedConv']);
/** The last so many of them are looked at. */
const MOST_NODES = 400;
/** Grids of patches worth having: finer ones cost much, coarser ones show little. */
const [coarsest, finest] = [7, 32];
const fewestChannels = 16;
/** Maps of so many channels are class scores. */
const classScores = new Set([1000, 1001]);
/** A class token, and registers behind it as DINOv2 has them. */
const leadingTokens = [1, 0, 5, 2] as const;

/** Tensors of a graph that patches may be read from, in the order of the graph: to be tried on an image for their shapes. */
export function patchTensors(summary: OnnxSummary): string[] {
  const fromNodes = summary.nodes.filter(({ op }) => stageEnds.has(op)).flatMap(({ outputs }) => outputs.slice(0, 1)).slice(-MOST_NODES);
  const tokens = candidateTensors(summary).map(({ name }) => name);
  const outputs = summary.outputs.map(({ name }) => name);
  const named = new Set([...fromNodes, ...tokens, ...outputs]);
  const order = new Map(summary.nodes.flatMap(({ outputs: made }, i) => made.map((name) => [name, i] as const)));
  return [...named].filter((name) => order.has(name) && !summary.constants.has(name)).sort((a, b) => order.get(a)! - order.get(b)!);
}

/**
 * Where a network's patches are: the tokens of its last layer; else the last maps of its two finest resolutions among those between 7 and 32 patches a side, as
 * PatchCore takes layer2 and layer3 of a ResNet. Null where it has neither.
 * @param tensors in the order of the graph
 */
export function proposePatches(tensors: readonly string[], shapes: TensorShapes, outputs: readonly string[], input: Input): PatchSpec | null {
  return proposeTokens(tensors, shapes, outputs, input) ?? proposeMaps(tensors, shapes, outputs, input);
}

function proposeTokens(tensors: readonly string[], shapes: TensorShapes, outputs: readonly string[], input: Input): PatchSpec | null {
  // An output of the file is what its makers meant; else the last tensor of that form.
  const byWish = [...tensors.filter((name) => outputs.includes(name)), ...tensors.filter((name) => !outputs.includes(name))];
  const fitting = byWish.flatMap((name) => {
    const [images, tokens = 0, dim = 0, ...more] = shapes.get(name) ?? [];
    if (images !== 1 || more.length > 0 || dim < fewestChannels) return [];
    const leading = leadingTokens.find((count) => isGrid(tokens - count, input));
    return leading === undefined ? [] : [{ name, leading, isOutput: outputs.includes(name) }];
  });
  const chosen = fitting.findLast(({ isOutput }) => isOutput) ?? fitting.at(-1);
  return chosen === undefined ? null : { layout: 'tokens', leading: chosen.leading, balanced: false, outputs: [{ name: chosen.name, scale: 'linear', weight: 1 }] };
}

function isGrid(patches: number, input: Input): boolean {
  const grid = tokenGrid(patches, input);
  return grid !== undefined && Math.min(grid.rows, grid.columns) >= 2;
}

function proposeMaps(tensors: readonly string[], shapes: TensorShapes, outputs: readonly string[], input: Input): PatchSpec | null {
  const bySide = new Map<number, string>();
  for (const name of tensors) {
    const side = mapSide(shapes.get(name) ?? [], input);
    if (side === undefined) continue;
    // Later nodes take the place of earlier ones: the end of the stage remains. What the file gives out stays.
    const known = bySide.get(side);
    if (known === undefined || !outputs.includes(known) || outputs.includes(name)) bySide.set(side, name);
  }
  const names = [...bySide].sort(([a], [b]) => b - a).slice(0, 2).map(([, name]) => name);
  return names.length === 0 ? null : { layout: 'maps', leading: 0, balanced: false, outputs: names.map((name) => ({ name, scale: 'linear', weight: 1 })) };
}

/** The shorter side of a feature map whose grid is worth having; undefined for other tensors. */
function mapSide(shape: readonly number[], input: Input): number | undefined {
  if (shape.length !== 4 || shape[0] !== 1) return undefined;
  const [channels = 0, height = 0, width = 0] = input.layout === 'nchw' ? shape.slice(1) : [shape[3], shape[1], shape[2]];
  const side = Math.min(height, width);
  const inProportion = Math.abs(height * input.width - width * input.height) <= Math.max(input.width, input.height);
  const inRange = side >= coarsest && side <= finest && 2 * height <= input.height;
  return inRange && inProportion && channels >= fewestChannels && !classScores.has(channels) ? side : undefined;
}
