import { NumericsError } from '../errors';

/** `paper`: the shares that the article states. `released`: the bounds of the authors' released program as well. */
export type ProtocolPreset = 'paper' | 'released';

/** Normals of the training set at most. */
export const TRAINING_NORMALS = 1000;

/** How many rows of a set go where. */
export type SplitCounts = {
  /** Test anomalies, and as many test normals. */
  readonly test: number;
  /** Training anomalies m. */
  readonly trainAnomalies: number;
  readonly trainNormals: number;
  /** Auxiliary rows of each of the three groups; l is three times as many. */
  readonly third: number;
};

/**
 * Counts of a split (EAP paper, Section 5.1): 50 % of the anomalies for the test, 10 % for training (at least one), 40 %
 * as realistic auxiliary rows; as many normals for the test and among the auxiliary rows; the other normals, at most
 * `trainingNormals`, for training. Shares are rounded half to even. `released` keeps the test in 50..250, the
 * training anomalies in 5..50 and a third at 250 at most.
 * @throws NumericsError `data.too_few_rows` that says which rows are missing
 */
export function splitCounts(anomalies: number, normals: number, preset: ProtocolPreset, trainingNormals = TRAINING_NORMALS): SplitCounts {
  const { test, trainAnomalies, third } = preset === 'paper' ? paperCounts(anomalies) : releasedCounts(anomalies);
  if (third < 1) {
    throw new NumericsError(
      'data.too_few_rows',
      preset === 'paper'
        ? `${anomalies} anomalies are too few: the test takes ${test} and training ${trainAnomalies}, which leaves no realistic auxiliary row.`
        : `${anomalies} anomalies are too few for the released program's split, which wants ${test} for the test and ${trainAnomalies} for training and leaves no realistic auxiliary row.`,
    );
  }
  const left = normals - test - third;
  if (left < 2) {
    throw new NumericsError('data.too_few_rows', `${normals} normals are too few: the test takes ${test} and the auxiliary set ${third}, and training needs at least 2.`);
  }
  return { test, trainAnomalies, trainNormals: Math.min(trainingNormals, left), third };
}

type AnomalyCounts = Pick<SplitCounts, 'test' | 'trainAnomalies' | 'third'>;

function paperCounts(anomalies: number): AnomalyCounts {
  const test = Math.max(1, roundHalfToEven(0.5 * anomalies));
  const trainAnomalies = Math.max(1, roundHalfToEven(0.1 * anomalies));
  return { test, trainAnomalies, third: Math.min(roundHalfToEven(0.4 * anomalies), anomalies - test - trainAnomalies) };
}

function releasedCounts(anomalies: number): AnomalyCounts {
  const test = clamp(roundHalfToEven(0.5 * anomalies), 50, 250);
  const trainAnomalies = clamp(roundHalfToEven(0.1 * anomalies), 5, 50);
  return { test, trainAnomalies, third: Math.min(roundHalfToEven(0.4 * anomalies), 250, anomalies - test - trainAnomalies) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** To the nearest whole number, halves to the even one, as Python's round. */
export function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
