import { evaluatorName } from '@/lib/figures/evaluator-name';
import { html, type Markup } from '../markup';
import type { ReportModel } from '../model';
import { facts } from '../table';

/** How it was done, in words that can go into a paper or an audit, and what is needed to do it again. */
export function methods({ head, selectionSha256, runs }: ReportModel): Markup {
  const { run } = head;
  const ids: readonly (readonly [string, string])[] = [
    ['Export', head.exportId], ['Project', head.project.id],
    ...(run === null ? [] : [['Run', run.id], ['Feature set', run.features.id], ['Extractor fingerprint', run.features.fingerprint], ['Extractor file (SHA-256)', run.features.modelSha256], ['Code version of the run', run.codeVersion]] as const),
    ['Selection (SHA-256)', selectionSha256],
  ];
  return html`<section><h2>Methods</h2><p>${sentence(head, runs.length)}</p>
<h3>References</h3><ol><li>L. Perini, M. Rudolph, S. Schmedding, C. Qiu: Uncertainty-aware Evaluation of Auxiliary Anomalies with the Expected Anomaly Posterior.</li></ol></section>
<section><h2>To do it again</h2>${facts(ids.map(([name, value]) => [name, html`<code>${value}</code>`]))}
<p class="note">The selection's hash is that of the sorted SHA-256s of its files, a line each: <code>sort | sha256sum</code> over the column sha256 of a table export gives it too.</p>
<h3>Rule</h3><pre tabindex="0">${JSON.stringify(head.rule, null, 2)}</pre>${run === null ? null : html`<h3>Parameters of the run</h3><pre tabindex="0">${JSON.stringify({ evaluator: run.evaluator, preset: run.preset, seed: run.seed, parameters: run.parameters, features: run.features.parts }, null, 2)}</pre>`}</section>`;
}

function sentence({ run, cutOffAt, count }: ReportModel['head'], evaluators: number): string {
  if (run === null) return `${count} samples were chosen by their decisions up to ${cutOffAt}; no scores were taken into account.`;
  const others = evaluators < 2 ? '' : ` ${evaluators - 1} other data-quality ${evaluators === 2 ? 'estimator was' : 'estimators were'} run on the same features for comparison.`;
  const what = run.evaluator === 'EAP' ? 'the Expected Anomaly Posterior (EAP) [1]' : evaluatorName(run.evaluator);
  return `Auxiliary (synthetic) anomalies were scored with ${what}, preset "${run.preset}", seed ${run.seed}, on features of ${run.features.model}.${others} People accepted or rejected samples along the ranking; the latest decision on each sample up to ${cutOffAt} counts. ${count} samples were selected.`;
}
