import type { Run, Score } from '@/lib/api/contracts/runs';
import { capParts } from './explain-value';
import { formatNumber, formatPercent } from './format';

/** A part of a score on a scale from 0 to `max`. */
export type PartBar = { readonly label: string; readonly value: number; readonly max: number; readonly unit: boolean };

/** A part of a score with what it means. */
export type PartFact = { readonly label: string; readonly text: string; readonly meaning: string };

export type ScoreParts = { readonly bars: readonly PartBar[]; readonly facts: readonly PartFact[] };

const none: ScoreParts = { bars: [], facts: [] };

/** Parts that the card shows elsewhere, or that are the value itself. */
const shownElsewhere: ReadonlySet<string> = new Set(['quality', 'probability', 'density', 'rarity', 'spread']);

/**
 * The parts of a score beyond EAP's: of CAP the novelty and the expected number N as bars and both p-values with their
 * meaning in plain words; of others each number under the name that the evaluator gives it.
 */
export function scoreParts(score: Pick<Score, 'parts'>, run: Pick<Run, 'evaluator' | 'summary'>): ScoreParts {
  if (score.parts === null) return none;
  if (run.evaluator === 'CAP') return partsOfCap(score, run.summary?.anomalies ?? null);
  const facts = Object.entries(score.parts).filter(([name]) => !shownElsewhere.has(name));
  return { bars: [], facts: facts.map(([name, value]) => ({ label: inWords(name), text: formatNumber(value), meaning: '' })) };
}

function partsOfCap(score: Pick<Score, 'parts'>, anomalies: number | null): ScoreParts {
  const parts = capParts(score);
  if (parts === null) return none;
  const { novelty, expectedCount, normalTail, anomalyTail } = parts;
  return {
    bars: [
      { label: 'Novelty', value: novelty, max: 1, unit: true },
      { label: 'Realism N', value: expectedCount, max: anomalies === null ? Math.max(1, expectedCount) : anomalies + 1, unit: false },
    ],
    facts: [
      { label: 'p among normals', text: formatPercent(normalTail), meaning: 'The chance that a normal sample looks at least as novel.' },
      { label: 'p among anomalies', text: formatPercent(anomalyTail), meaning: 'The chance that one more real anomaly lies at least as far out.' },
    ],
  };
}

/** "detectorScore" -> "detector score". */
function inWords(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
