import type { ModelSelectionSettings, ModelSelectionSummary } from '@/lib/api/contracts/selections';
import { countOf, formatCount, formatPercent, formatUnit } from '../format';
import { candidateNames, detectorNames } from './model-lines';
import { sourceWords } from './source-words';

/** A past selection in a line: what was compared by what. */
export function settingsLine({ modelIds, detectors, synthetic }: ModelSelectionSettings): string {
  const compared = modelIds.length === 0 ? 'the given vectors' : countOf(modelIds.length, 'network');
  const by = detectors.length === 1 ? detectorNames[detectors[0]!] : countOf(detectors.length, 'detector');
  return `${compared}, ${by}, ${sourceWords(synthetic)}`;
}

/** What the pick is, in a sentence or two. */
export function pickSentence(summary: ModelSelectionSummary): string {
  const names = candidateNames(summary);
  const { synthetic } = summary.candidates[summary.pick]!;
  const interval = `AUROC ${formatUnit(synthetic.auroc, 3)} [${formatUnit(synthetic.low, 3)}, ${formatUnit(synthetic.high, 3)}]`;
  if (summary.candidates.length === 1) return `${names[0]} was the only candidate: ${interval} on ${sizesWords(summary)}.`;
  if (summary.tie) return `${names[summary.pick]} is one of ${countOf(summary.tied.length, 'candidate')} that tell ${sizesWords(summary)} best: ${interval}.`;
  return `${names[summary.pick]} tells ${sizesWords(summary)} best: ${interval}. It wins in ${formatPercent(summary.stability)} of ${formatCount(summary.draws)} bootstrap draws.`;
}

function sizesWords({ sizes, candidates }: ModelSelectionSummary): string {
  const anomalies = countOf(sizes.synthetic, 'synthetic anomaly', 'synthetic anomalies');
  const normals = countOf(sizes.heldOut, 'held-out normal');
  return candidates.length === 1 ? `${anomalies} and ${normals}` : `${anomalies} from ${normals}`;
}

/** What the real labels say of the pick, or null without them. */
export function realSentence(summary: ModelSelectionSummary): string | null {
  const rest = summary.tasks.find(({ task }) => task === 'rest');
  if (rest === undefined || summary.candidates.length === 1) return null;
  const { selected, best } = rest;
  const names = candidateNames(summary);
  if (selected.hit === true) return `On the real anomalies it is the best candidate too (AUROC ${formatUnit(selected.auroc, 3)}).`;
  const bestName = best.candidate === null ? 'the best candidate' : names[best.candidate];
  return `On the real anomalies it reaches AUROC ${formatUnit(selected.auroc, 3)}; ${bestName} reaches ${formatUnit(best.auroc, 3)}.`;
}

/** AUROC from which a candidate counts as having reached the ceiling. */
const ceiling = 0.995;
const unstable = 0.6;
/** Below so many on one side, an interval is wide whatever it says. */
const few = 20;

/** Reasons to doubt this choice, each a sentence; empty when there is none that can be seen without labels. */
export function doubts(summary: ModelSelectionSummary): string[] {
  const { candidates, tied, tie, stability, sizes } = summary;
  const names = candidateNames(summary);
  const atCeiling = candidates.filter(({ synthetic }) => synthetic.auroc >= ceiling).length;
  return [
    tie ? `Tie: ${listed(tied.map((index) => names[index]!))} reach the same AUROC, and the first of them was taken.` : null,
    candidates.length > 1 && atCeiling > 1 ? `${formatCount(atCeiling)} candidates reach ${formatUnit(ceiling, 3)} or more: these anomalies are too easy to tell candidates apart. Look at the hardest ones, or make finer anomalies.` : null,
    candidates.length > 1 && stability < unstable ? `The pick wins in only ${formatPercent(stability)} of the draws: another draw of images could well choose another candidate.` : null,
    Math.min(sizes.heldOut, sizes.synthetic) < few ? `There are only ${countOf(sizes.heldOut, 'held-out normal')} and ${countOf(sizes.synthetic, 'synthetic anomaly', 'synthetic anomalies')}; more of them would narrow the intervals.` : null,
    sizes.leftOut > 0 ? `${countOf(sizes.leftOut, 'sample')} had no vector from some network and took part nowhere.` : null,
  ].filter((doubt) => doubt !== null);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
