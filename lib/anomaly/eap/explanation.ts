import { isInside, type Spheres } from './spheres';

/** The three zones of an auxiliary anomaly. `Explanation.zone` holds positions in this list. */
export const zones = ['realistic', 'unrealistic', 'indistinguishable'] as const;
export type Zone = (typeof zones)[number];

/** Probabilities this near to one half count as one half. */
const HALF_BAND = 1e-9;

/** Unrealistic when no ball covers the row (density 0), else realistic from probability 0.5 on, else indistinguishable. */
export function zoneOf(density: number, probability: number): Zone {
  if (density === 0) return 'unrealistic';
  return probability >= 0.5 - HALF_BAND ? 'realistic' : 'indistinguishable';
}

/** Why each auxiliary row got its value. Indices are training rows, -1 where there is none (distances are then NaN). */
export type Explanation = {
  /** Position in `zones`. */
  readonly zone: Uint8Array;
  /** How many covering spheres contain the row. */
  readonly coveringSpheres: Int32Array;
  /** Training row at the centre of the smallest sphere that contains the row, or else of the nearest sphere. */
  readonly sphereCentre: Int32Array;
  readonly sphereRadius: Float64Array;
  /** Distance to that centre. */
  readonly sphereDistance: Float64Array;
  /** sphereDistance - sphereRadius: at most 0 inside, the way to go outside. */
  readonly sphereGap: Float64Array;
  readonly nearestNormal: Int32Array;
  readonly nearestNormalDistance: Float64Array;
  readonly nearestAnomaly: Int32Array;
  readonly nearestAnomalyDistance: Float64Array;
};

export function createExplanation(rows: number): Explanation {
  return {
    zone: new Uint8Array(rows),
    coveringSpheres: new Int32Array(rows),
    sphereCentre: new Int32Array(rows).fill(-1),
    sphereRadius: new Float64Array(rows).fill(NaN),
    sphereDistance: new Float64Array(rows).fill(NaN),
    sphereGap: new Float64Array(rows).fill(NaN),
    nearestNormal: new Int32Array(rows).fill(-1),
    nearestNormalDistance: new Float64Array(rows).fill(NaN),
    nearestAnomaly: new Int32Array(rows).fill(-1),
    nearestAnomalyDistance: new Float64Array(rows).fill(NaN),
  };
}

/** Fills row `row` from its squared distances to all training rows, which start at `offset`. Ties go to the first. */
export function explainRow(explanation: Explanation, row: number, spheres: Spheres, labels: Uint8Array, squared: Float64Array, offset: number): void {
  const sphere = relevantSphere(spheres, squared, offset);
  explanation.coveringSpheres[row] = sphere.covering;
  if (sphere.at >= 0) {
    const centre = spheres.centres[sphere.at]!;
    const radius = Math.sqrt(spheres.radiusSquared[sphere.at]!);
    const distance = Math.sqrt(squared[offset + centre]!);
    explanation.sphereCentre[row] = centre;
    explanation.sphereRadius[row] = radius;
    explanation.sphereDistance[row] = distance;
    explanation.sphereGap[row] = distance - radius;
  }
  const normal = nearestOfLabel(labels, 0, squared, offset);
  explanation.nearestNormal[row] = normal;
  if (normal >= 0) explanation.nearestNormalDistance[row] = Math.sqrt(squared[offset + normal]!);
  const anomaly = nearestOfLabel(labels, 1, squared, offset);
  explanation.nearestAnomaly[row] = anomaly;
  if (anomaly >= 0) explanation.nearestAnomalyDistance[row] = Math.sqrt(squared[offset + anomaly]!);
}

function relevantSphere(spheres: Spheres, squared: Float64Array, offset: number): { at: number; covering: number } {
  const { centres, radiusSquared, limitSquared, ball } = spheres;
  let covering = 0;
  let smallest = -1;
  let nearest = -1;
  let nearestGap = Infinity;
  for (let c = 0; c < centres.length; c += 1) {
    const radius = radiusSquared[c]!;
    if (radius === 0) continue;
    const distance = squared[offset + centres[c]!]!;
    if (isInside(distance, limitSquared[c]!, ball)) {
      covering += 1;
      if (smallest < 0 || radius < radiusSquared[smallest]!) smallest = c;
    } else if (covering === 0) {
      const gap = Math.sqrt(distance) - Math.sqrt(radius);
      if (gap < nearestGap) {
        nearestGap = gap;
        nearest = c;
      }
    }
  }
  return { at: covering > 0 ? smallest : nearest, covering };
}

function nearestOfLabel(labels: Uint8Array, label: number, squared: Float64Array, offset: number): number {
  let best = -1;
  let bestDistance = Infinity;
  for (let j = 0; j < labels.length; j += 1) {
    if (labels[j] === label && squared[offset + j]! < bestDistance) {
      bestDistance = squared[offset + j]!;
      best = j;
    }
  }
  return best;
}
