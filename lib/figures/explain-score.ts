import type { Run, Score } from '@/lib/api/contracts/runs';
import { qualitySentence } from './decompose-quality';
import { explainValue } from './explain-value';
import { countOf, formatCount, formatNumber, formatUnit } from './format';
import { runTitle } from './run-name';

/** What a person reads beside a sample. The headline alone is the folded form. */
export type Explanation = { readonly headline: string; readonly sentences: readonly string[] };

/** What the explanation says about where its numbers come from. */
export type ExplainedRun = Pick<Run, 'evaluator' | 'preset' | 'parameters' | 'seed' | 'modelName' | 'summary'>;

const roleWords = { normal: 'normal', anomaly: 'real anomaly', auxiliary: 'auxiliary sample' } as const;

/** "normal 014.png", "real anomaly crack-3.png". */
export function nameNeighbour(neighbour: { role: keyof typeof roleWords; fileName: string }): string {
  return `${roleWords[neighbour.role]} ${neighbour.fileName}`;
}

export function roleWord(role: keyof typeof roleWords): string {
  return roleWords[role];
}

/**
 * Says in words how a score came about. EAP: the spheres of Eq. 6 that hold the sample (or the gap to the
 * nearest), the conditional probability of Eq. 4, and how the two make the quality of Eq. 2. CAP: its two p-values. Others:
 * what their value means. Every claim about distance names the extractor that the distances belong to.
 */
export function explainScore(score: Score, run: ExplainedRun): Explanation {
  const own = explainValue(run.evaluator, score);
  const eap = own === null ? [sphereSentence(score), probabilitySentence(score), qualitySentence(score, run) ?? consequence(score)] : own.sentences;
  const sentences = [...eap, spreadSentence(score), provenance(run)];
  return { headline: own?.headline ?? headline(score), sentences: sentences.filter((sentence) => sentence !== null) };
}

function headline(score: Score): string {
  if (score.zone === null) return `Ranked ${formatCount(score.rank)} of ${formatCount(score.of)}`;
  if (score.zone === 'unrealistic') return unrealisticHeadline(score);
  const where = insideOf(score);
  return score.zone === 'realistic'
    ? `Realistic: ${where}, and the detector calls it an anomaly`
    : `Indistinguishable: ${where}, and the detector takes it for normal`;
}

function unrealisticHeadline({ gap }: Score): string {
  return gap ? `Unrealistic: outside every sphere, gap ${gapTimes(gap)}` : 'Unrealistic: outside every sphere';
}

function insideOf(score: Score): string {
  return score.coveringSpheres === null ? 'near known samples' : `inside ${score.coveringSpheres} of ${countOf(score.spheres, 'sphere')}`;
}

function gapTimes(gap: NonNullable<Score['gap']>): string {
  return gap.typicalRadius > 0 ? `${formatNumber(gap.gap / gap.typicalRadius, 2)}× the typical radius` : formatNumber(gap.gap);
}

function sphereSentence({ centre, gap, coveringSpheres, spheres }: Score): string | null {
  if (centre) {
    const count = coveringSpheres ?? 1;
    const inside = `Inside ${count} of ${countOf(spheres, 'sphere')}`;
    const which = count === 1 ? 'it is centred' : 'the smallest is centred';
    return `${inside}; ${which} on ${nameNeighbour(centre)} (radius ${formatNumber(centre.radius)}, distance ${formatNumber(centre.distance)}).`;
  }
  if (gap) {
    return `Outside every one of the ${countOf(spheres, 'sphere')}: the gap to the nearest, around ${nameNeighbour(gap)}, is ${gapTimes(gap)}.`;
  }
  return null;
}

function probabilitySentence({ probability }: Score): string | null {
  if (probability === null) return null;
  return probability >= 0.5
    ? `The detector calls it an anomaly: p(anomalous) ${formatUnit(probability)}.`
    : `The detector takes it for a normal: p(anomalous) ${formatUnit(probability)}.`;
}

function consequence(score: Score): string | null {
  if (score.zone === 'unrealistic') return 'With density 0 its quality is the prior share of anomalies, whatever the detector says.';
  if (score.zone === null || score.density === null) return null;
  return `Density ${formatNumber(score.density)}: the denser its surroundings, the more the probability counts for the quality.`;
}

function spreadSentence({ spread }: Score): string | null {
  if (spread === null) return null;
  return `Over ${countOf(spread.subsets, 'training subset')} the quality lies between ${formatUnit(spread.p05)} and ${formatUnit(spread.p95)} (5 to 95 %, resampling spread).`;
}

function provenance(run: ExplainedRun): string {
  return `Distances are in the features of ${run.modelName}; ${runTitle(run)}, seed ${run.seed}.`;
}
