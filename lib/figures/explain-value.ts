import type { Score } from '@/lib/api/contracts/runs';
import { formatCount, formatNumber, formatPercent, formatUnit } from './format';

type Explained = { readonly headline: string; readonly sentences: readonly string[] };

/** Says what the value of an evaluator other than EAP means; null for EAP and for evaluators that are not known. */
export function explainValue(evaluator: string, score: Score): Explained | null {
  if (evaluator === 'CAP') return explainCap(score);
  const sentence = meanings[evaluator]?.(score.quality);
  return sentence === undefined ? null : { headline: ranked(score), sentences: [sentence] };
}

function ranked({ rank, of }: Score): string {
  return `Ranked ${formatCount(rank)} of ${formatCount(of)}`;
}

/** The parts of CAP (docs/methods/cap.md). */
export type CapParts = { readonly novelty: number; readonly expectedCount: number; readonly normalTail: number; readonly anomalyTail: number };

/** Null when a part is missing. */
export function capParts({ parts }: Pick<Score, 'parts'>): CapParts | null {
  const { novelty, expectedCount, normalTail, anomalyTail } = parts ?? {};
  if (novelty === undefined || expectedCount === undefined || normalTail === undefined || anomalyTail === undefined) return null;
  return { novelty, expectedCount, normalTail, anomalyTail };
}

/** A normal that looks as novel in one of twenty cases is no rare sight. */
const commonTail = 0.05;

function explainCap(score: Score): Explained {
  const parts = capParts(score);
  if (parts === null) return { headline: ranked(score), sentences: [] };
  const { novelty, expectedCount, normalTail, anomalyTail } = parts;
  return {
    headline: capHeadline(parts),
    sentences: [
      `Novelty ${formatUnit(novelty)}: the chance that a normal sample looks at least as novel is ${formatPercent(normalTail)}.`,
      `The chance that one more real anomaly lies at least as far out is ${formatPercent(anomalyTail)}: ${formatNumber(expectedCount)} are expected to, among the known ones and this sample.`,
      'The quality is the novelty times N / (1 + N), N being that expected number.',
    ],
  };
}

function capHeadline({ normalTail, expectedCount }: CapParts): string {
  if (normalTail > commonTail) return 'Many normals look as novel: hard to tell from a normal';
  return expectedCount < 1 ? 'Novel, but farther out than real anomalies lie' : 'Novel, and real anomalies lie as far out';
}

const helps = (what: string) => () => `${what} Above 0 it helps, below 0 it harms.`;

/** What a value says, by id in the evaluator registry. */
const meanings: Readonly<Record<string, (value: number) => string>> = {
  RARITY: (value) => (value > 0 ? `The smallest sphere that holds it has the radius ${formatNumber(value)}.` : 'Outside every sphere, so it is ranked last.'),
  P_X: (value) => (value > 0 ? `The density of the training samples around it is ${formatNumber(value)}.` : 'Outside every sphere: density 0, ranked last.'),
  P_YX: (value) => `The detector gives it p(anomalous) ${formatUnit(value)}; where it lies does not count.`,
  P_YX_NPX: (value) => `The detector’s probability plus the number of training samples times the density: ${formatNumber(value)}.`,
  LOO: helps('How much the detector improves on the training set when this sample alone is added.'),
  KNNSHAP: helps('Its share (Shapley value) in how well a nearest-neighbour classifier tells the training samples apart.'),
  DATABANZHAF: helps('How much better detectors fitted on random halves of the training set do with it than without it.'),
  AME: helps('What a lasso regression says that it adds to detectors fitted on random subsets.'),
  INF: helps('How much better detectors fitted on random parts of all samples do with it than without it.'),
  DATAOOB: () => 'How often detectors fitted on random parts of the training set call it an anomaly.',
  LAVA: () => 'Minus the calibrated cost of moving the sample onto the training set: the higher, the cheaper.',
  RANDOMEV: () => 'A random number: it says nothing of the sample.',
};
