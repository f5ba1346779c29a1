import { describeEvaluator, isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { formatCount, formatPercent, formatUnit } from '@/lib/figures/format';
import { histogram } from '@/lib/figures/histogram';
import { quadrant } from '@/lib/figures/quadrant';
import { qualityRoc } from '@/lib/figures/roc';
import { runTitle } from '@/lib/figures/run-name';
import { qualityLabelNames, roleNames, type ScoreTable } from '@/lib/figures/score-table';
import { zoneShares } from '@/lib/figures/zones';
import { html, type Content, type Markup } from '../markup';
import type { ReportModel, ReportRun } from '../model';
import { histogramPlot } from '../svg/histogram-plot';
import { quadrantPlot } from '../svg/quadrant-plot';
import { rocPlot } from '../svg/roc-plot';
import { facts, legend, table } from '../table';

/** The run that the export is bound to: what it was, and what it found. */
export function scores({ head }: ReportModel, run: ReportRun, scored: ScoreTable | null): Markup {
  const features = head.run?.features;
  const known = facts([
    ['Evaluator', runTitle(run)], ['Seed', String(run.seed)], ['Extractor', features?.model ?? ''], ['AUC_QLT', aucText(run)],
    ['k-hat', run.summary?.kHat == null ? null : String(run.summary.kHat)], ['AUROC of 3 nearest normals', run.summary?.knnAuroc == null ? null : formatUnit(run.summary.knnAuroc)],
  ].filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''));
  return html`<section><h2>Scores</h2>${known}${scored === null ? html`<p class="note">The scores of this run are no longer stored.</p>` : figures(scored)}</section>`;
}

/** "0.83 [0.79, 0.87]", or null without labels of both kinds. */
export function aucText({ summary }: ReportRun): string | null {
  const auc = summary?.aucQlt;
  return auc == null ? null : `${formatUnit(auc.value)} [${formatUnit(auc.low)}, ${formatUnit(auc.high)}]`;
}

function figures(scored: ScoreTable): Content {
  const rows = auxiliaryRows(scored);
  const roc = qualityRoc(scored);
  return [
    quadrantFigure(scored, rows),
    qualityFigure(scored, rows),
    roc === null ? html`<p class="note">No pseudo-quality labels of both kinds are known: there is no AUC_QLT and no ROC curve.</p>` : html`<figure>${rocPlot('roc', roc)}<figcaption>Quality against the known labels (realistic = positive): area ${formatUnit(roc.auc)} over ${formatCount(roc.positives + roc.negatives)} labelled samples. The interval above is the 95 % bootstrap interval.</figcaption></figure>`,
  ];
}

function auxiliaryRows(scored: ScoreTable): Uint32Array {
  const auxiliary = roleNames.indexOf('auxiliary');
  return Uint32Array.from({ length: scored.rows }, (_, row) => row).filter((row) => scored.role[row] === auxiliary && Number.isFinite(scored.quality[row] ?? Number.NaN));
}

function quadrantFigure(scored: ScoreTable, rows: Uint32Array): Content {
  const data = quadrant(scored, rows);
  if (data === null) return null;
  const shares = zoneShares(scored, rows);
  const zones = table('Zones of the auxiliary samples', [{ title: 'Zone' }, { title: 'Samples', number: true }, { title: 'Share', number: true }, { title: 'Meaning' }], shares.map(({ zone, count, share, sentence }) => [zone, formatCount(count), formatPercent(share), sentence.slice(sentence.indexOf(': ') + 2)]));
  return html`<figure>${quadrantPlot('quadrant', data)}${legend(shares.map(({ zone, count }) => ({ name: zone, kind: zone, count: formatCount(count) })))}<figcaption>Each auxiliary sample by its density (is anything like it known?) and its conditional probability (does the detector call it an anomaly?).</figcaption></figure>${zones}`;
}

const labelClasses = { 'no label': 'series', realistic: 'realistic', indistinguishable: 'indistinguishable', unrealistic: 'unrealistic' } as const;

function qualityFigure(scored: ScoreTable, rows: Uint32Array): Content {
  const names = qualityLabelNames.map((label) => label ?? 'no label');
  const data = histogram(scored.quality, rows, { codes: scored.qualityLabel, names }, { bins: 40 });
  if (data === null) return null;
  const entries = data.series.map(({ name, total }) => ({ name: name === 'no label' ? 'no pseudo-quality label' : `labelled ${name}`, kind: labelClasses[name as keyof typeof labelClasses], count: formatCount(total) }));
  return html`<figure>${histogramPlot('quality', 'Quality of the auxiliary samples', data, 'quality', labelClasses)}${legend(entries)}<figcaption>Quality scores of the auxiliary samples by pseudo-quality label.</figcaption></figure>`;
}

/** Whether an evaluator is one of the paper's. */
export function isOfPaper(evaluator: string): boolean {
  return !isEvaluatorId(evaluator) || describeEvaluator(evaluator).inPaper;
}
