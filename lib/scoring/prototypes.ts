import type { LabelledRows } from '@/lib/anomaly/prototypes/labelled-rows';
import type { PrototypeSettings, PrototypeSummary, PrototypeTail } from '@/lib/api/contracts/prototypes';
import type { Compute } from './compute';
import { drawRows, planSearch, prototypeCounts } from './prototype-plan';
import { rowsOf, type Vectors } from './vectors';

export type FoundPrototypes = { readonly summary: Omit<PrototypeSummary, 'seconds'>; readonly tail: PrototypeTail };

const words = { 'single normals': 'training with single normals', 'long tail': 'leaving out one normal after the other' };

/**
 * Searches a feature set for prototypes of normality; samples are named by their ids.
 * @throws AssayError or NumericsError `data.too_few_rows`, `parameter.invalid`, `job.cancelled`
 */
export async function searchPrototypes(vectors: Vectors, settings: PrototypeSettings, compute: Compute): Promise<FoundPrototypes> {
  const { rows, options } = planSearch(prototypeCounts(vectors.samples), vectors.dim, settings);
  const drawn = drawRows(vectors.samples, settings);
  const labelled = (set: Int32Array | null): LabelledRows | null =>
    set && { points: rowsOf(vectors, set), labels: Uint8Array.from(set, (row) => Number(vectors.samples[row]!.role === 'anomaly')) };
  const input = { normals: rowsOf(vectors, drawn.candidates), validation: labelled(drawn.validation), test: labelled(drawn.test) };
  const { plan, full, chosen, random, tail } = await compute('prototypes', { input, options }, { words, unit: 'steps' });
  const idOf = (candidate: number) => vectors.samples[drawn.candidates[candidate]!]!.id;
  return {
    summary: {
      rows,
      sizes: [...plan.sizes],
      population: plan.population,
      generations: plan.generations,
      full,
      chosen: chosen.map(({ method, size, members, validation, test }) => ({ method, size, sampleIds: members.map(idOf), validation, test })),
      random: random.map(({ size, draws }) => ({ size, draws: [...draws] })),
    },
    tail: tail.map(({ row, presence, alone }) => ({ sampleId: idOf(row), presence, alone })),
  };
}
