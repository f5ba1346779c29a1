import { estimateCurveSeconds } from '@/lib/anomaly/curves/estimate';
import { NumericsError } from '@/lib/anomaly/errors';
import type { EvaluationSize } from '@/lib/anomaly/evaluators/evaluator';
import { isEvaluatorId, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { paperAlpha0s } from '@/lib/anomaly/protocol/result';
import { splitCounts, type SplitCounts } from '@/lib/anomaly/protocol/split-counts';
import type { ExperimentCandidate, ExperimentSettings, SetKind } from '@/lib/api/contracts/experiments';
import { evaluatorSeconds } from '../estimate';

type Counts = Pick<ExperimentCandidate, 'normals' | 'anomalies' | 'dim'>;
type SplitChoice = Pick<ExperimentSettings, 'split' | 'maxNormals'>;

/** How many rows of a set go where, or the sentence that says why it is too small for the split. */
export function splitOf({ normals, anomalies }: Counts, { split, maxNormals }: SplitChoice): SplitCounts | string {
  try {
    return splitCounts(anomalies, normals, split, maxNormals);
  } catch (error) {
    if (error instanceof NumericsError) return error.message;
    throw error;
  }
}

/** Sizes of the valuations of one split of a set; null when it is too small for the split. */
export function valuationSize(set: Counts, choice: SplitChoice): EvaluationSize | null {
  const counts = splitOf(set, choice);
  if (typeof counts === 'string') return null;
  return { rows: counts.trainNormals + counts.trainAnomalies, anomalies: counts.trainAnomalies, auxiliary: 3 * counts.third, columns: set.dim };
}

/** One set with how it is judged. */
export type PlannedSet = Counts & { readonly kind: SetKind };

/**
 * Core seconds of the valuations of an experiment by the evaluators' own estimates: over sets, seeds and evaluators, with
 * the six variants of EAP where the prior is tried too. The downstream models of the learning curves come on top.
 */
export function valuationSeconds(sets: readonly PlannedSet[], settings: ExperimentSettings): number {
  return settings.seeds * sets.reduce((sum, set) => sum + setSeconds(set, settings), 0);
}

function setSeconds(set: PlannedSet, settings: ExperimentSettings): number {
  const size = valuationSize(set, settings);
  if (size === null) return 0;
  const variants = settings.priorSensitivity ? paperAlpha0s.length * evaluatorSeconds('EAP', size) : 0;
  return settings.evaluators.filter(isEvaluatorId).reduce((sum, id) => sum + evaluatorSeconds(id, size, modeOf(settings)), variants);
}

/** "Fast" leaves each evaluator its own default, which is exact where the fast mode is no faithful stand-in. */
function modeOf({ mode }: ExperimentSettings): { mode?: 'exact' } {
  return mode === 'exact' ? { mode } : {};
}

/** Core seconds of one evaluator over all sets and seeds. */
export function evaluatorSetSeconds(id: EvaluatorId, sets: readonly PlannedSet[], settings: ExperimentSettings): number {
  const sizes = sets.flatMap((set) => valuationSize(set, settings) ?? []);
  return settings.seeds * sizes.reduce((sum, size) => sum + evaluatorSeconds(id, size, modeOf(settings)), 0);
}

/** Core seconds of the downstream models behind the learning curves, over sets and seeds, by their own estimate. */
export function curveSeconds(sets: readonly PlannedSet[], settings: ExperimentSettings): number {
  const rankings = settings.evaluators.length + (settings.priorSensitivity ? paperAlpha0s.length : 0);
  return settings.seeds * sets.reduce((sum, set) => sum + setCurveSeconds(set, settings, rankings), 0);
}

function setCurveSeconds(set: PlannedSet, settings: ExperimentSettings, rankings: number): number {
  const counts = splitOf(set, settings);
  if (typeof counts === 'string') return 0;
  return estimateCurveSeconds({
    rows: counts.trainNormals + counts.trainAnomalies,
    auxiliary: 3 * counts.third,
    test: 2 * counts.test,
    columns: set.dim,
    rankings,
    classifier: set.kind === 'tabular' ? 'random_forest' : 'svm',
    points: settings.curvePoints,
  });
}
