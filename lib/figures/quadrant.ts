import type { Zone } from '@/lib/api/contracts/common';
import { quantile } from './axis';
import { zoneNames, type ScoreTable } from './score-table';

/**
 * The quadrant of EAP: density across, conditional probability up. Zones as docs/methods/eap.md defines them: density 0
 * is unrealistic; else p >= 0.5 realistic; else indistinguishable.
 */
export type Quadrant = {
  readonly rows: Uint32Array;
  /** 0..1 within the drawn area: the left band holds density 0, the rest is linear in density up to `densityMax`. */
  readonly x: Float32Array;
  /** Conditional probability, 0..1. */
  readonly y: Float32Array;
  readonly zone: Uint8Array;
  /** Density at the right edge (99.5 % quantile); denser samples are drawn on the edge. */
  readonly densityMax: number;
  readonly beyond: number;
  readonly counts: Readonly<Record<Zone, number>>;
  readonly areas: readonly { readonly zone: Zone; readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number }[];
};

/** Share of the width that holds the samples outside every sphere (density exactly 0). */
export const zeroBand = 0.12;

/** Where the three zones lie in the drawn area. */
export const quadrantAreas = [
  { zone: 'unrealistic', x0: 0, x1: zeroBand, y0: 0, y1: 1 },
  { zone: 'realistic', x0: zeroBand, x1: 1, y0: 0.5, y1: 1 },
  { zone: 'indistinguishable', x0: zeroBand, x1: 1, y0: 0, y1: 0.5 },
] as const satisfies Quadrant['areas'];

/** Null when no row carries both parts (other evaluators than EAP). */
export function quadrant(table: ScoreTable, rows: Uint32Array): Quadrant | null {
  const kept = rows.filter((row) => Number.isFinite(table.probability[row]!) && Number.isFinite(table.density[row]!));
  if (kept.length === 0) return null;
  // Over the whole table: the axis stays when the filter changes.
  const covered = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => table.density[row]! > 0);
  const top = covered.length > 0 ? quantile(table.density, covered, 0.995) : 1;
  const densityMax = top > 0 ? top : 1;
  const figure = {
    rows: kept,
    x: new Float32Array(kept.length),
    y: new Float32Array(kept.length),
    zone: new Uint8Array(kept.length),
    densityMax,
    beyond: 0,
    counts: { realistic: 0, unrealistic: 0, indistinguishable: 0 },
    areas: quadrantAreas,
  };
  kept.forEach((row, i) => {
    const density = table.density[row]!;
    figure.x[i] = density > 0 ? densityPosition(density, densityMax) : zeroJitter(table.tie[row]!);
    figure.y[i] = table.probability[row]!;
    figure.zone[i] = table.zone[row]!;
    if (density > densityMax) figure.beyond++;
    const zone = zoneNames[table.zone[row]!];
    if (zone) figure.counts[zone]++;
  });
  return figure;
}

/** Position 0..1 of a density above 0. */
export function densityPosition(density: number, densityMax: number): number {
  return zeroBand + 0.02 + Math.min(1, density / densityMax) * (0.98 - zeroBand - 0.02);
}

/** Samples of density 0 lie side by side within their band, so that they do not hide one another. */
function zeroJitter(tie: number): number {
  return zeroBand * (0.15 + 0.7 * (tie / 4294967296));
}

/** Index into `figure.rows` of the point nearest to (x, y), both 0..1, with `aspect` = width / height; -1 beyond `reach` (share of the height). */
export function nearestPoint(figure: Quadrant, x: number, y: number, aspect: number, reach = 0.06): number {
  let best = -1;
  let bestDistance = reach * reach;
  for (let i = 0; i < figure.rows.length; i++) {
    const dx = (figure.x[i]! - x) * aspect;
    const dy = figure.y[i]! - y;
    const distance = dx * dx + dy * dy;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = i;
    }
  }
  return best;
}
