import { NearestDistances } from '../detectors/ssdo';
import { studentUpperTail } from '../distributions/student-t';
import { NumericsError } from '../errors';

/** Neighbour whose distance is a training row's own length scale; cut to the rows - 1. */
const SCALE_NEIGHBOUR = 10;

/** Weight of the distance to the known anomalies in the novelty. */
const ANOMALY_WEIGHT = 0.5;

/** Values of one auxiliary row. */
export type CapScore = {
  /** phi = N p / (1 + N), higher = more useful. */
  readonly quality: number;
  /** p = -log(piN) / log(n0 + 1), in [0, 1]. */
  readonly novelty: number;
  /** N = (m + 1) piA: anomalies, among the known ones and this one, expected to lie at least as far out. */
  readonly expectedCount: number;
  /** piN: chance that a normal looks at least as novel. */
  readonly normalTail: number;
  /** piA: chance that one more real anomaly lies at least as far out. */
  readonly anomalyTail: number;
  readonly logNormalDistance: number;
  readonly logAnomalyDistance: number;
  readonly logScaledDistance: number;
};

/** A statistic's value for each member row (leave-one-out), and where an anomaly's value is expected. */
class Statistic {
  /** Squared distances first, their roots' natural logarithms after `settle`. */
  readonly values: Float64Array;
  private smallest = 1;
  private centre = 0;
  private scale = 0;

  constructor(members: number) {
    this.values = new Float64Array(members);
  }

  /** Turns the squared distances into logarithms; zeros become the smallest positive one (1 where there is none). */
  settle(isAnomaly: Uint8Array, anomalies: number): void {
    this.smallest = smallestPositive(this.values);
    for (let i = 0; i < this.values.length; i += 1) this.values[i] = this.logarithm(this.values[i]!);
    const ofAnomalies = this.moments(isAnomaly, 1);
    const ofNormals = this.moments(isAnomaly, 0);
    this.centre = ofAnomalies.mean;
    const variance = (ofAnomalies.variance + ofNormals.variance) / 2;
    this.scale = Math.sqrt(((variance * 2 * anomalies) / (2 * anomalies - 1)) * (1 + 1 / anomalies));
  }

  /** log of the distance whose square is given; nearer than any two training rows counts as that near. */
  logarithm(squared: number): number {
    return 0.5 * Math.log(Math.max(squared, this.smallest));
  }

  /** Predictive chance that a further anomaly has a larger value: Student's t with 2m - 1 degrees of freedom. */
  upperTail(value: number, anomalies: number): number {
    const deviation = value - this.centre;
    return studentUpperTail(deviation === 0 ? 0 : deviation / this.scale, 2 * anomalies - 1);
  }

  private moments(isAnomaly: Uint8Array, label: number): { mean: number; variance: number } {
    const chosen = this.values.filter((_, i) => isAnomaly[i] === label);
    const mean = chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
    return { mean, variance: chosen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / chosen.length };
  }
}

/**
 * CAP fitted on some rows of the training set (docs/methods/cap.md). It is fed, twice, every training row's squared distances to all
 * training rows: `observeScales` for each row, `settleScales`, `observeDistances` for each row, `settleDistances`; then
 * `scoreRow` for auxiliary rows. Throws `data.too_few_rows` with fewer than two normals or no known anomaly.
 */
export class CapFit {
  private readonly memberAt: Int32Array;
  private readonly isAnomaly: Uint8Array;
  private readonly anomalies: number;
  private readonly normals: number;
  private readonly nearest: NearestDistances;
  /** 1 / r10² of each member. */
  private readonly inverseScale: Float64Array;
  private readonly toNormal: Statistic;
  private readonly toAnomaly: Statistic;
  private readonly scaled: Statistic;
  /** Novelties of the normals, ascending. */
  private normalNovelty = new Float64Array(0);

  constructor(
    private readonly members: Int32Array,
    labels: Uint8Array,
  ) {
    this.memberAt = new Int32Array(labels.length).fill(-1);
    members.forEach((row, at) => {
      this.memberAt[row] = at;
    });
    this.isAnomaly = Uint8Array.from(members, (row) => labels[row]!);
    this.anomalies = this.isAnomaly.reduce((sum, label) => sum + label, 0);
    this.normals = members.length - this.anomalies;
    if (this.normals < 2) throw new NumericsError('data.too_few_rows', `CAP needs at least 2 normal training rows, there are ${this.normals}.`);
    if (this.anomalies < 1) throw new NumericsError('data.too_few_rows', 'CAP needs at least one known anomaly in the training set.');
    this.nearest = new NearestDistances(Math.min(SCALE_NEIGHBOUR, members.length - 1));
    this.inverseScale = new Float64Array(members.length);
    this.toNormal = new Statistic(members.length);
    this.toAnomaly = new Statistic(members.length);
    this.scaled = new Statistic(members.length);
  }

