import { evaluatorName } from '@/lib/figures/evaluator-name';
import { formatCount, formatDuration, formatUnit } from '@/lib/figures/format';
import { runTitle } from '@/lib/figures/run-name';
import type { ScoreTable } from '@/lib/figures/score-table';
import { html, type Content, type Markup } from '../markup';
import type { ReportRun } from '../model';
import { rankMatrix } from '../rank-matrix';
import { table } from '../table';
import { aucText, isOfPaper } from './scores';

/** What the other evaluators say of the same features: a table and their rank correlations. Nothing where there is one run. */
export function evaluators(runs: readonly ReportRun[], tables: readonly (ScoreTable | null)[]): Content {
  if (runs.length < 2) return null;
  const rows = runs.map((run) => [runTitle(run), aucText(run) ?? '–', formatCount(run.summary?.auxiliary), formatDuration(run.summary?.seconds), isOfPaper(run.evaluator) ? 'yes' : 'no']);
  const caption = 'The newest run of each evaluator on the same features';
  return html`<section><h2>Evaluators</h2>${table(caption, [{ title: 'Run' }, { title: 'AUC_QLT [95 %]', number: true }, { title: 'Scored', number: true }, { title: 'Time', number: true }, { title: 'In the EAP paper' }], rows)}${agreement(runs, tables)}</section>`;
}

function agreement(runs: readonly ReportRun[], tables: readonly (ScoreTable | null)[]): Content {
  const stored = runs.flatMap((run, i) => (tables[i] == null ? [] : [{ run, scored: tables[i] }]));
  if (stored.length < 2) return null;
  const { values, step } = rankMatrix(stored.map(({ scored }) => scored));
  const names = stored.map(({ run }) => evaluatorName(run.evaluator));
  const rows = values.map((line, i) => [names[i], ...line.map((value, j) => (i === j ? '1' : cell(value)))]);
  const caption = step === 1 ? 'Rank agreement of the runs (Spearman)' : `Rank agreement of the runs (Spearman), from one in ${step} samples`;
  return table(caption, [{ title: 'Evaluator' }, ...names.map((title) => ({ title, number: true }))], rows);
}

/** The stronger the agreement, the darker the cell; the number says the same. */
function cell(value: number): Markup {
  const strength = Number.isFinite(value) ? Math.round(Math.abs(value) * 4) : 0;
  return html`<span class="strength-${strength}">${formatUnit(Math.abs(value) < 0.005 ? 0 : value)}</span>`;
}
