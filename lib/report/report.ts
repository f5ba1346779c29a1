import { scoreTable, zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import { countDecisions } from './decision-counts';
import { html, styleSheet } from './markup';
import type { ReportModel } from './model';
import { decisions } from './sections/decisions';
import { evaluators } from './sections/evaluators';
import { methods } from './sections/methods';
import { overview } from './sections/overview';
import { samples } from './sections/samples';
import { scores } from './sections/scores';
import { reportStyle } from './style';

/** What a report may load: its own styles and the pictures within it, and nothing that runs. */
export const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * The report of a curation as one HTML page that needs nothing else: no scripts, styles and plots inline, pictures as data
 * addresses. It follows the reader's light or dark preference, and prints.
 */
export function reportHtml(model: ReportModel): string {
  const tables = model.runs.map(({ columns }): ScoreTable | null => (columns === null ? null : scoreTable(columns)));
  const [run, scored] = [model.runs[0], tables[0] ?? null];
  const counts = countDecisions(model.decisions, (sampleId) => (scored === null ? null : (zoneNames[scored.zone[scored.rowOf.get(sampleId) ?? -1] ?? 0] ?? null)));
  const body = [
    overview(model),
    run === undefined ? html`<section><h2>Scores</h2><p class="note">No run was chosen for this export: it carries decisions and no scores.</p></section>` : scores(model, run, scored),
    evaluators(model.runs, tables),
    decisions(counts),
    samples(model),
    methods(model),
  ];
  return html`${doctype}<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${REPORT_POLICY}"><title>Curation report: ${model.head.project.name}</title>${styleSheet(reportStyle)}</head><body><main>${body}</main></body></html>
`.toString();
}

const doctype = html`<!doctype html>
`;
