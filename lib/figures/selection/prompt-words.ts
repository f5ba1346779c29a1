import type { PromptSelection, PromptSelectionLine, PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { countOf, formatCount, formatPercent, formatUnit } from '../format';
import { filledPairs } from './prompt-lines';
import { sourceWords } from './source-words';

/** Said of every pair of towers that is there to show how prompts are chosen. */
export const demonstrationNote = 'Demonstration model: fitted to procedural products, to show how prompts are chosen. What it says of other products means nothing.';

/** "Demo pair, EAP's 27 pairs, CutPaste, seed 0". */
export function promptSettingsLine({ modelName, poolName, synthetic, seed }: Pick<PromptSelectionLine, 'modelName' | 'poolName' | 'synthetic' | 'seed'>): string {
  return [modelName, poolName, sourceWords(synthetic), `seed ${seed}`].join(', ');
}

/** What was compared with what: "20 held-out normals against 100 synthetic anomalies; 61 real anomalies". */
export function promptSizesLine({ sizes }: PromptSelectionSummary): string {
  const base = `${countOf(sizes.heldOut, 'held-out normal')} against ${countOf(sizes.synthetic, 'synthetic anomaly', 'synthetic anomalies')}`;
  if (sizes.real === null) return `${base}; no real anomalies to check with`;
  return `${base}; ${countOf(sizes.real.anomalies, 'real anomaly', 'real anomalies')} and ${countOf(sizes.real.normals, 'other normal')} to check with`;
}

/** How the pick fares against the default pair and the ensemble on synthetic anomalies. */
export function pickLine({ pick, pairs, ensemble, stability, draws }: PromptSelectionSummary): string {
  const others = pick.index === 0 ? 'It is the default prompt.' : `The default prompt reaches ${formatUnit(pairs[0]!.auroc, 3)}.`;
  return `AUROC ${formatUnit(pick.value, 3)} on synthetic anomalies. ${others} The ensemble of all pairs reaches ${formatUnit(ensemble.auroc, 3)}. It wins ${formatPercent(stability)} of ${formatCount(draws)} draws.`;
}

/** What the choice is worth on real anomalies, null without. */
export function promptRealLine({ settings, summary }: { settings: PromptSelection['settings']; summary: PromptSelectionSummary }): string | null {
  const { best, pairs, pick, ensemble, variants } = summary;
  const real = pairs[pick.index]?.real ?? null;
  if (best === null || real === null) return null;
  const texts = filledPairs(settings)[best.rest.index]!;
  const reached = best.hit.rest
    ? `On the real anomalies no pair does better (AUROC ${formatUnit(real.rest, 3)}).`
    : `On the real anomalies it reaches AUROC ${formatUnit(real.rest, 3)}; the best pair, “${texts.normal}” / “${texts.anomalous}”, ${formatUnit(best.rest.value, 3)}.`;
  const defaults = pick.index === 0 ? '' : ` The default prompt reaches ${formatUnit(pairs[0]!.real?.rest, 3)}${ensemble.real === null ? '' : `, the ensemble ${formatUnit(ensemble.real.rest, 3)}`}.`;
  const tau = variants[0]?.tau?.rest ?? null;
  const agreement = tau === null || tau.tau === null ? '' : ` Kendall’s tau between synthetic and real AUROC over the pairs: ${tau.tau.toFixed(2)}${tau.pValue === null ? '' : ` (p = ${formatUnit(tau.pValue, 3)})`}.`;
  return `${reached}${defaults}${agreement}`;
}

/** AUROC from which a pair counts as having reached the ceiling. */
const ceiling = 0.995;
const unstable = 0.6;
const few = 20;

/** Reasons to doubt this choice, each a sentence; empty when there is none that can be seen without labels. */
export function promptDoubts({ pick, pairs, stability, sizes, evaluators, truncatedTexts }: PromptSelectionSummary): string[] {
  const atCeiling = pairs.filter(({ auroc }) => auroc >= ceiling).length;
  const unable = evaluators.filter(({ message }) => message !== null).length;
  return [
    pick.tied.length > 1 ? `Tie: ${formatCount(pick.tied.length)} pairs reach the same AUROC, and the first of them was taken.` : null,
    pairs.length > 1 && atCeiling > 1 ? `${formatCount(atCeiling)} pairs reach ${formatUnit(ceiling, 3)} or more: these anomalies are too easy to tell pairs apart.` : null,
    pick.value <= 0.5 ? 'No pair tells these anomalies from normals better than chance: the model sees no difference, or the texts do not fit.' : null,
    pairs.length > 1 && stability < unstable ? `The pick wins in only ${formatPercent(stability)} of the draws: another draw of images could well choose another pair.` : null,
    Math.min(sizes.heldOut, sizes.synthetic) < few ? `There are only ${countOf(sizes.heldOut, 'held-out normal')} and ${countOf(sizes.synthetic, 'synthetic anomaly', 'synthetic anomalies')}; more of them would narrow the intervals.` : null,
    sizes.leftOut > 0 ? `${countOf(sizes.leftOut, 'sample')} had no vector and took part nowhere.` : null,
    truncatedTexts > 0 ? `${countOf(truncatedTexts, 'text')} of the pool ${truncatedTexts === 1 ? 'is' : 'are'} longer than the model reads, and lost the end.` : null,
    unable > 0 ? `${countOf(unable, 'evaluator')} could not value these anomalies; the table says why.` : null,
  ].filter((doubt) => doubt !== null);
}
