import { withChange } from '../../ui/use-url-state';
import { scoresPath } from '../score-tabs';

/** Address of "How many should I keep?" for a run, with the cut as it stands. */
export function keepPath(projectId: string, runId: string, keep: number | null): string {
  return `${scoresPath(projectId, 'keep')}${withChange('', { run: runId, keep: keep === null ? null : String(keep) })}`;
}

/** Address of the ranking of a run, with the cut as it stands. */
export function rankingPath(projectId: string, runId: string, keep: number | null): string {
  return `${scoresPath(projectId, null)}${withChange('', { run: runId, keep: keep === null ? null : String(keep) })}`;
}