  observeScales(row: number, squared: Float64Array, offset: number): void {
    const at = this.memberAt[row]!;
    if (at < 0) return;
    this.nearest.reset();
    for (const other of this.members) if (other !== row) this.nearest.add(squared[offset + other]!);
    this.inverseScale[at] = this.nearest.kth();
  }

  settleScales(): void {
    const zero = smallestPositive(this.inverseScale);
    for (let i = 0; i < this.inverseScale.length; i += 1) this.inverseScale[i] = 1 / (this.inverseScale[i]! || zero);
  }

  observeDistances(row: number, squared: Float64Array, offset: number): void {
    const at = this.memberAt[row]!;
    if (at < 0) return;
    const { normal, anomaly, scaled } = this.nearestOf(squared, offset, row);
    this.toNormal.values[at] = normal;
    this.toAnomaly.values[at] = anomaly;
    this.scaled.values[at] = scaled;
  }

  settleDistances(): void {
    for (const statistic of [this.toNormal, this.toAnomaly, this.scaled]) statistic.settle(this.isAnomaly, this.anomalies);
    const novelty = this.toNormal.values.map((value, at) => value - ANOMALY_WEIGHT * this.toAnomaly.values[at]!);
    this.normalNovelty = novelty.filter((_, at) => this.isAnomaly[at] === 0).sort();
  }

  /** Values of a row whose squared distances to all training rows start at `offset`. */
  scoreRow(squared: Float64Array, offset: number): CapScore {
    const nearest = this.nearestOf(squared, offset, -1);
    const logNormalDistance = this.toNormal.logarithm(nearest.normal);
    const logAnomalyDistance = this.toAnomaly.logarithm(nearest.anomaly);
    const logScaledDistance = this.scaled.logarithm(nearest.scaled);
    const normalTail = this.conformalTail(logNormalDistance - ANOMALY_WEIGHT * logAnomalyDistance);
    const novelty = -Math.log(normalTail) / Math.log(this.normals + 1);
    const m = this.anomalies;
    const anomalyTail = Math.cbrt(this.toNormal.upperTail(logNormalDistance, m))
      * Math.cbrt(this.toAnomaly.upperTail(logAnomalyDistance, m))
      * Math.cbrt(this.scaled.upperTail(logScaledDistance, m));
    const expectedCount = (m + 1) * anomalyTail;
    const quality = (expectedCount * novelty) / (1 + expectedCount);
    return { quality, novelty, expectedCount, normalTail, anomalyTail, logNormalDistance, logAnomalyDistance, logScaledDistance };
  }

  /** Conformal p-value among the normals' own novelties; those that tie count half. */
  private conformalTail(novelty: number): number {
    const atLeast = this.normals - countBelow(this.normalNovelty, novelty, false);
    const above = this.normals - countBelow(this.normalNovelty, novelty, true);
    return (1 + 0.5 * (atLeast + above)) / (this.normals + 1);
  }

  /** Squared distances to the nearest normal and the nearest anomaly, and the smallest over all of squared distance / r10²; `self` is left out. */
  private nearestOf(squared: Float64Array, offset: number, self: number): { normal: number; anomaly: number; scaled: number } {
    const { members, isAnomaly, inverseScale } = this;
    const best = [Infinity, Infinity];
    let scaled = Infinity;
    for (let at = 0; at < members.length; at += 1) {
      const row = members[at]!;
      if (row === self) continue;
      const distance = squared[offset + row]!;
      const label = isAnomaly[at]!;
      if (distance < best[label]!) best[label] = distance;
      const ratio = distance * inverseScale[at]!;
      if (ratio < scaled) scaled = ratio;
    }
    // A lone anomaly has no other anomaly to be near to: its distances to normals stand in, for every row.
    return { normal: best[0]!, anomaly: this.anomalies === 1 ? best[0]! : best[1]!, scaled };
  }
}

function smallestPositive(values: Float64Array): number {
  const smallest = values.reduce((least, value) => (value > 0 && value < least ? value : least), Infinity);
  return smallest === Infinity ? 1 : smallest;
}

/** How many ascending values lie below `limit`, or, with `orEqual`, at most at it. */
function countBelow(ascending: Float64Array, limit: number, orEqual: boolean): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = ascending[middle]!;
    if (value < limit || (orEqual && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}
