import { NumericsError } from '../errors';
import { createRandom } from '../random/generator';
import { percentile } from '../detectors/squash';

/** Distinct score levels in descending order with the number of positives and negatives at each. */
type Levels = { readonly count: number; readonly of: Int32Array; readonly positives: number; readonly negatives: number };

function checkScores(labels: ArrayLike<number>, scores: ArrayLike<number>): void {
  if (labels.length !== scores.length) throw new NumericsError('data.shape', `There are ${labels.length} labels for ${scores.length} scores.`);
  for (let i = 0; i < scores.length; i += 1) {
    if (Number.isNaN(scores[i])) throw new NumericsError('data.not_finite', `Score ${i} is not a number.`);
  }
}

/** Numbers the distinct scores from the highest (0) on; `of[i]` is the level of row i. */
function scoreLevels(labels: ArrayLike<number>, scores: ArrayLike<number>): Levels {
  checkScores(labels, scores);
  const n = scores.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const of = new Int32Array(n);
  let level = -1;
  let previous = NaN;
  for (const row of order) {
    if (scores[row] !== previous) level += 1;
    previous = scores[row]!;
    of[row] = level;
  }
  let positives = 0;
  for (let i = 0; i < n; i += 1) positives += labels[i] === 1 ? 1 : 0;
  if (positives === 0 || positives === n) {
    throw new NumericsError('data.one_class', 'The area under the ROC curve is undefined: all rows belong to one class.');
  }
  return { count: level + 1, of, positives, negatives: n - positives };
}

/** Area from counts per level: the share of (positive, negative) pairs in the right order, ties half. */
function areaFromCounts(positives: Int32Array, negatives: Int32Array): number {
  let area = 0;
  let above = 0;
  let totalNegatives = 0;
  for (let i = 0; i < positives.length; i += 1) {
    area += negatives[i]! * (above + positives[i]! / 2);
    above += positives[i]!;
    totalNegatives += negatives[i]!;
  }
  return area / (above * totalNegatives);
}

function countPerLevel(labels: ArrayLike<number>, levels: Levels): { positives: Int32Array; negatives: Int32Array } {
  const positives = new Int32Array(levels.count);
  const negatives = new Int32Array(levels.count);
  levels.of.forEach((level, i) => {
    (labels[i] === 1 ? positives : negatives)[level]! += 1;
  });
  return { positives, negatives };
}

/** Area under the ROC curve of scores (higher = positive, label 1); ties count half. `data.one_class` when undefined. */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { positives, negatives } = countPerLevel(labels, scoreLevels(labels, scores));
  return areaFromCounts(positives, negatives);
}

export type RocCurve = {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** A row is called positive from this score on; the first is Infinity. */
  readonly threshold: Float64Array;
};

/** One point per distinct score from (0, 0) to (1, 1). */
export function rocCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): RocCurve {
  const levels = scoreLevels(labels, scores);
  const { positives, negatives } = countPerLevel(labels, levels);
  const falsePositiveRate = new Float64Array(levels.count + 1);
  const truePositiveRate = new Float64Array(levels.count + 1);
  const threshold = new Float64Array(levels.count + 1).fill(Infinity);
  levels.of.forEach((level, i) => {
    threshold[level + 1] = scores[i]!;
  });
  let hits = 0;
  let alarms = 0;
  for (let i = 0; i < levels.count; i += 1) {
    hits += positives[i]!;
    alarms += negatives[i]!;
    truePositiveRate[i + 1] = hits / levels.positives;
    falsePositiveRate[i + 1] = alarms / levels.negatives;
  }
  return { falsePositiveRate, truePositiveRate, threshold };
}

export type AucInterval = { readonly auc: number; readonly low: number; readonly high: number; readonly standardError: number };

/**
 * Area under the ROC curve with a percentile bootstrap interval: positives and negatives are each redrawn with replacement
 * (stratified), `repetitions` times.
 */
export function rocAucInterval(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { seed: number; repetitions?: number; confidence?: number },
): AucInterval {
  const { seed, repetitions = 1000, confidence = 0.95 } = options;
  if (!Number.isSafeInteger(repetitions) || repetitions < 1) throw new NumericsError('parameter.invalid', `Bootstrap repetitions must be a whole number from 1 on, not ${repetitions}.`);
  if (!(confidence > 0 && confidence < 1)) throw new NumericsError('parameter.invalid', `The confidence must lie between 0 and 1, not at ${confidence}.`);
  const levels = scoreLevels(labels, scores);
  const positiveLevels = levels.of.filter((_, i) => labels[i] === 1);
  const negativeLevels = levels.of.filter((_, i) => labels[i] !== 1);
  const random = createRandom(seed);
  const redraw = (from: Int32Array): Int32Array => {
    const counts = new Int32Array(levels.count);
    for (let i = 0; i < from.length; i += 1) counts[from[random.integer(from.length)]!]! += 1;
    return counts;
  };
  const areas = new Float64Array(repetitions).map(() => areaFromCounts(redraw(positiveLevels), redraw(negativeLevels)));
  const mean = areas.reduce((sum, area) => sum + area, 0) / repetitions;
  const variance = areas.reduce((sum, area) => sum + (area - mean) ** 2, 0) / repetitions;
  const tail = 50 * (1 - confidence);
  return { auc: rocAuc(labels, scores), low: percentile(areas, tail), high: percentile(areas, 100 - tail), standardError: Math.sqrt(variance) };
}
