import { bonferroniThreshold, type KendallTau } from '@/lib/anomaly/selection/kendall';
import { decidingRows, type DecidingRow } from '@/lib/anomaly/selection/deciding-rows';
import { largestModel } from '@/lib/anomaly/selection/pick';
import type { Baseline, SelectionResult, SelectionVariant, StrategyOutcome } from '@/lib/anomaly/selection/select-candidate';
import { LARGEST_MODEL } from '@/lib/anomaly/selection/select-model';
import type { DecidingSample, Kendall, ModelCandidate, ModelSelectionSettings, ModelSelectionSummary, SelectionStrategy } from '@/lib/api/contracts/selections';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import type { ScoredCandidate, ScoredExtractor } from './candidates';
import type { TakingPart } from './taking-part';

/** Samples of each list of deciding ones. */
const MOST_DECIDING = 24;

type Settings = Pick<ModelSelectionSettings, 'seed' | 'draws' | 'hardest'>;
export type ChoiceInput = { readonly scored: readonly ScoredExtractor[]; readonly candidates: readonly ScoredCandidate[]; readonly parts: TakingPart; readonly leftOut: number };

/** Selects among scored candidates and describes the choice; all but how long it took. */
export async function chooseAmong({ scored, candidates, parts, leftOut }: ChoiceInput, { seed, draws, hardest }: Settings, context: PipelineContext): Promise<Omit<ModelSelectionSummary, 'seconds'>> {
  const types = parts['real-anomaly'].map(({ defectType }) => defectType);
  const input = { candidates: candidates.map(({ scores }) => scores), defectTypes: types.some((type) => type !== null) ? types : null, baselines: baselinesOf(scored) };
  const result = await compute('selectCandidate', { input, options: { seed, draws, hardest: ['all', ...hardest] } }, context);
  const deciding = decidingRows(candidates.map(({ scores }) => scores.synthetic), result.pick.index, MOST_DECIDING);
  const tests = result.variants.reduce((sum, { kendall }) => sum + (kendall === null ? 0 : Object.keys(kendall).length), 0);
  return {
    sizes: {
      seeds: parts.seed.length,
      heldOut: parts['held-out'].length,
      synthetic: parts.synthetic.length,
      real: types.length === 0 ? null : { anomalies: types.length, normals: parts['real-normal'].length, types: new Set(types.filter((type) => type !== null)).size },
      leftOut,
    },
    candidates: candidates.map((candidate, i) => describeCandidate(candidate, i, result)),
    pick: result.pick.index,
    tie: result.pick.tied.length > 1,
    tied: [...result.pick.tied],
    stability: result.stability,
    draws: result.draws,
    variants: result.variants.map(({ hardest: count, pick, kendall }) => ({
      count: count === 'all' ? null : count,
      pick: pick.index,
      tied: [...pick.tied],
      kendall: kendall === null ? null : { rest: kendallDto(kendall.rest), closest: kendallDto(kendall.closest) },
    })),
    tasks: result.tasks.map(({ task, selected, best, baselines }) => ({ task, selected: strategy(selected), best: strategy(best), baselines: baselines.map(strategy) })),
    bonferroni: tests === 0 ? null : { tests, threshold: bonferroniThreshold(tests) },
    extractors: scored.map(({ extractor, dim, totalVariation }) => ({
      modelId: extractor.modelId,
      modelName: extractor.name,
      featureSetId: extractor.set.id,
      dim,
      totalVariation: totalVariation === null ? null : { value: totalVariation.value, clusters: totalVariation.clusters },
    })),
    deciding: { wrong: deciding.wrong.map((row) => decidingSample(row, parts)), separating: deciding.separating.map((row) => decidingSample(row, parts)) },
  };
}

/** The largest model under the first detector; none where a number of weights is not known. */
function baselinesOf(scored: readonly ScoredExtractor[]): Baseline[] {
  const largest = largestModel(scored.map(({ extractor }) => extractor.parameters));
  return largest === null ? [] : [{ name: LARGEST_MODEL, candidate: largest, real: null }];
}

function describeCandidate({ extractor, detector }: ScoredCandidate, i: number, { intervals, winShares, variants, real }: SelectionResult): ModelCandidate {
  const { auroc, low, high } = intervals[i]!;
  const own = real?.[i];
  const hardest = (variant: SelectionVariant) => (variant.hardest === 'all' ? [] : [{ count: variant.hardest, auroc: variant.aurocs[i]! }]);
  return {
    modelId: extractor.modelId,
    modelName: extractor.name,
    parameters: extractor.parameters,
    featureSetId: extractor.set.id,
    detector,
    synthetic: { auroc, low, high, wins: winShares[i]! },
    hardest: variants.flatMap(hardest),
    real: own === undefined ? null : { ...own, byType: own.byType.map((type) => ({ ...type })) },
  };
}

const strategy = ({ name, candidate, auroc, hit }: StrategyOutcome): SelectionStrategy => ({ name, candidate, auroc, hit });

/** JSON knows no NaN. */
const finite = (value: number) => (Number.isFinite(value) ? value : null);

function kendallDto({ tau, pValue, method, count }: KendallTau): Kendall {
  return { tau: finite(tau), pValue: finite(pValue), method, count };
}

function decidingSample({ side, row, place, least, greatest }: DecidingRow, parts: TakingPart): DecidingSample {
  const part = side === 'anomalies' ? 'synthetic' : 'held-out';
  return { sampleId: parts[part][row]!.id, side: part, place, least: { ...least }, greatest: { ...greatest } };
}
