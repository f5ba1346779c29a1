import { normalUpperQuantile } from '@/lib/anomaly/distributions/normal';
import { newcombeInterval } from '@/lib/anomaly/metrics/proportion';
import type { Contrast, FeedbackParameter, Outcome } from '@/lib/api/contracts/feedback';
import { outcomeCounts, shareOf } from './tally';

export const outcomes: readonly Outcome[] = ['unrealistic', 'indistinguishable', 'rejected'];

/** Samples that either side of a comparison must have. */
export const fewestCompared = 10;

/** Of all comparisons together, the probability that any difference that is called sure is chance. */
const errorRate = 0.05;

type Split = { readonly parameter: FeedbackParameter; readonly outcome: Outcome; readonly first: number; readonly last: number; readonly inside: Counts; readonly outside: Counts };
type Counts = { readonly count: number; readonly of: number };

/**
 * Settings that make a difference, surest first. Every range of neighbouring bins of a number, and every word, is compared with the
 * rest of the samples that have the parameter, for each outcome, where either side has at least `fewestCompared` of them. What is
 * ranked is the least difference of the two shares that the samples allow: the lower end of Newcombe's interval at a level that
 * holds for all comparisons at once (Bonferroni: 1 - 0.05 / comparisons). Only differences above 0 are answered, and of each
 * parameter and outcome the best one.
 */
export function contrastsOf(parameters: readonly FeedbackParameter[]): { standsOut: Contrast[]; comparisons: number } {
  const splits = parameters.flatMap((parameter) => outcomes.flatMap((outcome) => splitsOf(parameter, outcome)));
  if (splits.length === 0) return { standsOut: [], comparisons: 0 };
  const z = normalUpperQuantile(errorRate / splits.length / 2);
  const best = new Map<string, Contrast>();
  for (const split of splits) {
    const contrast = contrastOf(split, z);
    const key = JSON.stringify([contrast.source, contrast.name, contrast.outcome]);
    if (contrast.leastDifference > (best.get(key)?.leastDifference ?? 0)) best.set(key, contrast);
  }
  return { standsOut: [...best.values()].sort((a, b) => b.leastDifference - a.leastDifference), comparisons: splits.length };
}

function splitsOf(parameter: FeedbackParameter, outcome: Outcome): Split[] {
  const { kind, groups } = parameter;
  const all = outcomeCounts(groups, outcome);
  return rangesOf(kind, groups.length).flatMap(([first, last]) => {
    const inside = outcomeCounts(groups.slice(first, last + 1), outcome);
    const outside = { count: all.count - inside.count, of: all.of - inside.of };
    return inside.of < fewestCompared || outside.of < fewestCompared ? [] : [{ parameter, outcome, first, last, inside, outside }];
  });
}

/** Each way to take neighbouring bins out of the row once: ranges that reach the end are the rest of those that begin at the start. */
function rangesOf(kind: FeedbackParameter['kind'], length: number): [number, number][] {
  const each = Array.from({ length }, (_, i) => i);
  if (kind === 'word') return length === 2 ? [[0, 0]] : each.map((i) => [i, i]);
  return each.flatMap((first) => each.filter((last) => last >= first && last < length - 1).map((last): [number, number] => [first, last]));
}

function contrastOf({ parameter, outcome, first, last, inside, outside }: Split, z: number): Contrast {
  const isWorse = inside.count / inside.of >= outside.count / outside.of;
  const [worse, better] = isWorse ? [inside, outside] : [outside, inside];
  const { source, name, kind } = parameter;
  const side = kind === 'word' ? (isWorse ? 'value' : 'otherValues') : first === 0 ? (isWorse ? 'below' : 'above') : isWorse ? 'between' : 'outside';
  return {
    source, name, outcome, first, last, side,
    worse: shareOf(worse.count, worse.of)!,
    better: shareOf(better.count, better.of)!,
    leastDifference: newcombeInterval(worse, better, z).low,
  };
}
