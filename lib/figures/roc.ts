import { rocAuc, rocCurve } from '@/lib/anomaly/metrics/roc-auc';
import { qualityLabelNames, roleNames, type ScoreTable } from './score-table';

export type RocFigure = {
  /** False and true positive rate along the curve, from (0, 0) to (1, 1). */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Area under the curve; ties count half. */
  readonly auc: number;
  readonly positives: number;
  readonly negatives: number;
};

/** ROC of `scores` against `positive` (1 or 0), higher score = more positive; null unless both classes occur. */
export function rocFigure(scores: Float64Array, positive: Uint8Array, maxPoints = 400): RocFigure | null {
  const positives = positive.reduce((sum, one) => sum + one, 0);
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const curve = rocCurve(positive, scores);
  return { ...thinned(curve.falsePositiveRate, curve.truePositiveRate, maxPoints), auc: rocAuc(positive, scores), positives, negatives };
}

/** Keeps the ends and those corners that lie at least a pixel's worth apart: 50,000 corners make no path for a browser. */
function thinned(x: Float64Array, y: Float64Array, maxPoints: number): { x: Float64Array; y: Float64Array } {
  const kept = [0];
  const least = 2 / maxPoints;
  for (let i = 1; i < x.length - 1; i++) {
    const last = kept.at(-1)!;
    if (x[i]! - x[last]! + (y[i]! - y[last]!) >= least) kept.push(i);
  }
  kept.push(x.length - 1);
  return { x: Float64Array.from(kept, (i) => x[i]!), y: Float64Array.from(kept, (i) => y[i]!) };
}

/** ROC of quality over the labelled auxiliary samples, realistic = positive (AUC_QLT of the paper); null without both kinds. */
export function qualityRoc(table: ScoreTable): RocFigure | null {
  const auxiliary = roleNames.indexOf('auxiliary');
  const realistic = qualityLabelNames.indexOf('realistic');
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.role[row] === auxiliary && table.qualityLabel[row] !== 0 && Number.isFinite(table.quality[row]!)) rows.push(row);
  }
  return rocFigure(Float64Array.from(rows, (row) => table.quality[row]!), Uint8Array.from(rows, (row) => (table.qualityLabel[row] === realistic ? 1 : 0)));
}
