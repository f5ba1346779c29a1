import { forEachBlock, type DistanceSource } from '../linalg/distances';
import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';

export type SsdoParameters = {
  /** Neighbour whose distance sets the length scale eta; cut to rows - 1. */
  readonly neighbours: number;
  /** Weight of the labels against the prior. */
  readonly alpha: number;
};

export const ssdoDefaults: SsdoParameters = { neighbours: 10, alpha: 2.3 };

const SMALLEST_ETA = 1e-10;

/** Throws `parameter.invalid` unless neighbours is a whole number from 1 on and alpha a finite number from 0 on. */
export function checkSsdoParameters({ neighbours, alpha }: SsdoParameters): void {
  if (!Number.isSafeInteger(neighbours) || neighbours < 1) {
    throw new NumericsError('parameter.invalid', `The number of detector neighbours must be a whole number from 1 on, not ${neighbours}.`);
  }
  if (!(alpha >= 0 && Number.isFinite(alpha))) throw new NumericsError('parameter.invalid', `Alpha must be a finite number from 0 on, not ${alpha}.`);
}

/**
 * eta: harmonic mean of the rows' distances to their k-th nearest other row, where zeros are first replaced by the
 * smallest positive distance; at least 1e-10, also when all rows are alike. See docs/methods/eap.md.
 */
export function lengthScale(kthDistances: Float64Array): number {
  let smallest = Infinity;
  for (const distance of kthDistances) if (distance > 0 && distance < smallest) smallest = distance;
  if (smallest === Infinity) return SMALLEST_ETA;
  let inverse = 0;
  for (const distance of kthDistances) inverse += 1 / (distance > 0 ? distance : smallest);
  return Math.max(SMALLEST_ETA, kthDistances.length / inverse);
}

/** The k nearest squared distances seen so far, ascending in `heap[0..k)`; for small k. */
export class NearestDistances {
  private readonly nearest: Float64Array;

  constructor(private readonly k: number) {
    this.nearest = new Float64Array(k);
  }

  reset(): void {
    this.nearest.fill(Infinity);
  }

  add(value: number): void {
    const { nearest } = this;
    let i = this.k - 1;
    if (value >= nearest[i]!) return;
    for (; i > 0 && nearest[i - 1]! > value; i -= 1) nearest[i] = nearest[i - 1]!;
    nearest[i] = value;
  }

  /** The k-th smallest value added. */
  kth(): number {
    return this.nearest[this.k - 1]!;
  }

  /** The (k - 1)-th smallest value added; 0, below all distances, for k = 1. */
  beforeKth(): number {
    return this.k > 1 ? this.nearest[this.k - 2]! : 0;
  }
}

/** Rows a detector was fitted on: indices into the training set, the normals first; `normals` says how many those are. */
export type SsdoMembers = { readonly index: Int32Array; readonly normals: number };

/** Orders rows for `ssdoScore`: normals before anomalies, each in their given order. */
export function groupByLabel(rows: ArrayLike<number>, labels: Uint8Array): SsdoMembers {
  const index = new Int32Array(rows.length);
  let normals = 0;
  for (let i = 0; i < rows.length; i += 1) if (labels[rows[i]!] === 0) index[normals++] = rows[i]!;
  let at = normals;
  for (let i = 0; i < rows.length; i += 1) if (labels[rows[i]!] !== 0) index[at++] = rows[i]!;
  return { index, normals };
}

function kernelSum(squared: Float64Array, offset: number, index: Int32Array, from: number, to: number, rate: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += Math.exp(squared[offset + index[i]!]! * rate);
  return sum;
}

/**
 * SSDO score of one row: f = (prior + alpha da) / (1 + alpha (da + dn)) with da, dn the sums of w = 2^(-(d / eta)²) over the member
 * anomalies and normals; in [0, 1]. `squared[offset + t]` is the squared distance to training row t (Vercruyssen et al. 2018, all rows labelled; docs/methods/eap.md).
 */
export function ssdoScore(prior: number, squared: Float64Array, offset: number, members: SsdoMembers, eta: number, alpha: number): number {
  const rate = -Math.LN2 / (eta * eta);
  const normal = kernelSum(squared, offset, members.index, 0, members.normals, rate);
  const anomalous = kernelSum(squared, offset, members.index, members.normals, members.index.length, rate);
  return (prior + alpha * anomalous) / (1 + alpha * (anomalous + normal));
}

export type SsdoModel = { readonly members: SsdoMembers; readonly eta: number; readonly alpha: number; readonly trainScores: Float64Array };

/** Fits SSDO on all training rows: eta from their distances, then each row's own score (it counts itself with w = 1). */
export async function fitSsdo(
  distances: DistanceSource,
  labels: Uint8Array,
  prior: Float64Array,
  parameters: SsdoParameters,
  context: NumericsContext = {},
): Promise<SsdoModel> {
  checkSsdoParameters(parameters);
  const n = distances.references;
  if (n < 2) throw new NumericsError('data.too_few_rows', 'The detector needs at least two training rows.');
  const members = groupByLabel(Int32Array.from({ length: n }, (_, i) => i), labels);
  const nearest = new NearestDistances(Math.min(parameters.neighbours, n - 1));
  const kth = new Float64Array(n);
  await forEachBlock(distances, context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      nearest.reset();
      for (let j = 0; j < n; j += 1) if (j !== i) nearest.add(block[(i - start) * n + j]!);
      kth[i] = Math.sqrt(nearest.kth());
    }
  });
  const eta = lengthScale(kth);
  const model = { members, eta, alpha: parameters.alpha };
  return { ...model, trainScores: await scoreSsdo(model, distances, prior, context) };
}

/** SSDO scores of the rows of `distances` (queries x training rows). */
export async function scoreSsdo(
  model: Omit<SsdoModel, 'trainScores'>,
  distances: DistanceSource,
  prior: Float64Array,
  context: NumericsContext = {},
): Promise<Float64Array> {
  const scores = new Float64Array(distances.rows);
  await forEachBlock(distances, context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      scores[i] = ssdoScore(prior[i]!, block, (i - start) * distances.references, model.members, model.eta, model.alpha);
    }
  });
  return scores;
}
