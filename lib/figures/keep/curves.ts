import type { KeepAnalysis, KeepCurve, KeepSummary } from '@/lib/api/contracts/keep';
import { evaluatorName } from '../evaluator-name';
import { countOf, formatCount, formatUnit } from '../format';

/** Test accuracy with its 5 % to 95 % band over the repetitions. */
export type Expected = { readonly mean: number; readonly low: number; readonly high: number };

/** The newest ready analysis with a curve of that run, or null. `analyses` come newest first. */
export function analysisOf(analyses: readonly KeepAnalysis[], runId: string): (KeepAnalysis & { summary: KeepSummary }) | null {
  for (const analysis of analyses) {
    if (analysis.state === 'ready' && analysis.summary !== null && analysis.runIds.includes(runId)) return { ...analysis, summary: analysis.summary };
  }
  return null;
}

/** The curve of a run; null of an analysis that has none. */
export function curveOf({ curves }: KeepSummary, runId: string | null): KeepCurve | null {
  return curves.find((curve) => curve.runId === runId) ?? null;
}

/** The evaluator that random order is drawn as. */
const randomKey = 'RANDOMEV';

/** Name of a curve as an evaluator's style and legend know it. */
export function curveKey({ runId, title }: KeepCurve): string {
  return runId === null ? randomKey : title;
}

/** What a key of curves is called in a legend. */
export function curveKeyName(key: string): string {
  return key === randomKey ? 'Random order' : evaluatorName(key);
}

/** What a curve is called on the screen. */
export function curveName(curve: KeepCurve): string {
  return curve.runId === null ? 'Random order' : evaluatorName(curve.title);
}

/**
 * Samples on the axis of the curves for so many kept of a run's ranking. Curves count the samples that every compared run
 * scored; where the shown run scored more, a share of its ranking compares with the same share of those.
 */
export function curveCount({ auxiliary }: KeepSummary, keep: number, total: number): number {
  return total === 0 ? 0 : (keep * auxiliary.all) / total;
}

/** The other way: samples of the run's ranking for a number on the axis of the curves. */
export function keepOfCurve({ auxiliary }: KeepSummary, count: number, total: number): number {
  return auxiliary.all === 0 ? 0 : Math.min(total, Math.round((count * total) / auxiliary.all));
}

/** Accuracy at a number of kept samples, read from the curve by a straight line between its points. */
export function expectedAt({ added, mean, low, high }: KeepCurve, count: number): Expected {
  const after = added.findIndex((one) => one >= count);
  const at = after < 0 ? added.length - 1 : after;
  if (after <= 0 || added[at] === count) return { mean: mean[at]!, low: low[at]!, high: high[at]! };
  const weight = (count - added[at - 1]!) / (added[at]! - added[at - 1]!);
  const between = (values: readonly number[]) => values[at - 1]! * (1 - weight) + values[at]! * weight;
  return { mean: between(mean), low: between(low), high: between(high) };
}

/** "0.91 (0.88 to 0.93)". */
export function expectedText({ mean, low, high }: Expected): string {
  return `${formatUnit(mean)} (${formatUnit(low)} to ${formatUnit(high)})`;
}

/** How many to keep by one curve, and why, in a sentence. `keep` counts in the whole ranking. */
export type Recommendation = { readonly keep: number; readonly sentence: string };

/**
 * The least number that is within one standard error of the best mean (the rule that the analysis applied), told with what it
 * gains over no auxiliary sample and whether it beats random order there.
 */
export function recommendation(summary: KeepSummary, curve: KeepCurve, total: number): Recommendation {
  const keep = keepOfCurve(summary, curve.best.count, total);
  const name = curveName(curve);
  const gain = curve.best.mean - summary.baseline.mean;
  if (summary.baseline.mean === 1) {
    return { keep: 0, sentence: 'Without any auxiliary sample every real test sample is told right already: these real anomalies cannot show how many to keep.' };
  }
  if (curve.best.count === 0) {
    return { keep: 0, sentence: `Keeping samples by ${name} does not raise the accuracy here beyond chance: with none at all it is ${formatUnit(summary.baseline.mean)}, and no number of kept samples is more than one standard error above it.${lossIn(summary, curve, total)}` };
  }
  const random = curveOf(summary, null);
  const chance = random === null ? null : expectedAt(random, curve.best.count).mean;
  const against = chance === null ? '' : ` Random order reaches ${formatUnit(chance)} with as many${curve.best.mean > chance ? '' : ', so that the order matters little here'}.`;
  const whole = keep >= total;
  const start = whole
    ? `The accuracy of ${name}’s ranking grows to the end: keeping all ${countOf(total, 'sample')} is best.`
    : `After ${formatCount(keep)} the accuracy of ${name}’s ranking no longer grows: keeping ${formatCount(keep)} is within one standard error of the best.`;
  return { keep, sentence: `${start} It is ${formatUnit(curve.best.mean)} there, ${formatUnit(Math.abs(gain))} ${gain >= 0 ? 'more' : 'less'} than without auxiliary samples.${against}` };
}

/** What kept samples cost at worst, where that is below the band of the accuracy without any. */
function lossIn(summary: KeepSummary, { added, mean, low }: KeepCurve, total: number): string {
  const worst = mean.indexOf(Math.min(...mean));
  return mean[worst]! < low[0]! ? ` It falls to ${formatUnit(mean[worst])} with ${formatCount(keepOfCurve(summary, added[worst]!, total))}: so many of these samples do harm.` : '';
}

/** Rows for a CSV of the curves. */
export function keepCurvesCsv(curves: readonly KeepCurve[]): { header: string[]; rows: (string | number)[][] } {
  return {
    header: ['ranking', 'run', 'kept', 'accuracy_mean', 'accuracy_sd', 'accuracy_p05', 'accuracy_p95'],
    rows: curves.flatMap((curve) => curve.added.map((count, i) => [curveName(curve), curve.runId ?? 'random', count, curve.mean[i]!, curve.sd[i]!, curve.low[i]!, curve.high[i]!])),
  };
}

/** The curves in words, for those who do not see them. */
export function describeCurves(curves: readonly KeepCurve[]): string {
  return `Lines of balanced test accuracy by the number of samples kept. ${curves.map((curve) => `${curveName(curve)}: ${formatUnit(curve.mean[0])} with none, ${formatUnit(curve.mean.at(-1))} with all, ${formatUnit(curve.best.mean)} with ${formatCount(curve.best.count)}`).join('. ')}.`;
}
