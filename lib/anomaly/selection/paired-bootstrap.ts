import { percentile } from '../detectors/squash';
import { NumericsError } from '../errors';
import { createRandom, type RandomGenerator } from '../random/generator';
import { pickBest } from './pick';

/** Scores of one candidate on a validation set: the same anomalies and the same normals, in the same order, for every candidate. */
export type ValidationScores = { readonly anomalies: Float64Array; readonly normals: Float64Array };

export type BootstrapInterval = { readonly auroc: number; readonly low: number; readonly high: number; readonly standardError: number };

export type PairedBootstrap = {
  /** Per candidate, in their order. */
  readonly intervals: readonly BootstrapInterval[];
  readonly draws: number;
  /** Per candidate the share of draws that it wins; of equals the first wins, as in the selection itself. */
  readonly winShares: readonly number[];
  /** Share of the draws in which the candidate that was picked wins again. */
  readonly stability: number;
};

export const BOOTSTRAP_DRAWS = 1000;

/** Rows by descending score; `tied[i]` says that row i of the order has the same score as the one before. */
type Order = { readonly rows: Int32Array; readonly tied: Uint8Array };

function orderOf({ anomalies, normals }: ValidationScores): Order {
  const split = anomalies.length;
  const scoreOf = (row: number) => (row < split ? anomalies[row]! : normals[row - split]!);
  const rows = Int32Array.from({ length: split + normals.length }, (_, row) => row).sort((a, b) => scoreOf(b) - scoreOf(a));
  return { rows, tied: Uint8Array.from(rows, (row, i) => (i > 0 && scoreOf(rows[i - 1]!) === scoreOf(row) ? 1 : 0)) };
}

/** Area under the ROC curve when row r counts `weights[r]` times; rows before `split` are anomalies. */
function weightedAuroc({ rows, tied }: Order, weights: Int32Array, split: number): number {
  let area = 0;
  let above = 0;
  let level = 0;
  let below = 0;
  let normals = 0;
  for (let i = 0; i < rows.length; i += 1) {
    if (tied[i] === 0) {
      area += below * (above + level / 2);
      above += level;
      normals += below;
      level = 0;
      below = 0;
    }
    const row = rows[i]!;
    if (row < split) level += weights[row]!;
    else below += weights[row]!;
  }
  area += below * (above + level / 2);
  return area / ((above + level) * (normals + below));
}

function redraw(weights: Int32Array, from: number, to: number, random: RandomGenerator): void {
  weights.fill(0, from, to);
  for (let i = from; i < to; i += 1) weights[from + random.integer(to - from)]! += 1;
}

function checkPaired(candidates: readonly ValidationScores[]): { anomalies: number; normals: number } {
  const [first] = candidates;
  if (first === undefined) throw new NumericsError('data.too_few_rows', 'There is no candidate.');
  const [anomalies, normals] = [first.anomalies.length, first.normals.length];
  if (anomalies === 0 || normals === 0) throw new NumericsError('data.one_class', `A validation set needs anomalies and normals; it has ${anomalies} and ${normals}.`);
  candidates.forEach((candidate, i) => {
    if (candidate.anomalies.length !== anomalies || candidate.normals.length !== normals) {
      throw new NumericsError('data.shape', `Candidate ${i} scored ${candidate.anomalies.length} anomalies and ${candidate.normals.length} normals, the first ${anomalies} and ${normals}.`);
    }
    if (candidate.anomalies.some(Number.isNaN) || candidate.normals.some(Number.isNaN)) throw new NumericsError('data.not_finite', `A score of candidate ${i} is not a number.`);
  });
  return { anomalies, normals };
}

/**
 * How sure the AUROC of each candidate and the pick are: anomalies and normals of the validation set are each redrawn with
 * replacement `draws` times, the same rows for every candidate. Intervals are percentiles (95 %).
 */
export function pairedBootstrap(candidates: readonly ValidationScores[], options: { seed: number; draws?: number; confidence?: number }): PairedBootstrap {
  const { seed, draws = BOOTSTRAP_DRAWS, confidence = 0.95 } = options;
  if (!Number.isSafeInteger(draws) || draws < 1) throw new NumericsError('parameter.invalid', `The number of bootstrap draws must be a whole number from 1 on, not ${draws}.`);
  if (!(confidence > 0 && confidence < 1)) throw new NumericsError('parameter.invalid', `The confidence must lie between 0 and 1, not at ${confidence}.`);
  const { anomalies, normals } = checkPaired(candidates);
  const orders = candidates.map(orderOf);
  const weights = new Int32Array(anomalies + normals).fill(1);
  const aurocs = orders.map((order) => weightedAuroc(order, weights, anomalies));
  const { index: winner } = pickBest(aurocs);
  const random = createRandom(seed);
  const drawn = candidates.map(() => new Float64Array(draws));
  const wins = new Float64Array(candidates.length);
  const values = new Float64Array(candidates.length);
  for (let draw = 0; draw < draws; draw += 1) {
    redraw(weights, 0, anomalies, random);
    redraw(weights, anomalies, weights.length, random);
    orders.forEach((order, i) => {
      values[i] = weightedAuroc(order, weights, anomalies);
      drawn[i]![draw] = values[i]!;
    });
    wins[pickBest(values).index]! += 1;
  }
  const tail = 50 * (1 - confidence);
  const intervals = aurocs.map((auroc, i) => ({ auroc, low: percentile(drawn[i]!, tail), high: percentile(drawn[i]!, 100 - tail), standardError: deviation(drawn[i]!) }));
  return { intervals, draws, winShares: Array.from(wins, (count) => count / draws), stability: wins[winner]! / draws };
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
