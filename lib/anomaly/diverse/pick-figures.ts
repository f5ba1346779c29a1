import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { selectRows, type Matrix } from '../linalg/matrix';
import { nearestReferences } from '../linalg/nearest';
import { nearestBetter } from '../redundancy/nearest-better';
import { greedyPick } from './greedy-pick';

/** What a set of picked rows is like; distances are Euclidean. */
export type PickFigures = {
  readonly picked: number;
  readonly meanQuality: number;
  /** Mean and largest distance of the pool to the nearest picked or accepted row. */
  readonly meanCoverage: number;
  readonly largestCoverage: number;
  /** Between two picked rows; null of a single one. */
  readonly minDistance: number | null;
  /** Picked rows that lie within the threshold of an accepted row or of a better picked one. */
  readonly nearCopies: number;
};

export type Coverage = Pick<PickFigures, 'meanCoverage' | 'largestCoverage'>;

export type DiverseRequest = {
  /** n x d, the pool. */
  readonly pool: Matrix;
  readonly quality: Float64Array;
  /** Rows that count as picked already; none: 0 rows. */
  readonly accepted: Matrix;
  /** Within which rows are near copies. */
  readonly threshold: number;
  readonly count: number;
  readonly weight: number;
  readonly seed: number;
};

export type DiverseResult = {
  /** Rows of the pool in the order of choice. */
  readonly picked: Int32Array;
  /** Coverage by the accepted rows alone; null without any. */
  readonly before: Coverage | null;
  readonly diverse: PickFigures;
  /** The plain top as many. */
  readonly top: PickFigures;
  /** Rows in both. */
  readonly shared: number;
};

/**
 * A diverse choice and what it gains over the plain best rows of the same pool; see `greedyPick`.
 * @throws NumericsError `data.*`, `parameter.invalid`, `job.cancelled`
 */
export async function pickAndCompare(request: DiverseRequest, context: NumericsContext = {}): Promise<DiverseResult> {
  const { pool, quality, accepted, count, weight, seed } = request;
  const known = accepted.rows === 0 ? undefined : (await nearestReferences(pool, accepted, 1, context)).squared;
  const input = { points: pool, quality, known };
  const picked = await greedyPick(input, { count, weight, seed }, context);
  if (picked.length === 0) throw new NumericsError('data.too_few_rows', 'Every row to choose among is an exact copy of an accepted one; only the weight 1 picks copies.');
  const top = await greedyPick(input, { count, weight: 1, seed });
  const inTop = new Set(top);
  return {
    picked,
    before: known === undefined ? null : coverageOf(known),
    diverse: await figuresOf(request, picked, known, context),
    top: await figuresOf(request, top, known, context),
    shared: picked.filter((row) => inTop.has(row)).length,
  };
}

async function figuresOf({ pool, quality, threshold }: DiverseRequest, picked: Int32Array, known: Float64Array | undefined, context: NumericsContext): Promise<PickFigures> {
  const { squared } = await nearestReferences(pool, selectRows(pool, picked), 1, { ...context, onProgress: undefined });
  // By quality, so that of two near copies the worse one counts.
  const ordered = picked.toSorted((a, b) => (quality[a]! < quality[b]! ? 1 : quality[a]! > quality[b]! ? -1 : 0));
  const [between] = await nearestBetter(selectRows(pool, ordered), [Int32Array.from(ordered, (_, at) => at)], { ...context, onProgress: undefined });
  const isCopy = (at: number) => between![at]! <= threshold || (known !== undefined && Math.sqrt(known[ordered[at]!]!) <= threshold);
  return {
    picked: picked.length,
    meanQuality: picked.reduce((sum, row) => sum + quality[row]!, 0) / picked.length,
    ...coverageOf(known === undefined ? squared : squared.map((value, row) => Math.min(value, known[row]!))),
    minDistance: picked.length < 2 ? null : between!.subarray(1).reduce((least, distance) => Math.min(least, distance), Infinity),
    nearCopies: ordered.filter((_, at) => isCopy(at)).length,
  };
}

function coverageOf(squared: Float64Array): Coverage {
  let sum = 0;
  let largest = 0;
  for (const value of squared) {
    sum += Math.sqrt(value);
    largest = Math.max(largest, value);
  }
  return { meanCoverage: sum / squared.length, largestCoverage: Math.sqrt(largest) };
}
