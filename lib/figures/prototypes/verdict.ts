import type { PrototypeSearch, PrototypeSummary, PrototypeTail } from '@/lib/api/contracts/prototypes';
import { countOf, formatUnit } from '../format';
import { methodNames } from './words';

/** What the search says, in a sentence. */
export function verdictSentence(summary: PrototypeSummary): string {
  const { full, rows } = summary;
  // The subset is picked by the validation rows: picked by the test rows it would look better than it is.
  const judged = summary.chosen.filter(({ validation }) => validation !== null);
  const first = judged[0];
  if (first === undefined || full.test === null) return 'The core-set stands for all normals. Without labelled rows nothing tells how well a detector learns from it.';
  const pick = judged.reduce((best, one) => (one.validation! > best.validation! || (one.validation === best.validation && one.size < best.size) ? one : best), first);
  const difference = pick.test! - full.test;
  const compared = Math.abs(difference) < 0.005 ? 'as good as' : difference > 0 ? 'better than' : 'worse than';
  return `${countOf(pick.size, 'normal')} by ${methodNames[pick.method].toLowerCase()}, best on the rows that choose, ${pick.size === 1 ? 'reaches' : 'reach'} test AUROC ${formatUnit(pick.test, 3)}: ${compared} all ${rows.candidates} (${formatUnit(full.test, 3)}).`;
}

/** Normals whose presence lowers the AUROC. */
export function harmful(tail: PrototypeTail): PrototypeTail {
  return tail.filter(({ presence }) => presence < 0);
}

/** Ready searches that differ from this one in its candidates alone, so that their AUROC can be compared; newest first, this one among them. */
export function comparableSearches(searches: readonly PrototypeSearch[], one: PrototypeSearch): PrototypeSearch[] {
  const key = ({ featureSetId, settings, summary }: PrototypeSearch) =>
    JSON.stringify([featureSetId, settings.detector, settings.seed, settings.judged, summary?.rows.validation, summary?.rows.test]);
  if (one.summary?.rows.test == null) return [];
  return searches.filter((other) => other.state === 'ready' && key(other) === key(one));
}
