import type { Columns } from '@/lib/api/contracts/columns';
import { extent } from './axis';
import { roleNames, scoreTable, verdictNames, zoneNames, type ScoreTable } from './score-table';
import type { VerdictColumns } from './verdicts';

/** Coordinates of a projection joined with the scores of a run; row i of everything is the same sample. */
export type MapPoints = {
  readonly rows: number;
  readonly ids: readonly string[];
  readonly rowOf: ReadonlyMap<string, number>;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly role: Uint8Array;
  /** Row of the same sample in the score table; -1 when the run did not score it. */
  readonly scoreRow: Int32Array;
};

export const colourKeys = ['role', 'zone', 'decision', 'quality', 'defectType'] as const;
export type ColourKey = (typeof colourKeys)[number];

/** One entry of the legend and its points. `tone` is a name that the theme turns into a colour. */
export type MapGroup = { readonly key: string; readonly label: string; readonly tone: string; readonly points: Uint32Array };

/** Throws RangeError when the columns carry no coordinates. */
export function mapPoints(columns: Columns, scores: ScoreTable | null): MapPoints {
  const x = columns.columns['x'];
  const y = columns.columns['y'];
  if (x?.type !== 'f32' || y?.type !== 'f32') throw new RangeError('The map carries no coordinates.');
  const table = scoreTable(columns);
  const scoreRow = Int32Array.from(table.ids, (id) => scores?.rowOf.get(id) ?? -1);
  return { rows: table.rows, ids: table.ids, rowOf: table.rowOf, x: x.data, y: y.data, role: table.role, scoreRow };
}

const steps = 5;
const undecidedLabel = 'undecided';

type Grouping = { readonly codeOf: (point: number) => number; readonly entries: readonly { key: string; label: string; tone: string }[] };

/** Splits the points by what they are coloured by; empty groups are left out. */
export function mapGroups(points: MapPoints, by: ColourKey, scores: ScoreTable | null, verdicts: VerdictColumns | null): MapGroup[] {
  const { codeOf, entries } = grouping(points, by, scores, verdicts);
  const members = entries.map(() => new Uint32Array(points.rows));
  const counts = entries.map(() => 0);
  for (let point = 0; point < points.rows; point++) {
    const code = codeOf(point);
    members[code]![counts[code]!++] = point;
  }
  return entries.flatMap((entry, code) => (counts[code] === 0 ? [] : [{ ...entry, points: members[code]!.slice(0, counts[code]!) }]));
}

function grouping(points: MapPoints, by: ColourKey, scores: ScoreTable | null, verdicts: VerdictColumns | null): Grouping {
  switch (by) {
    case 'role':
      return { codeOf: (point) => points.role[point]!, entries: roleNames.map((name) => ({ key: name, label: name, tone: `role-${name}` })) };
    case 'zone':
      return viaScores(points, scores?.zone, zoneNames, 'no zone', (name) => `zone-${name}`);
    case 'decision':
      return viaScores(points, verdicts?.verdict, verdictNames, undecidedLabel, (name) => `verdict-${name}`);
    case 'defectType':
      return viaScores(points, scores?.defectType, scores?.defectTypes ?? [null], 'no defect type', (_, code) => `series-${(code - 1) % 8}`);
    case 'quality':
      return qualitySteps(points, scores);
  }
}

function viaScores(
  points: MapPoints,
  codes: ArrayLike<number> | undefined,
  names: readonly (string | null)[],
  none: string,
  toneOf: (name: string, code: number) => string,
): Grouping {
  return {
    codeOf: (point) => {
      const row = points.scoreRow[point]!;
      return row < 0 || codes === undefined ? 0 : codes[row]!;
    },
    entries: names.map((name, code) => (name === null ? { key: 'none', label: none, tone: 'none' } : { key: name, label: name, tone: toneOf(name, code) })),
  };
}

/** Quality in five equal steps of its range: few enough to tell apart, and the legend can filter them. */
function qualitySteps(points: MapPoints, scores: ScoreTable | null): Grouping {
  const range = scores ? extent(scores.quality, Uint32Array.from({ length: scores.rows }, (_, row) => row)) : null;
  const [low, high] = range ?? [0, 1];
  const width = (high - low) / steps || 1;
  const labels = Array.from({ length: steps }, (_, i) => `${(low + i * width).toFixed(2)} to ${(low + (i + 1) * width).toFixed(2)}`);
  return {
    codeOf: (point) => {
      const row = points.scoreRow[point]!;
      const quality = row < 0 || !scores ? Number.NaN : scores.quality[row]!;
      return Number.isNaN(quality) ? 0 : 1 + Math.min(steps - 1, Math.floor((quality - low) / width));
    },
    entries: [{ key: 'none', label: 'no quality', tone: 'none' }, ...labels.map((label, i) => ({ key: `step-${i}`, label, tone: `step-${i}` }))],
  };
}

/** Marks the points of hidden groups; the legend is the filter. */
export function visiblePoints(points: MapPoints, groups: readonly MapGroup[], hidden: ReadonlySet<string>): Uint8Array {
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
