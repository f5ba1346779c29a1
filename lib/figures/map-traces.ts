import type { MapGroup, MapPoints } from './map-figure';

/** What a plot library draws: one series a group, points behind before points in front. */
export type MapTrace = {
  readonly key: string;
  readonly name: string;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly tone: string;
  readonly symbol: string;
  readonly size: number;
  readonly opacity: number;
};

/** Shape says the same as colour where the colour has a meaning. */
const symbols: Readonly<Record<string, string>> = {
  'zone-realistic': 'circle',
  'zone-unrealistic': 'triangle-up',
  'zone-indistinguishable': 'square',
  'verdict-accepted': 'circle',
  'verdict-rejected': 'x',
  'verdict-skipped': 'diamond',
  'role-normal': 'circle',
  'role-anomaly': 'diamond',
  'role-auxiliary': 'triangle-up',
};

/** Diameter in px: few points may be large, many must not hide one another. */
function markerSize(total: number): number {
  if (total > 20_000) return 3;
  if (total > 4_000) return 5;
  return total > 1_000 ? 7 : 10;
}

/** Series of the groups that are not hidden; with more than `limit` points in all, every group is thinned by the same share. */
export function mapTraces(points: MapPoints, groups: readonly MapGroup[], hidden: ReadonlySet<string>, limit = Number.POSITIVE_INFINITY): MapTrace[] {
  const shown = groups.filter((group) => !hidden.has(group.key));
  const total = shown.reduce((sum, group) => sum + group.points.length, 0);
  const every = Math.max(1, total / limit);
  const size = markerSize(total);
  return shown.map((group) => {
    const kept = every === 1 ? group.points : Uint32Array.from({ length: Math.floor(group.points.length / every) }, (_, i) => group.points[Math.floor(i * every)]!);
    return {
      key: group.key,
      name: group.label,
      x: Float32Array.from(kept, (point) => points.x[point]!),
      y: Float32Array.from(kept, (point) => points.y[point]!),
      tone: group.tone,
      symbol: symbols[group.tone] ?? 'circle',
      size: group.tone === 'none' ? size - 1 : size,
      opacity: group.tone === 'none' ? 0.45 : 0.85,
    };
  });
}
