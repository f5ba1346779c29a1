import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { RowFacts } from './sample-facts';
import { reasonNames, verdictNames, type ScoreTable } from './score-table';

/** The decision that a sample shows: what the server holds, or what was just decided here. */
export type ShownVerdict = { readonly verdict: Verdict | null; readonly reason: RejectReason | null };

/**
 * Codes per row of a table: index in verdictNames and in reasonNames. `facts` are there once a filter asks for what neither scores nor
 * verdicts tell (tags, generators, batches, reviewers, texts).
 */
export type VerdictColumns = { readonly verdict: Uint8Array; readonly reason: Uint8Array; readonly facts?: RowFacts };

/** States by sample and the moment they hold for: the next request asks only for what changed since. */
export type StateMap = { readonly states: ReadonlyMap<string, SampleState>; readonly asOf: string | null };

export const noStates: StateMap = { states: new Map(), asOf: null };

/**
 * Adds an answer of the `states` route. A state never goes back: of two for one sample the higher version
 * stays, whatever order the answers arrived in. Returns the same map object when nothing changed.
 */
export function mergeStates(known: StateMap, arrived: readonly SampleState[], asOf: string | null): StateMap {
  const news = arrived.filter((state) => (known.states.get(state.sampleId)?.version ?? -1) < state.version);
  if (news.length === 0) return asOf === known.asOf || asOf === null ? known : { states: known.states, asOf };
  const states = new Map(known.states);
  for (const state of news) states.set(state.sampleId, state);
  return { states, asOf: asOf ?? known.asOf };
}

/** Spreads decisions over the rows of a table; `overlay` (decisions on their way) hides what the server holds. */
export function verdictColumns(
  table: Pick<ScoreTable, 'rows' | 'rowOf'>,
  states: ReadonlyMap<string, ShownVerdict>,
  overlay: ReadonlyMap<string, ShownVerdict> = new Map(),
): VerdictColumns {
  const verdict = new Uint8Array(table.rows);
  const reason = new Uint8Array(table.rows);
  for (const source of [states, overlay]) {
    for (const [sampleId, shown] of source) {
      const row = table.rowOf.get(sampleId);
      if (row === undefined) continue;
      verdict[row] = verdictNames.indexOf(shown.verdict);
      reason[row] = reasonNames.indexOf(shown.reason);
    }
  }
  return { verdict, reason };
}
