import { isInside, type Spheres } from './spheres';

/** The three zones of an auxiliary anomaly. `Explanation.zone` holds positions in this list. */
export const zones = ['realistic', 'unrealistic', 'indistinguishable'] as const;
export type Zone = (typeof zones)[number];

/** So many nearest training rows of each label are kept of every auxiliary row. */
export const NEIGHBOURS = 5;

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
  /** Rows x NEIGHBOURS, nearest first, equal distances in the order of the training rows. */
  readonly nearestNormals: Int32Array;
  readonly nearestNormalDistances: Float64Array;
  readonly nearestAnomalies: Int32Array;
  readonly nearestAnomalyDistances: Float64Array;
};

export function createExplanation(rows: number): Explanation {
  return {
    zone: new Uint8Array(rows),
    coveringSpheres: new Int32Array(rows),
    sphereCentre: new Int32Array(rows).fill(-1),
    sphereRadius: new Float64Array(rows).fill(NaN),
    sphereDistance: new Float64Array(rows).fill(NaN),
    sphereGap: new Float64Array(rows).fill(NaN),
    nearestNormals: new Int32Array(rows * NEIGHBOURS).fill(-1),
    nearestNormalDistances: new Float64Array(rows * NEIGHBOURS).fill(NaN),
    nearestAnomalies: new Int32Array(rows * NEIGHBOURS).fill(-1),
    nearestAnomalyDistances: new Float64Array(rows * NEIGHBOURS).fill(NaN),
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
  const at = row * NEIGHBOURS;
  enterNearest(explanation.nearestNormals, explanation.nearestNormalDistances, at, labels, 0, squared, offset);
  enterNearest(explanation.nearestAnomalies, explanation.nearestAnomalyDistances, at, labels, 1, squared, offset);
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

/** Enters the nearest training rows of a label and their distances from entry `at` on, nearest first. */
function enterNearest(rows: Int32Array, distances: Float64Array, at: number, labels: Uint8Array, label: number, squared: Float64Array, offset: number): void {
  let found = 0;
  for (let j = 0; j < labels.length; j += 1) {
    if (labels[j] !== label) continue;
    const distance = squared[offset + j]!;
    if (found === NEIGHBOURS && distance >= distances[at + NEIGHBOURS - 1]!) continue;
    let place = found < NEIGHBOURS ? found : NEIGHBOURS - 1;
    for (; place > 0 && distances[at + place - 1]! > distance; place -= 1) {
      distances[at + place] = distances[at + place - 1]!;
      rows[at + place] = rows[at + place - 1]!;
    }
    distances[at + place] = distance;
    rows[at + place] = j;
    if (found < NEIGHBOURS) found += 1;
  }
  for (let place = 0; place < found; place += 1) distances[at + place] = Math.sqrt(distances[at + place]!);
}
