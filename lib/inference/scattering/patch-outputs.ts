import type { PatchSpec } from '../manifest';
import type { GraphNode, OnnxModel } from '../onnx/model';

/** Steps from a pooled map to its logarithm, at most. */
const REACH = 5;
/** The finest maps that set the grid: patches of 4 x 4 pixels of the input. */
const finestGrid = 32;

/** Side of the maps that a pooling node reads, in units of the pooled side. */
function kernel({ attributes }: GraphNode): number {
  const shape = attributes?.kernel_shape;
  return shape !== undefined && 'ints' in shape ? (shape.ints[0] ?? 1) : 1;
}

/** Whether a logarithm is taken of a tensor, soon after. */
function leadsToLog(nodes: readonly GraphNode[], tensor: string, steps = REACH): boolean {
  if (steps === 0) return false;
  const next = nodes.filter(({ inputs }) => inputs.includes(tensor));
  return next.some((node) => node.op === 'Log' || node.outputs.some((output) => leadsToLog(nodes, output, steps - 1)));
}

/**
 * The maps of a scattering network before they are pooled over its grid of `pooled` x `pooled` cells: what its patches are read from. Moduli are compared by
 * their logarithm, as in its vector. Finest map of at most 32 x 32 first: it sets the grid.
 */
export function scatteringPatches({ nodes }: OnnxModel, pooled: number): PatchSpec {
  const found = new Map<string, { name: string; side: number; log: boolean }>();
  for (const node of nodes) {
    if (node.op !== 'AveragePool' && node.op !== 'MaxPool') continue;
    const name = node.inputs[0]!;
    const known = found.get(name);
    found.set(name, { name, side: kernel(node) * pooled, log: (known?.log ?? false) || leadsToLog(nodes, node.outputs[0]!) });
  }
  const rank = (side: number): number => (side <= finestGrid ? -side : side);
  const maps = [...found.values()].sort((a, b) => rank(a.side) - rank(b.side));
  return { layout: 'maps', leading: 0, balanced: true, outputs: maps.map(({ name, log }) => ({ name, scale: log ? 'log' : 'linear', weight: 1 })) };
}
