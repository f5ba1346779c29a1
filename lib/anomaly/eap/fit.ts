import { groupByLabel, lengthScale, NearestDistances, ssdoScore, type SsdoMembers } from '../detectors/ssdo';
import { fitLambda, squash } from '../detectors/squash';
import { NumericsError } from '../errors';
import { kthSmallest } from '../linalg/select';
import { CoveringRanks } from './covering-rank';
import { estimateK } from './k-hat';
import type { EapParameters } from './parameters';
import { densityFromRarity, inverseRarity, posteriorMean } from './posterior';
import { createSpheres, isInside, setRadius, squaredRarity, type Spheres } from './spheres';

/** What all fits of one call share. `anomalies` are all training anomalies, also those outside a subset (docs/methods/eap.md). */
export type FitSetting = {
  readonly labels: Uint8Array;
  readonly anomalies: Int32Array;
  readonly parameters: EapParameters;
  readonly alpha0: number;
};

/** Values of one auxiliary row under one fit. */
export type RowScore = { rarity: number; density: number; score: number; probability: number; quality: number };

/**
 * EAP fitted on some rows of the training set. It is fed, twice, every training row's squared distances to all training rows, so
 * that many subsets share one pass over distances that need not be kept: `observeNeighbours` for each row, `settleNeighbours`,
 * `observeSpheres` for each row, `settleSpheres`; then `scoreRow` for auxiliary rows.
 */
export class EapFit {
  readonly spheres: Spheres;
  readonly ranks: CoveringRanks;
  kHat = 0;
  eta = 0;
  lambda = 0;
  sumInverse = 0;
  /** n of the posterior. */
  readonly rows: number;
  private readonly grouped: SsdoMembers;
  private readonly memberAt: Int32Array;
  private readonly centreAt: Int32Array;
  private readonly nearest: NearestDistances;
  private readonly kthDistance: Float64Array;
  private readonly rarity: Float64Array;
  private readonly scores: Float64Array;
  private readonly scratch: Float64Array;

  constructor(
    readonly members: Int32Array,
    private readonly setting: FitSetting,
    /** For each training row the detector's prior (SSDO) or its score (any other). */
    private readonly trainEvidence: Float64Array,
  ) {
    const { labels, parameters, anomalies } = setting;
    const centres = parameters.centres === 'all' ? members : members.filter((row) => labels[row] === 0);
    if (members.length < 2 || centres.length < 2) {
      const what = parameters.centres === 'all' ? 'rows' : 'normals';
      throw new NumericsError('data.too_few_rows', `At least 2 training ${what} are needed, there are ${centres.length}.`);
    }
    this.spheres = createSpheres(centres, parameters.ball);
    this.ranks = new CoveringRanks(anomalies, centres, parameters.ball);
    this.grouped = groupByLabel(members, labels);
    this.rows = parameters.posteriorRows === 'all' ? members.length : this.grouped.normals;
    this.memberAt = positions(members, labels.length);
    this.centreAt = positions(centres, labels.length);
    this.nearest = new NearestDistances(Math.min(parameters.detectorNeighbours, members.length - 1));
    this.kthDistance = new Float64Array(members.length);
    this.rarity = new Float64Array(members.length).fill(Infinity);
    this.scores = new Float64Array(members.length);
    this.scratch = new Float64Array(centres.length);
  }

  observeNeighbours(row: number, squared: Float64Array, offset: number): void {
    const at = this.memberAt[row]!;
    if (at < 0) return;
    this.nearest.reset();
    for (const other of this.members) if (other !== row) this.nearest.add(squared[offset + other]!);
    this.kthDistance[at] = Math.sqrt(this.nearest.kth());
    if (this.centreAt[row]! >= 0) this.ranks.addCentre(row, squared, offset);
  }

  settleNeighbours(): void {
    const { kFloor, kQuantile } = this.setting.parameters;
    this.eta = lengthScale(this.kthDistance);
    this.kHat = estimateK(this.ranks.ranks, this.spheres.centres.length, kFloor, kQuantile);
  }

  observeSpheres(row: number, squared: Float64Array, offset: number): void {
    const at = this.memberAt[row]!;
    if (at < 0) return;
    if (this.centreAt[row]! >= 0) this.addSphere(this.centreAt[row]!, row, squared, offset);
    this.scores[at] = this.detectorScore(this.trainEvidence[row]!, squared, offset);
  }

  settleSpheres(): void {
    const { labels, parameters } = this.setting;
    const contamination = this.setting.anomalies.length / labels.length;
    this.lambda = fitLambda(this.scores, contamination, parameters.lambda);
    let sum = 0;
    this.members.forEach((row, at) => {
      if (parameters.densityRows === 'all' || labels[row] === 0) sum += inverseRarity(finiteRoot(this.rarity[at]!));
    });
    this.sumInverse = sum;
  }

  /** Values of a row whose squared distances to all training rows start at `offset`; `evidence` as for the training rows. */
  scoreRow(evidence: number, squared: Float64Array, offset: number): RowScore {
    const { alpha0 } = this.setting;
    const rarity = Math.sqrt(squaredRarity(this.spheres, squared, offset));
    const density = densityFromRarity(rarity, this.sumInverse);
    const score = this.detectorScore(evidence, squared, offset);
    const probability = squash(score, this.lambda);
    return { rarity, density, score, probability, quality: posteriorMean(density, probability, this.rows, alpha0, 1 - alpha0) };
  }

  private detectorScore(evidence: number, squared: Float64Array, offset: number): number {
    const { detector, detectorAlpha } = this.setting.parameters;
    return detector === 'ssdo' ? ssdoScore(evidence, squared, offset, this.grouped, this.eta, detectorAlpha) : evidence;
  }

  /** Radius of the ball around a centre, and its share in the rarity of the rows it contains (its own centre too). */
  private addSphere(centre: number, row: number, squared: Float64Array, offset: number): void {
    const { spheres, scratch, rarity, members } = this;
    let count = 0;
    for (const other of spheres.centres) if (other !== row) scratch[count++] = squared[offset + other]!;
    const radius = kthSmallest(scratch, count, this.kHat);
    setRadius(spheres, centre, radius);
    const limit = spheres.limitSquared[centre]!;
    for (let i = 0; i < members.length; i += 1) {
      if (radius < rarity[i]! && isInside(squared[offset + members[i]!]!, limit, spheres.ball)) rarity[i] = radius;
    }
  }
}

function positions(rows: Int32Array, size: number): Int32Array {
  const at = new Int32Array(size).fill(-1);
  rows.forEach((row, i) => {
    at[row] = i;
  });
  return at;
}

function finiteRoot(squared: number): number {
  return squared === Infinity ? 0 : Math.sqrt(squared);
}
