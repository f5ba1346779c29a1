import type { Run } from '@/lib/api/contracts/runs';
import { histogram, type Histogram } from '../histogram';
import { rocFigure, type RocFigure } from '../roc';
import { qualityLabelNames, zoneNames } from '../score-table';
import type { RunValues } from './run-values';

/** What the small figures of one run are drawn from. */
export type EvaluatorMultiple = {
  readonly run: Run;
  readonly title: string;
  /** Null without labels of both kinds. */
  readonly roc: RocFigure | null;
  readonly bars: Histogram | null;
};

/** ROC of the quality over the labelled samples, realistic = positive (AUC_QLT); null without both kinds. */
export function labelledRoc({ label, quality }: RunValues): RocFigure | null {
  const realistic = qualityLabelNames.indexOf('realistic');
  const rows = Uint32Array.from(label.keys()).filter((row) => label[row] !== 0);
  return rocFigure(Float64Array.from(rows, (row) => quality[row]!), Uint8Array.from(rows, (row) => (label[row] === realistic ? 1 : 0)), 160);
}

/** How many samples have which value: by pseudo-quality where labels exist, else by zone where the run knows zones, else all together. */
export function valueBars({ label, zone, quality }: RunValues, bins = 20): Histogram | null {
  const rows = Uint32Array.from(quality.keys());
  const [codes, names] = label.some((code) => code !== 0) ? [label, withName(qualityLabelNames, 'unlabelled')] : [zone, withName(zoneNames, 'all')];
  return histogram(quality, rows, { codes, names }, { bins });
}

function withName(names: readonly (string | null)[], absent: string): string[] {
  return names.map((name) => name ?? absent);
}

export type EvaluatorMultiples = readonly EvaluatorMultiple[];

/** The points of every curve. */
export function rocCsv(multiples: EvaluatorMultiples): { header: string[]; rows: (string | number)[][] } {
  const rows = multiples.flatMap(({ title, roc }) => (roc === null ? [] : Array.from(roc.x, (x, i) => [title, x, roc.y[i]!])));
  return { header: ['run', 'false positive rate', 'true positive rate'], rows };
}

/** The bars of every histogram. */
export function barsCsv(multiples: EvaluatorMultiples): { header: string[]; rows: (string | number)[][] } {
  const rows = multiples.flatMap(({ title, bars }) => (bars === null ? [] : bars.series.flatMap(({ name, counts }) => Array.from(counts, (count, i) => [title, name, bars.edges[i]!, bars.edges[i + 1]!, count]))));
  return { header: ['run', 'group', 'from', 'to', 'samples'], rows };
}
