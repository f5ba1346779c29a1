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
  return settings.evaluators.filter(isEvaluatorId).reduce((sum, id) => sum + evaluatorSeconds(id, size, { mode: settings.mode }), variants);
}

/** Core seconds of one evaluator over all sets and seeds. */
export function evaluatorSetSeconds(id: EvaluatorId, sets: readonly PlannedSet[], settings: ExperimentSettings): number {
  const sizes = sets.flatMap((set) => valuationSize(set, settings) ?? []);
  return settings.seeds * sizes.reduce((sum, size) => sum + evaluatorSeconds(id, size, { mode: settings.mode }), 0);
}

/** Seconds of one random forest of 100 trees at 1,000 rows, and of one support vector machine on a kernel that is there. */
const FOREST_SECONDS = 0.37;
const MACHINE_SECONDS = 0.03;
/** Seconds of one product of a kernel matrix. */
const PRODUCT_SECONDS = 2e-10;

/**
 * Core seconds of the downstream models behind the learning curves: one fit per point, direction and ranking, at the mean
 * number of rows. A forest grows as n log n, a support vector machine as n squared.
 */
export function curveSeconds(sets: readonly PlannedSet[], settings: ExperimentSettings): number {
  const rankings = settings.evaluators.length + (settings.priorSensitivity ? paperAlpha0s.length : 0);
  return settings.seeds * sets.reduce((sum, set) => sum + setCurveSeconds(set, settings, rankings), 0);
}

function setCurveSeconds(set: PlannedSet, settings: ExperimentSettings, rankings: number): number {
  const size = valuationSize(set, settings);
  if (size === null) return 0;
  const fits = rankings * (settings.curvePoints === 'exact' ? size.auxiliary : Math.min(2 * settings.curvePoints, size.auxiliary));
  const rows = size.rows + size.auxiliary / 4;
  if (set.kind === 'tabular') return fits * FOREST_SECONDS * (rows / 1000) * (Math.log(rows) / Math.log(1000));
  return fits * MACHINE_SECONDS * (rows / 1000) ** 2 + (size.rows + size.auxiliary) ** 2 * size.columns * PRODUCT_SECONDS;
}
