import { alpha0Of, type RankedResult } from '@/lib/anomaly/protocol/result';
import type { ExperimentResult, ExperimentSet, SetKind } from '@/lib/api/contracts/experiments';

/** Which sets a table or a figure is taken over. */
export type SetGroup = SetKind | 'all';

/** A result with the kind of its set, as the tables of the protocol want it; `set` is the set's id. */
export type JudgedResult = RankedResult & { readonly seconds: number };

/** Results of the group's sets. Results of sets that the experiment does not name are left out. */
export function judgedResults(results: readonly ExperimentResult[], sets: readonly ExperimentSet[], group: SetGroup = 'all'): JudgedResult[] {
  const kinds = new Map(sets.map(({ id, kind }) => [id, kind]));
  return results.flatMap(({ setId, ...result }) => {
    const kind = kinds.get(setId);
    return kind === undefined || (group !== 'all' && kind !== group) ? [] : [{ ...result, set: setId, kind }];
  });
}

/** Evaluators among the results in the order of the experiment's settings, without EAP's variants of alpha0. */
export function evaluatorsIn(results: readonly { readonly evaluator: string }[], order: readonly string[]): string[] {
  const found = [...new Set(results.map(({ evaluator }) => evaluator))].filter((name) => alpha0Of(name) === undefined);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return found.sort((a, b) => place(a) - place(b));
}

/** The kinds that the sets have, in the order image, tabular. */
export function kindsOf(sets: readonly ExperimentSet[]): SetKind[] {
  return (['image', 'tabular'] as const).filter((kind) => sets.some((set) => set.kind === kind));
}
