import type { Columns } from '@/lib/api/contracts/columns';
import { scoreTable, type ScoreTable } from './score-table';

/**
 * The samples of a map: their coordinates, and what a run says of them. Row i of every array is the same sample (a
 * "point"); a sample that the run did not score has NaN and the code 0.
 */
export type MapPoints = ScoreTable & { readonly x: Float32Array; readonly y: Float32Array };

/** One entry of the legend and its points. `tone` is a name that the theme turns into a colour. */
export type MapGroup = { readonly key: string; readonly label: string; readonly tone: string; readonly points: Uint32Array };

/** The points of a map, without scores yet. Throws RangeError when the columns carry no coordinates. */
export function mapPoints(columns: Columns): MapPoints {
  const x = columns.columns['x'];
  const y = columns.columns['y'];
  if (x?.type !== 'f32' || y?.type !== 'f32') throw new RangeError('The map carries no coordinates.');
  return { ...scoreTable(columns), x: x.data, y: y.data };
}

/** The same points with the scores of a run, in one pass over them. */
export function withScores(points: MapPoints, scores: ScoreTable | null): MapPoints {
  if (scores === null) return points;
  const rowOf = scoreRows(points, scores);
  const numbers = (values: Float64Array) => gathered(values, rowOf);
  const codes = <T extends Uint8Array | Uint16Array>(from: T, to: T): T => {
    for (let point = 0; point < rowOf.length; point++) to[point] = rowOf[point]! < 0 ? 0 : from[rowOf[point]!]!;
    return to;
  };
  const { rows } = points;
  const { spread } = scores;
  return {
    ...points,
    quality: numbers(scores.quality),
    probability: numbers(scores.probability),
    density: numbers(scores.density),
    rarity: numbers(scores.rarity),
    zone: codes(scores.zone, new Uint8Array(rows)),
    defectType: codes(scores.defectType, new Uint16Array(rows)),
    defectTypes: scores.defectTypes,
    qualityLabel: codes(scores.qualityLabel, new Uint8Array(rows)),
    spread: spread && { p05: numbers(spread.p05), p50: numbers(spread.p50), p95: numbers(spread.p95) },
  };
}

/** The quality that another run gives each point; NaN where it gives none. */
export function qualityOfPoints(points: Pick<ScoreTable, 'ids'>, other: ScoreTable): Float64Array {
  return gathered(other.quality, scoreRows(points, other));
}

/** Row of each point in another table; -1 where it is not there. */
function scoreRows(points: Pick<ScoreTable, 'ids'>, table: Pick<ScoreTable, 'rowOf'>): Int32Array {
  const rows = new Int32Array(points.ids.length);
  for (let point = 0; point < rows.length; point++) rows[point] = table.rowOf.get(points.ids[point]!) ?? -1;
  return rows;
}

function gathered(values: Float64Array, rowOf: Int32Array): Float64Array {
  const out = new Float64Array(rowOf.length);
  for (let point = 0; point < out.length; point++) out[point] = rowOf[point]! < 0 ? Number.NaN : values[rowOf[point]!]!;
  return out;
}

/** Marks the points of hidden groups with 0; the legend is the filter. */
export function visiblePoints(points: Pick<MapPoints, 'rows'>, groups: readonly MapGroup[], hidden: ReadonlySet<string>): Uint8Array {
  const visible = new Uint8Array(points.rows);
  for (const group of groups) {
    if (hidden.has(group.key)) continue;
    for (const point of group.points) visible[point] = 1;
  }
  return visible;
}

/** A text for those who do not see the plot: how many points of which kind. */
export function describeMap(groups: readonly MapGroup[], hidden: ReadonlySet<string>): string {
  return groups.map((group) => `${group.label} ${group.points.length}${hidden.has(group.key) ? ' (hidden)' : ''}`).join(', ');
}
