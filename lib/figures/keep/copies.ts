import type { Columns } from '@/lib/api/contracts/columns';
import type { KeepAnalysis, KeepSummary } from '@/lib/api/contracts/keep';
import type { CutRanking } from '../cut';
import { scoreTable, type ScoreTable } from '../score-table';

/**
 * Near copies above every possible cut of a run: entry n counts the first n samples of the ranking that have a higher-ranked
 * one within the analysis's threshold. Length: samples in the ranking + 1. Null when the analysis has no distances of the run.
 */
export function copiesAbove(columns: Columns, { runIds, summary }: Pick<KeepAnalysis, 'runIds'> & { summary: KeepSummary }, runId: string, table: ScoreTable, ranking: CutRanking): Uint32Array | null {
  const nearest = columns.columns[`nearest${runIds.indexOf(runId)}`];
  if (nearest?.type !== 'f32') return null;
  const { ids } = scoreTable(columns);
  const isCopy = new Uint8Array(ranking.rows.length);
  ids.forEach((id, i) => {
    const row = table.rowOf.get(id);
    const place = row === undefined ? -1 : ranking.place[row]!;
    if (place >= 0 && nearest.data[i]! <= summary.redundancy.threshold) isCopy[place] = 1;
  });
  const above = new Uint32Array(ranking.rows.length + 1);
  for (let at = 0; at < isCopy.length; at++) above[at + 1] = above[at]! + isCopy[at]!;
  return above;
}
