import { isolationForestDefaults } from '../detectors/isolation-forest';
import { detectorIds, isDetectorId, type DetectorId } from '../detectors/registry';
import { checkSsdoParameters, ssdoDefaults } from '../detectors/ssdo';
import type { LambdaRule } from '../detectors/squash';
import { NumericsError } from '../errors';
import type { Ball } from './spheres';

/** Which training rows are meant: all of them or the normals only. */
export type TrainingRows = 'all' | 'normals';

/** Every choice of See docs/methods/eap.md. */
export type EapParameters = {
  readonly seed: number;
  /** Which training rows are centres of covering spheres. */
  readonly centres: TrainingRows;
  readonly ball: Ball;
  /** Smallest k of the search for k-hat. */
  readonly kFloor: number;
  /** Quantile of the Beta posterior that sets k-hat. */
  readonly kQuantile: number;
  /** Training rows whose inverse rarities are summed in the density. */
  readonly densityRows: TrainingRows;
  /** Training rows that n counts in the posterior. */
  readonly posteriorRows: TrainingRows;
  /** Prior share of anomalies; undefined: m / n of the training set. */
  readonly alpha0: number | undefined;
  /** The detector whose score f the conditional probability is made of; all but SSDO with their defaults (docs/methods/detectors.md). */
  readonly detector: DetectorId;
  /** Of SSDO, as is `detectorAlpha`. */
  readonly detectorNeighbours: number;
  readonly detectorAlpha: number;
  readonly lambda: LambdaRule;
  readonly trees: number;
  readonly treeSample: number;
  /** 0: one pass over the whole training set. Otherwise the quality is the mean over so many random training subsets. */
  readonly subsets: number;
};

const shared = {
  seed: 0,
  kQuantile: 0.95,
  alpha0: undefined,
  detector: 'ssdo',
  detectorNeighbours: ssdoDefaults.neighbours,
  detectorAlpha: ssdoDefaults.alpha,
  trees: isolationForestDefaults.trees,
  treeSample: isolationForestDefaults.sampleSize,
} as const;

/** `paper`: as the article states it, one pass. `released`: as the authors' program runs, 100 subsets of normals, open balls. */
export const eapPresets: Readonly<Record<'paper' | 'released', EapParameters>> = {
  paper: {
    ...shared,
    centres: 'all',
    ball: 'closed',
    kFloor: 1,
    densityRows: 'all',
    posteriorRows: 'all',
    lambda: 'exact',
    subsets: 0,
  },
  released: {
    ...shared,
    centres: 'normals',
    ball: 'open',
    kFloor: 5,
    densityRows: 'normals',
    posteriorRows: 'normals',
    lambda: 'integer_percentile',
    subsets: 100,
  },
};

function demand(holds: boolean, message: string): void {
  if (!holds) throw new NumericsError('parameter.invalid', message);
}

/** Throws `parameter.invalid` for the first parameter out of its range. */
export function checkEapParameters(p: EapParameters): void {
  demand(p.centres === 'all' || p.centres === 'normals', `Centres must be "all" or "normals", not "${p.centres}".`);
  demand(p.ball === 'closed' || p.ball === 'open', `The ball must be "closed" or "open", not "${p.ball}".`);
  demand(Number.isSafeInteger(p.kFloor) && p.kFloor >= 1, `The floor of k must be a whole number from 1 on, not ${p.kFloor}.`);
  demand(p.kQuantile > 0 && p.kQuantile < 1, `The quantile for k must lie between 0 and 1, not at ${p.kQuantile}.`);
  demand(p.alpha0 === undefined || (p.alpha0 >= 0 && p.alpha0 <= 1), `Alpha0 must lie in 0..1, not at ${p.alpha0}.`);
  demand(Number.isSafeInteger(p.subsets) && p.subsets >= 0, `The number of subsets must be a whole number from 0 on, not ${p.subsets}.`);
  demand(isDetectorId(p.detector), `The detector must be one of ${detectorIds.join(', ')}, not "${p.detector}".`);
  checkSsdoParameters({ neighbours: p.detectorNeighbours, alpha: p.detectorAlpha });
}
