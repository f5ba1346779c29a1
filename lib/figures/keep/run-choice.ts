import type { Run } from '@/lib/api/contracts/runs';
import { evaluatorName } from '../evaluator-name';

/** Most rankings that one analysis compares. */
export const mostCurves = 14;

/** A ranking by chance: the curves have the mean of random orders anyway, and would show it beside under the same name. */
const randomEvaluator: Run['evaluator'] = 'RANDOMEV';

/** Ready runs of the shown run's feature set, the shown one first, then newest first: what learning curves can be measured of. */
export function comparableRuns(runs: readonly Run[], shown: Run): Run[] {
  const others = runs.filter((run) => run.state === 'ready' && run.featureSetId === shown.featureSetId && run.id !== shown.id && run.evaluator !== randomEvaluator);
  return [shown, ...others];
}

/** Runs that are compared unless told otherwise: the shown one, and of every other evaluator the newest. */
export function firstCompared(runs: readonly Run[], shown: Run): string[] {
  const seen = new Set([shown.evaluator]);
  const others = comparableRuns(runs, shown).slice(1).filter(({ evaluator }) => !seen.has(evaluator) && seen.add(evaluator));
  return [shown, ...others].slice(0, mostCurves).map(({ id }) => id);
}

/** "EAP, LAVA and KNN". */
export function runsInWords(runs: readonly Run[]): string {
  const titles = runs.map(({ evaluator }) => evaluatorName(evaluator));
  return titles.length < 2 ? (titles[0] ?? '') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)!}`;
}
