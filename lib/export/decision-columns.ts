import type { DecisionRow } from '@/lib/api/contracts/decision-log';
import type { CellType, TableColumn } from './table-columns';

const column = (name: string, type: CellType, value: (row: DecisionRow) => unknown): TableColumn<DecisionRow> => ({ name, type, value });

/** The columns of a table of decisions: who, when, on which sample, what, why, whether it was taken back, and with which run on the screen. */
export const decisionColumns: readonly TableColumn<DecisionRow>[] = [
  column('decision_id', 'text', ({ id }) => id),
  column('decided_at', 'time', ({ createdAt }) => createdAt.toISOString()),
  column('decided_by', 'text', ({ userName }) => userName ?? 'a former member'),
  column('decided_by_id', 'text', ({ userId }) => userId),
  column('sample_id', 'text', ({ sampleId }) => sampleId),
  column('folder', 'text', ({ folder }) => folder),
  column('file_name', 'text', ({ fileName }) => fileName),
  column('role', 'text', ({ role }) => role),
  column('sample_deleted', 'text', ({ deleted }) => (deleted ? 'yes' : 'no')),
  column('verdict', 'text', ({ verdict }) => verdict),
  column('reason', 'text', ({ reason }) => reason),
  column('note', 'text', ({ note }) => note),
  column('decision_version', 'integer', ({ version }) => version),
  column('step_id', 'text', ({ groupId }) => groupId),
  column('undoes_decision_id', 'text', ({ undoesDecisionId }) => undoesDecisionId),
  column('taken_back', 'text', ({ takenBackAt }) => (takenBackAt === null ? 'no' : 'yes')),
  column('taken_back_at', 'time', ({ takenBackAt }) => takenBackAt?.toISOString()),
  column('taken_back_by', 'text', ({ takenBackAt, takenBackBy }) => (takenBackAt === null ? null : (takenBackBy ?? 'a former member'))),
  column('run_id', 'text', ({ runId }) => runId),
  column('evaluator', 'text', ({ evaluator }) => evaluator),
  column('preset', 'text', ({ preset }) => preset),
  column('seed', 'integer', ({ seed }) => seed),
];
