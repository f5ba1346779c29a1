import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { isPickHit, pickBest, type Pick } from '@/lib/anomaly/selection/pick';
import { promptGains, PROMPT_ENSEMBLE, type PromptGain } from '@/lib/anomaly/selection/prompt-selection';
import { pairRow, tunePrompts, type PairScores } from '@/lib/anomaly/selection/prompt-tuning';
import type { SelectionResult } from '@/lib/anomaly/selection/select-candidate';
import { twoSampleAuroc } from '@/lib/anomaly/selection/two-sample-auroc';
import type { PromptGainDto, PromptSelectionSummary, TunedEvaluator } from '@/lib/api/contracts/prompt-selections';
import type { ChosenPrompt } from './select';

/** Explaining samples that are kept, of each kind. */
export const MOST_EXPLAINING = 60;

/** What one evaluator said of the synthetic anomalies, or why it could not. */
export type Valued = { readonly evaluator: string; readonly seconds: number } & ({ readonly values: ArrayLike<number> } | { readonly message: string });

type Parts = Omit<PromptSelectionSummary, 'evaluators' | 'gains' | 'losses' | 'gained' | 'lost' | 'sizes' | 'head' | 'truncatedTexts' | 'seconds'>;

/** The stored form of a selection, without what other parts of the job know. */
export function selectionParts({ selection, scores }: ChosenPrompt): Parts {
  const { pick, intervals, winShares, stability, draws, variants, real } = selection;
  return {
    pairs: intervals.map(({ low, high }, i) => ({ auroc: variants[0]!.aurocs[i]!, low, high, wins: winShares[i]!, real: real === null ? null : { rest: real[i]!.rest, closest: real[i]!.closest } })),
    pick: storedPick(pick),
    stability,
    draws,
    ensemble: { auroc: twoSampleAuroc(pairRow(scores.synthetic!.difference, intervals.length), pairRow(scores.heldOut!.difference, intervals.length)), real: ensembleReal(selection) },
    variants: variants.map(({ hardest, pick: best, kendall }) => ({ hardest, pick: storedPick(best), tau: kendall === null ? null : { rest: tauOf(kendall.rest), closest: tauOf(kendall.closest) } })),
    best: real === null ? null : bestOf(real.map(({ rest }) => rest), real.map(({ closest }) => closest), pick.index),
  };
}

function ensembleReal({ tasks }: SelectionResult): PromptSelectionSummary['ensemble']['real'] {
  const of = (task: string) => tasks.find((one) => one.task === task)?.baselines.find(({ name }) => name === PROMPT_ENSEMBLE)?.auroc ?? null;
  const [rest, closest] = [of('rest'), of('closest')];
  return rest === null || closest === null ? null : { rest, closest };
}

function bestOf(rest: readonly number[], closest: readonly number[], picked: number): PromptSelectionSummary['best'] {
  return { rest: storedPick(pickBest(rest)), closest: storedPick(pickBest(closest)), hit: { rest: isPickHit(rest, picked), closest: isPickHit(closest, picked) } };
}

function storedPick({ index, value, tied }: Pick): PromptSelectionSummary['pick'] {
  return { index, value, tied: [...tied] };
}

/** JSON knows no NaN. */
function tauOf({ tau, pValue }: { readonly tau: number; readonly pValue: number }): { tau: number | null; pValue: number | null } {
  return { tau: Number.isNaN(tau) ? null : tau, pValue: Number.isNaN(pValue) ? null : pValue };
}

/**
 * Prompt tuning by every evaluator (EAP paper, Q4 and Table 2), in the order of `valued`. One that could not value, or gave a value that is
 * not finite, keeps its sentence and takes no part.
 */
export function tuneByEvaluators(valued: readonly Valued[], { scores, selection }: ChosenPrompt, seed: number): TunedEvaluator[] {
  const pairs = selection.intervals.length;
  const able = valued.flatMap((one) => ('values' in one && Array.from(one.values).every(Number.isFinite) ? [{ name: one.evaluator, values: one.values }] : []));
  const tuned = able.length === 0 ? [] : tunePrompts(able, withoutEnsemble(scores, pairs), { seed }).evaluators;
  return valued.map((one) => {
    const { evaluator, seconds } = one;
    const found = tuned.find(({ name }) => name === evaluator);
    if (found !== undefined) return { evaluator, seconds, pick: storedPick(found.pick), kept: found.kept.length, realAuroc: found.realAuroc, message: null };
    return { evaluator, seconds, pick: null, kept: 0, realAuroc: null, message: 'message' in one ? one.message : 'It gave values that are not numbers.' };
  });
}

/** Cosine differences of the pairs themselves, without the ensemble that is their last row. */
function withoutEnsemble({ synthetic, heldOut, realAnomalies, realNormals }: ChosenPrompt['scores'], pairs: number): PairScores {
  const of = ({ difference }: { readonly difference: Matrix }): Matrix => ({ ...difference, data: difference.data.subarray(0, pairs * difference.cols), rows: pairs });
  return {
    auxiliary: of(synthetic!),
    heldOut: of(heldOut!),
    real: realAnomalies === null || realNormals === null ? null : { anomalies: of(realAnomalies), normals: of(realNormals) },
  };
}

/**
 * Samples that explain the pick: synthetic anomalies whose place among the held-out normals rises most against the default pair, and those where it falls most.
 * @param ids of the synthetic anomalies, in the order of their scores
 */
export function explainPick({ selection, scores }: ChosenPrompt, ids: readonly string[]): Explanation {
  const [anomalies, normals] = [scores.synthetic!.difference, scores.heldOut!.difference];
  const picked = selection.pick.index;
  const gains = promptGains(anomalies, normals, picked, 0);
  const losses = promptGains(anomalies, normals, 0, picked).map(({ sample, chosen, fallback }) => ({ sample, chosen: fallback, fallback: chosen }));
  const named = (list: readonly PromptGain[]): PromptGainDto[] => list.slice(0, MOST_EXPLAINING).map(({ sample, chosen, fallback }) => ({ sampleId: ids[sample]!, chosen, fallback }));
  return { gains: named(gains), losses: named(losses), gained: gains.length, lost: losses.length };
}

type Explanation = { gains: PromptGainDto[]; losses: PromptGainDto[]; gained: number; lost: number };
