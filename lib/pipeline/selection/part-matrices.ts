import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import type { SelectionPart } from '@/lib/api/contracts/selections';
import { rowsOf } from '@/lib/scoring/vectors';
import type { PipelineContext } from '../context';
import { readVectors } from '../vectors';
import type { PartSample, TakingPart } from './taking-part';

/** Vectors of one extractor: gives those of some samples, in their order. */
export type PartVectors = { readonly dim: number; of(...samples: readonly (readonly PartSample[])[]): Matrix };

/** Reads the vectors of a feature set. @throws as `readVectors` */
export async function partVectors(featureSetId: string, context: PipelineContext): Promise<PartVectors> {
  const vectors = await readVectors(context, featureSetId);
  const rowOf = new Map(vectors.samples.map(({ id }, row) => [id, row]));
  return { dim: vectors.dim, of: (...samples) => rowsOf(vectors, samples.flat().map(({ id }) => rowOf.get(id)!)) };
}

/** The support set: seeds first, then the held-out normals. */
export function supportOf(parts: TakingPart): PartSample[] {
  return [...parts.seed, ...parts['held-out']];
}

/** Rows of the support set that are held out. */
export function heldOutRows(parts: TakingPart): number[] {
  return parts['held-out'].map((_, i) => parts.seed.length + i);
}

/** The parts in a fixed order, with their samples. */
export function partsInOrder(parts: TakingPart): (readonly [SelectionPart, readonly PartSample[]])[] {
  return (['seed', 'held-out', 'synthetic', 'real-anomaly', 'real-normal'] as const).map((part) => [part, parts[part]]);
}
