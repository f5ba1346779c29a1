import type { DetectorId } from '../detectors/registry';
import { needsFits, type PrototypePlan } from './prototype-options';

/** Size of a search for prototypes, from which its time can be told before it starts. */
export type PrototypeSize = {
  readonly normals: number;
  /** Rows of the validation set; 0 without one. */
  readonly validation: number;
  readonly test: number;
  readonly columns: number;
};

/** Measured parts of the running time, in seconds. */
const SECONDS = {
  /** Per coordinate of a distance. */
  distance: 1e-9,
  /** Per member and validation row of a subset that is judged from a table, and per validation row that is sorted. */
  tableEntry: 4e-9,
  sortedRow: 5e-8,
  /** Of a Gaussian: per coordinate of a projection, per cubed row of the eigenvectors, per coordinate of a query. */
  projection: 6e-9,
  eigen: 2e-8,
  query: 6e-8,
  /** Of a forest: whole, and per row. */
  forest: 0.015,
  forestRow: 1e-4,
  /** Of PatchCore's random projection, per column. */
  projectedColumn: 1e-4,
  /** Per coordinate of a step of the mixture. */
  mixture: 6e-9,
};

/** Steps of k-means and the EM algorithm together, as they are usual. */
const MIXTURE_STEPS = 20;

/** Seconds of one fit on `rows` normals and the scores of `queries` rows. */
function fitSeconds(id: DetectorId, rows: number, queries: number, columns: number): number {
  const pairs = rows * queries * columns;
  if (id === 'knn') return pairs * SECONDS.distance;
  if (id === 'iforest') return SECONDS.forest + (rows + queries) * SECONDS.forestRow;
  if (id === 'ssdo') return SECONDS.forest + (rows + queries) * SECONDS.forestRow + rows * (rows + queries) * columns * SECONDS.distance;
  if (id === 'patchcore') return columns * SECONDS.projectedColumn + pairs * SECONDS.projection;
  return pairs * SECONDS.projection + Math.min(rows, columns) ** 3 * SECONDS.eigen + queries * columns * SECONDS.query;
}

/** Rough running time of `findPrototypes` in seconds on one core of the machine of docs/benchmarks.md. */
export function estimatePrototypeSeconds({ normals, validation, test, columns }: PrototypeSize, plan: PrototypePlan): number {
  const { id } = plan.detector;
  const judged = (rows: number) => fitSeconds(id, rows, validation + test, columns);
  const singles = validation === 0 ? 0 : id === 'knn' ? fitSeconds(id, normals, validation, columns) : normals * fitSeconds(id, 2, validation, columns);
  const evaluations = plan.population + plan.generations * Math.floor(plan.population / 2);
  const ofSubset = (size: number) => {
    if (needsFits(plan.detector, plan.fitness)) return fitSeconds(id, size, validation, columns);
    return size * validation * SECONDS.tableEntry + (plan.fitness === 'auroc' ? validation * SECONDS.sortedRow : 0);
  };
  const chosen = (size: number) => {
    const evolution = plan.methods.includes('evolution') ? evaluations * ofSubset(size) : 0;
    const coreSet = plan.methods.includes('core-set') ? MIXTURE_STEPS * normals * size * columns * SECONDS.mixture : 0;
    return evolution + coreSet + (plan.methods.length + plan.randomDraws) * judged(size);
  };
  const tail = !plan.longTail ? 0 : id === 'knn' ? normals * validation * SECONDS.sortedRow : normals * fitSeconds(id, normals, validation, columns);
  return judged(normals) + singles + tail + plan.sizes.reduce((sum, size) => sum + chosen(size), 0);
}
