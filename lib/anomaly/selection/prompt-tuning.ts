import { rankingOf } from '../curves/ranking';
import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import { pickBest, type Pick } from './pick';
import { twoSampleAuroc } from './two-sample-auroc';

/** Share of the auxiliary anomalies that an evaluator's best ones are; the EAP paper is silent, its other experiments add a third. */
export const KEPT_SHARE = 1 / 3;

/** Values that one evaluator gives the auxiliary anomalies; higher = more useful. */
export type EvaluatorValues = { readonly name: string; readonly values: ArrayLike<number> };

/** Scores of prompt pairs (rows) for samples (columns): `difference` of `zeroShotScores`. */
export type PairScores = {
  readonly auxiliary: Matrix;
  /** Held-out normals, label 0. */
  readonly heldOut: Matrix;
  readonly real: { readonly anomalies: Matrix; readonly normals: Matrix } | null;
};

/** What one evaluator's choice of auxiliary anomalies leads to: a cell of the EAP paper's Table 2. */
export type TunedPrompt = {
  readonly name: string;
  /** Rows of the auxiliary set that were kept, best first. */
  readonly kept: readonly number[];
  /** Per pair, on the kept auxiliary anomalies against the held-out normals. */
  readonly aurocs: readonly number[];
  readonly pick: Pick;
  /** AUROC of the picked pair on real data; null without. */
  readonly realAuroc: number | null;
};

export type PromptTuning = {
  readonly evaluators: readonly TunedPrompt[];
  /** Per pair, on real data; null without. */
  readonly realAurocs: readonly number[] | null;
  readonly best: Pick | null;
};

/** Scores of one pair. */
export function pairRow({ data, cols }: Matrix, pair: number): Float64Array {
  return data.slice(pair * cols, (pair + 1) * cols);
}

/**
 * Prompt tuning with selected auxiliary anomalies (EAP paper, Q4 and Table 2), for all evaluators side by side: each keeps the third that it values
 * most, the pair with the best AUROC of those against the held-out normals is picked, and its AUROC on real data is what the
 * evaluator reached. Auxiliary anomalies of equal value come in an order drawn from `seed`.
 */
export function tunePrompts(evaluators: readonly EvaluatorValues[], scores: PairScores, options: { seed: number; keptShare?: number }): PromptTuning {
  const { seed, keptShare = KEPT_SHARE } = options;
  const { auxiliary, heldOut, real } = scores;
  if (!(keptShare > 0 && keptShare <= 1)) throw new NumericsError('parameter.invalid', `The share of kept anomalies must lie above 0 and not above 1, not at ${keptShare}.`);
  if (auxiliary.rows !== heldOut.rows) throw new NumericsError('data.shape', `${auxiliary.rows} prompt pairs scored the auxiliary anomalies, ${heldOut.rows} the normals.`);
  const pairs = Array.from({ length: auxiliary.rows }, (_, pair) => pair);
  const realAurocs = real === null ? null : pairs.map((pair) => twoSampleAuroc(pairRow(real.anomalies, pair), pairRow(real.normals, pair)));
  const count = Math.max(1, Math.round(auxiliary.cols * keptShare));
  const tuned = evaluators.map(({ name, values }): TunedPrompt => {
    if (values.length !== auxiliary.cols) throw new NumericsError('data.shape', `${name} values ${values.length} auxiliary anomalies, there are ${auxiliary.cols}.`);
    const kept = [...rankingOf(values, seed).subarray(0, count)];
    const aurocs = pairs.map((pair) => {
      const row = pairRow(auxiliary, pair);
      return twoSampleAuroc(Float64Array.from(kept, (i) => row[i]!), pairRow(heldOut, pair));
    });
    const pick = pickBest(aurocs);
    return { name, kept, aurocs, pick, realAuroc: realAurocs?.[pick.index] ?? null };
  });
  return { evaluators: tuned, realAurocs, best: realAurocs === null ? null : pickBest(realAurocs) };
}
