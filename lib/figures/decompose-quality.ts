import type { Run, Score } from '@/lib/api/contracts/runs';
import { formatCount, formatNumber, formatPercent, formatUnit } from './format';

type DecomposedRun = Pick<Run, 'evaluator' | 'preset' | 'parameters' | 'summary'>;

/** What one pass of EAP made the quality of: (alpha0 + n density p) / (alpha0 + beta0 + n density). */
export type QualityParts = {
  /** Prior share of anomalies and how many observations it counts as: alpha0 / (alpha0 + beta0), alpha0 + beta0. */
  readonly prior: number;
  readonly priorWeight: number;
  readonly probability: number;
  readonly density: number;
  /** Training samples that the posterior counts. */
  readonly rows: number;
  /** How many observations the detector's probability counts as: n density. */
  readonly evidenceWeight: number;
  /** What each adds to the quality of the one pass. */
  readonly fromPrior: number;
  readonly fromEvidence: number;
};

/** Null for other evaluators than EAP, and where a part is not known. EAP paper, Section 4; docs/methods/eap.md. */
export function qualityParts({ probability, density }: Pick<Score, 'probability' | 'density'>, run: DecomposedRun): QualityParts | null {
  const { summary } = run;
  if (run.evaluator !== 'EAP' || summary === null || probability === null || density === null || summary.alpha0 === null || summary.beta0 === null) return null;
  const rows = summary.normals + (countsNormalsOnly(run) ? 0 : summary.anomalies);
  const priorWeight = summary.alpha0 + summary.beta0;
  const evidenceWeight = rows * density;
  const total = priorWeight + evidenceWeight;
  if (!(priorWeight > 0)) return null;
  return { prior: summary.alpha0 / priorWeight, priorWeight, probability, density, rows, evidenceWeight, fromPrior: summary.alpha0 / total, fromEvidence: (evidenceWeight * probability) / total };
}

/** Whether n leaves out the real anomalies: as the run's parameters say, else as its preset does. */
function countsNormalsOnly({ parameters, preset }: DecomposedRun): boolean {
  const given = typeof parameters === 'object' && parameters !== null ? (parameters as Readonly<Record<string, unknown>>)['posteriorRows'] : undefined;
  return given === undefined ? preset === 'released' : given === 'normals';
}

/** In one sentence how much of the quality is prior and how much is the detector; the two written parts add up to the written whole. */
export function qualitySentence(score: Pick<Score, 'quality' | 'probability' | 'density' | 'spread'>, run: DecomposedRun): string | null {
  const parts = qualityParts(score, run);
  if (parts === null) return null;
  const { prior, priorWeight, probability, density, rows, evidenceWeight, fromPrior, fromEvidence } = parts;
  const whole = fromPrior + fromEvidence;
  const what = score.spread === null ? `The quality ${formatUnit(whole, 3)}` : `One pass over all training samples gives ${formatUnit(whole, 3)}, which`;
  const mean = score.spread === null ? '.' : `; the quality ${formatUnit(score.quality, 3)} is the mean over ${formatCount(score.spread.subsets)} training subsets.`;
  if (evidenceWeight === 0) return `${what} is the prior share of anomalies alone: with density 0 the detector’s probability counts for nothing${mean}`;
  const first = Number(formatUnit(fromPrior, 3));
  const second = Number(formatUnit(whole, 3)) - first;
  const total = priorWeight + evidenceWeight;
  return (
    `${what} is ${formatUnit(first, 3)} from the prior share of anomalies (${formatUnit(prior, 3)}, counted as ${formatNumber(priorWeight)} of ${formatNumber(total)} observations, ${formatPercent(priorWeight / total)}) ` +
    `plus ${formatUnit(second, 3)} from the detector’s probability (${formatUnit(probability, 3)}, counted as ${formatCount(rows)} training samples × density ${formatNumber(density)} = ${formatNumber(evidenceWeight)}, ${formatPercent(evidenceWeight / total)})${mean}`
  );
}
