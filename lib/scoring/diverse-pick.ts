import type { DiversePickSummary } from '@/lib/api/contracts/keep';
import { AssayError } from '@/lib/errors';
import type { Compute } from './compute';
import { trainingNormals } from './training-set';
import { rowsOf, type Vectors } from './vectors';

export type PickRequest = {
  /** Samples to pick among, and accepted ones that count as picked; those that are no longer there are passed over. */
  readonly poolIds: readonly string[];
  readonly acceptedIds: readonly string[];
  readonly quality: ReadonlyMap<string, number>;
  readonly count: number;
  readonly weight: number;
  readonly seed: number;
};

/**
 * Chooses samples of a feature set that are good and unlike one another, and compares the choice with the plain best ones.
 * @throws AssayError or NumericsError `data.too_few_rows`, `job.cancelled`
 */
export async function pickSamples(vectors: Vectors, { poolIds, acceptedIds, quality, count, weight, seed }: PickRequest, compute: Compute): Promise<{ summary: Omit<DiversePickSummary, 'seconds'>; sampleIds: string[] }> {
  const rowsWith = (ids: readonly string[]) => {
    const wanted = new Set(ids);
    return Int32Array.from(vectors.samples.flatMap(({ id, role }, row) => (role === 'auxiliary' && wanted.has(id) ? [row] : [])));
  };
  const idOf = (row: number) => vectors.samples[row]!.id;
  const rows = rowsWith(poolIds).filter((row) => quality.has(idOf(row)));
  if (rows.length === 0) throw new AssayError('data.too_few_rows', 'None of the samples to choose among is there any more.', { hint: 'Choose anew.' });
  const accepted = rowsWith(acceptedIds);
  const threshold = await compute('copyThreshold', { normals: rowsOf(vectors, trainingNormals(vectors.samples)) }, { unit: 'normals' });
  const request = { pool: rowsOf(vectors, rows), quality: Float64Array.from(rows, (row) => quality.get(idOf(row))!), accepted: rowsOf(vectors, accepted), threshold, count, weight, seed };
  const { picked, ...figures } = await compute('pickDiverse', request, { unit: 'samples' });
  return {
    summary: { pool: rows.length, accepted: accepted.length, threshold, ...figures },
    sampleIds: [...picked].map((at) => idOf(rows[at]!)),
  };
}
