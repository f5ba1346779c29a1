import { createRandom } from '@/lib/anomaly/random/generator';
import { sampleWithoutReplacement } from '@/lib/anomaly/random/sampling';
import { tsneDefaults } from '@/lib/anomaly/projection/tsne';
import { encodeColumns, packUuids, type Column } from '@/lib/api/contracts/columns';
import { selectionParts } from '@/lib/api/contracts/selections';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import type { ScoredCandidate } from './candidates';
import { partsInOrder, partVectors } from './part-matrices';
import type { PartSample, TakingPart } from './taking-part';

/** Samples of each part on the map, at most. */
const MOST_ON_MAP = 1_000;
/** Fewer points than this t-SNE cannot lay out. */
const FEWEST_ON_MAP = 3;

/** Coordinates by sample. */
export type SelectionMap = ReadonlyMap<string, readonly [x: number, y: number]>;

/** t-SNE of normals, synthetic and real anomalies in the vectors of the pick (SWSA paper, Figure 4). */
export async function selectionMap(featureSetId: string, parts: TakingPart, seed: number, context: PipelineContext): Promise<SelectionMap> {
  const shown = partsInOrder(parts).flatMap(([, samples]) => drawn(samples, seed));
  if (shown.length < FEWEST_ON_MAP) return new Map();
  const points = (await partVectors(featureSetId, context)).of(shown);
  const words = { neighbours: 'finding neighbours', projection: 'laying out' };
  const { positions } = await compute('tsne', { points, parameters: { ...tsneDefaults, seed } }, context, { words, unit: 'steps' });
  return new Map(shown.map(({ id }, row) => [id, [positions.data[2 * row]!, positions.data[2 * row + 1]!]]));
}

function drawn(samples: readonly PartSample[], seed: number): readonly PartSample[] {
  if (samples.length <= MOST_ON_MAP) return samples;
  return [...sampleWithoutReplacement(samples.length, MOST_ON_MAP, createRandom(seed))].sort((a, b) => a - b).map((row) => samples[row]!);
}

/** Columns of `selectionMap` in lib/api/contracts/routes.ts. */
export function selectionColumns(parts: TakingPart, candidates: readonly ScoredCandidate[], map: SelectionMap): Uint8Array<ArrayBuffer> {
  const inOrder = partsInOrder(parts);
  const samples = inOrder.flatMap(([, own]) => own);
  const types = ['', ...new Set(samples.flatMap(({ defectType }) => defectType ?? []))];
  const axis = (at: 0 | 1): Column => ({ type: 'f32', data: Float32Array.from(samples, ({ id }) => map.get(id)?.[at] ?? Number.NaN) });
  const columns: Record<string, Column> = {
    id: { type: 'uuid', data: packUuids(samples.map(({ id }) => id)) },
    part: { type: 'u8', data: Uint8Array.from(inOrder.flatMap(([part, own]) => own.map(() => selectionParts.indexOf(part)))), values: selectionParts },
    defectType: { type: 'u16', data: Uint16Array.from(samples, ({ defectType }) => (defectType === null ? 0 : types.indexOf(defectType))), values: types },
    x: axis(0),
    y: axis(1),
  };
  for (const [i, { scores }] of candidates.entries()) columns[`score${i}`] = { type: 'f64', data: scoresInOrder(scores, parts) };
  return encodeColumns({ rows: samples.length, columns });
}

/** Seeds are in the support set and get no score. */
function scoresInOrder({ synthetic, real }: ScoredCandidate['scores'], parts: TakingPart): Float64Array<ArrayBuffer> {
  const none = new Float64Array(parts.seed.length).fill(Number.NaN);
  const blocks = [none, synthetic.normals, synthetic.anomalies, real?.anomalies ?? [], real?.normals ?? []];
  return Float64Array.from(blocks.flatMap((block) => [...block]));
}
