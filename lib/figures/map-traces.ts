import type { MapGroup, MapPoints } from './map-figure';
import { roleShapes, shapeOfTone, type Shape, type ShapeKey } from './map-shapes';
import { roleNames } from './score-table';

/** What a plot library draws: points of one colour and one shape, those behind before those in front. */
export type MapTrace = {
  readonly key: string;
  readonly name: string;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly tone: string;
  readonly symbol: Shape;
  readonly size: number;
  readonly opacity: number;
};

/** Diameter in px: few points may be large, many must not hide one another. */
export function markerSize(total: number): number {
  if (total > 20_000) return 3;
  if (total > 4_000) return 5;
  return total > 1_000 ? 7 : 10;
}

/** How many points of the groups that are not hidden there are. */
export function shownPoints(groups: readonly MapGroup[], hidden: ReadonlySet<string>): number {
  return groups.reduce((sum, group) => (hidden.has(group.key) ? sum : sum + group.points.length), 0);
}

type TraceOptions = { readonly shape: ShapeKey; /** With more points in all, every group is thinned by the same share. */ readonly limit?: number | undefined };

/** The points of the groups that are not hidden, as the plot library takes them. */
export function mapTraces(points: Pick<MapPoints, 'x' | 'y' | 'role'>, groups: readonly MapGroup[], hidden: ReadonlySet<string>, { shape, limit = Number.POSITIVE_INFINITY }: TraceOptions): MapTrace[] {
  const total = shownPoints(groups, hidden);
  const size = markerSize(total);
  const every = Math.max(1, total / limit);
  return groups
    .filter((group) => !hidden.has(group.key))
    .flatMap((group) =>
      byShape(points, group, thinned(group.points, every), shape).map(({ symbol, kept }) => ({
        key: group.key,
        name: group.label,
        x: placesOf(points.x, kept),
        y: placesOf(points.y, kept),
        tone: group.tone,
        symbol,
        size: group.tone === 'none' ? size - 1 : size,
        opacity: group.tone === 'none' ? 0.45 : 0.85,
      })),
    );
}

function thinned(points: Uint32Array, every: number): Uint32Array {
  return every === 1 ? points : Uint32Array.from({ length: Math.floor(points.length / every) }, (_, i) => points[Math.floor(i * every)]!);
}

function placesOf(places: Float32Array, kept: Uint32Array): Float32Array {
  const out = new Float32Array(kept.length);
  for (let i = 0; i < kept.length; i++) out[i] = places[kept[i]!]!;
  return out;
}

function byShape({ role }: Pick<MapPoints, 'role'>, group: MapGroup, kept: Uint32Array, shape: ShapeKey): { symbol: Shape; kept: Uint32Array }[] {
  if (shape !== 'role') return [{ symbol: shape === 'colour' ? shapeOfTone(group.tone) : 'circle', kept }];
  const counts = new Uint32Array(roleNames.length);
  for (let i = 0; i < kept.length; i++) counts[role[kept[i]!]!]!++;
  const parts = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let i = 0; i < kept.length; i++) {
    const code = role[kept[i]!]!;
    parts[code]![counts[code]!++] = kept[i]!;
  }
  return roleNames.map((name, code) => ({ symbol: roleShapes[name], kept: parts[code]! })).filter((part) => part.kept.length > 0);
}
