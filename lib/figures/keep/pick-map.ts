import type { Columns } from '@/lib/api/contracts/columns';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { axisOf, baseLayout, type PlotFigure } from '../experiments/plots';
import type { CutRanking } from '../cut';
import { filterRows } from '../ranking';
import { roleNames, scoreTable, verdictNames, type ScoreTable } from '../score-table';
import type { VerdictColumns } from '../verdicts';

/** What a point of the map is in a diverse choice, from back to front. */
export const pickKinds = ['other', 'auxiliary', 'top', 'picked', 'both'] as const;
export type PickKind = (typeof pickKinds)[number];

/** How each kind is drawn: colour and shape say the same. Tones are names that the theme turns into colours. */
export const pickMarks: Readonly<Record<PickKind, { readonly label: string; readonly tone: string; readonly symbol: string; readonly size: number }>> = {
  other: { label: 'normals and real anomalies', tone: 'line-strong', symbol: 'circle', size: 2 },
  auxiliary: { label: 'other auxiliary', tone: 'faint', symbol: 'circle', size: 3 },
  top: { label: 'in the plain top only', tone: 'hue-1', symbol: 'square-open', size: 8 },
  picked: { label: 'picked only', tone: 'accent', symbol: 'circle', size: 8 },
  both: { label: 'in both', tone: 'hue-2', symbol: 'diamond', size: 9 },
};

/** The points of a map with what they are in a choice. `kind` holds indices in pickKinds. */
export type PickMap = { readonly ids: readonly string[]; readonly x: Float32Array; readonly y: Float32Array; readonly kind: Uint8Array; readonly counts: Readonly<Record<PickKind, number>>; /** Picked samples that the map does not show. */ readonly missing: number };

/** Marks the picked samples and the plain top of the same size on a map. Throws RangeError when the columns carry no coordinates. */
export function pickMap(columns: Columns, picked: ReadonlySet<string>, top: ReadonlySet<string>): PickMap {
  const x = columns.columns['x'];
  const y = columns.columns['y'];
  if (x?.type !== 'f32' || y?.type !== 'f32') throw new RangeError('The map carries no coordinates.');
  const { ids, role } = scoreTable(columns);
  const auxiliary = roleNames.indexOf('auxiliary');
  const kind = new Uint8Array(ids.length);
  const counts = { other: 0, auxiliary: 0, top: 0, picked: 0, both: 0 };
  ids.forEach((id, point) => {
    const name = picked.has(id) ? (top.has(id) ? 'both' : 'picked') : top.has(id) ? 'top' : role[point] === auxiliary ? 'auxiliary' : 'other';
    kind[point] = pickKinds.indexOf(name);
    counts[name]++;
  });
  return { ids, x: x.data, y: y.data, kind, counts, missing: picked.size - counts.picked - counts.both };
}

/**
 * The plain top of a pool: its best samples as decisions stand now, accepted ones left out where the choice left them out. The
 * picked ones were in the pool and stay in it, whatever was decided on them since: to accept the choice must not change what
 * it is compared with.
 */
export function plainTop(
  table: ScoreTable,
  verdicts: VerdictColumns,
  ranking: CutRanking,
  { filter, avoidAccepted }: { filter: RankingFilter; avoidAccepted: boolean },
  picked: readonly string[],
): string[] {
  const accepted = verdictNames.indexOf('accepted');
  const pool = new Set(filterRows(table, verdicts, filter).filter((row) => !(avoidAccepted && verdicts.verdict[row] === accepted)));
  const wasPicked = new Set(picked);
  table.ids.forEach((id, row) => void (wasPicked.has(id) && pool.add(row)));
  return Array.from(pool)
    .filter((row) => ranking.place[row]! >= 0)
    .sort((a, b) => ranking.place[a]! - ranking.place[b]!)
    .slice(0, picked.length)
    .map((row) => table.ids[row]!);
}

/** The map as a picture for a file. */
export function pickPlot({ x, y, kind }: PickMap, tones: Readonly<Record<string, string>>): PlotFigure {
  const data = pickKinds.flatMap((name, code) => {
    const points = Array.from(kind.keys()).filter((point) => kind[point] === code);
    const { label, tone, symbol, size } = pickMarks[name];
    if (points.length === 0) return [];
    return [{ type: 'scatter', mode: 'markers', name: label, showlegend: true, x: points.map((point) => x[point]!), y: points.map((point) => y[point]!), marker: { color: tones[tone] ?? tones['muted'], symbol, size } }];
  });
  const bare = { showgrid: false, showticklabels: false, zeroline: false };
  return { data, layout: { ...baseLayout(tones), xaxis: axisOf(tones, '', bare), yaxis: axisOf(tones, '', { ...bare, scaleanchor: 'x' }) } };
}

/** Rows for a CSV of the map. */
export function pickMapCsv({ ids, x, y, kind }: PickMap): { header: string[]; rows: (string | number)[][] } {
  return { header: ['sample', 'x', 'y', 'in'], rows: ids.map((id, point) => [id, x[point]!, y[point]!, pickKinds[kind[point]!]!]) };
}
