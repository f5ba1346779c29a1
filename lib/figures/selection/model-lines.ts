import { largestModel } from '@/lib/anomaly/selection/pick';
import type { Kendall, ModelCandidate, ModelSelectionSummary, SelectionDetector } from '@/lib/api/contracts/selections';
import { bestFirst, type CandidateLine, type Guide, type Task } from './candidate-lines';

/** Names of detectors as they stand beside an extractor. */
export const detectorNames: Readonly<Record<SelectionDetector, string>> = {
  'deep-nn': 'deep k-NN',
  knn: 'k-NN',
  ssdo: 'SSDO',
  mahalanobis: 'Mahalanobis',
  pca: 'PCA',
  npca: 'NPCA',
  patchcore: 'PatchCore',
  iforest: 'isolation forest',
};

/** An extractor, and its detector where several are compared. */
export function candidateName({ modelName, detector }: Pick<ModelCandidate, 'modelName' | 'detector'>, several: boolean): string {
  return several ? `${modelName}, ${detectorNames[detector]}` : modelName;
}

/** Names of all candidates, in their order. */
export function candidateNames({ candidates }: Pick<ModelSelectionSummary, 'candidates'>): string[] {
  const several = new Set(candidates.map(({ detector }) => detector)).size > 1;
  return candidates.map((candidate) => candidateName(candidate, several));
}

/**
 * The candidates of a selection, best first.
 * @param hardest count of the hardest synthetic anomalies of each candidate that count; null: all
 */
export function modelLines(summary: ModelSelectionSummary, hardest: number | null, task: Task): CandidateLine[] {
  const variant = summary.variants.find(({ count }) => count === hardest) ?? summary.variants[0]!;
  const names = candidateNames(summary);
  const lines = summary.candidates.map((candidate, index): CandidateLine => {
    const { synthetic, real, parameters } = candidate;
    return {
      index,
      name: names[index]!,
      weights: parameters,
      auroc: aurocOf(candidate, variant.count),
      interval: variant.count === null ? [synthetic.low, synthetic.high] : null,
      wins: synthetic.wins,
      real: real?.[task] ?? null,
      realType: task === 'closest' ? (real?.closestType ?? null) : null,
      picked: variant.pick === index,
      tied: variant.tied.length > 1 && variant.tied.includes(index),
    };
  });
  return bestFirst(lines);
}

function aurocOf({ synthetic, hardest }: ModelCandidate, count: number | null): number {
  return hardest.find((one) => one.count === count)?.auroc ?? synthetic.auroc;
}

/**
 * Lines of comparison. With real labels: the best real AUROC of all candidates, and that of each other way of choosing. Without: the
 * synthetic AUROC of the extractor with most weights under the first detector, where every number of weights is known.
 */
export function modelGuides(summary: ModelSelectionSummary, hardest: number | null, task: Task): Guide[] {
  const outcome = summary.tasks.find((one) => one.task === task);
  if (outcome !== undefined) {
    const baselines = outcome.baselines.flatMap(({ name, auroc }) => (auroc === null ? [] : [{ id: 'baseline' as const, name: `${name.toLowerCase()}, real`, value: auroc }]));
    return outcome.best.auroc === null ? baselines : [{ id: 'best', name: 'best possible, real', value: outcome.best.auroc }, ...baselines];
  }
  const first = summary.candidates.filter(({ detector }) => detector === summary.candidates[0]!.detector);
  const largest = first.length < 2 ? null : largestModel(first.map(({ parameters }) => parameters));
  return largest === null ? [] : [{ id: 'baseline', name: 'largest model, synthetic', value: aurocOf(first[largest]!, hardest) }];
}

/** One test of whether synthetic and real AUROC order the candidates alike. */
export type KendallLine = Kendall & { readonly hardest: number | null; readonly task: Task; /** Whether the p-value is below Bonferroni's threshold. */ readonly significant: boolean };

export function kendallLines({ variants, bonferroni }: Pick<ModelSelectionSummary, 'variants' | 'bonferroni'>): KendallLine[] {
  return variants.flatMap(({ count, kendall }) =>
    kendall === null
      ? []
      : (['rest', 'closest'] as const).map((task) => {
          const { pValue } = kendall[task];
          return { ...kendall[task], hardest: count, task, significant: pValue !== null && bonferroni !== null && pValue < bonferroni.threshold };
        }),
  );
}
