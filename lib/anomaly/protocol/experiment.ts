import { NumericsError } from '../errors';
import { checkMatrix, selectRows, type Matrix } from '../linalg/matrix';
import type { RandomGenerator } from '../random/generator';
import { sampleWithoutReplacement, shuffle } from '../random/sampling';
import { chooseForeignSets, foreignRows } from './foreign';
import { pickKnown, type KnownAnomalies } from './known-anomalies';
import { checkLabelledSet, rowsOf, type LabelledSet } from './labelled-set';
import type { SetKind } from './result';
import { splitCounts, TRAINING_NORMALS, type ProtocolPreset, type SplitCounts } from './split-counts';
import { columnScale, standardise } from './standardise';
import { experimentRandom } from './streams';

export type ExperimentOptions = {
  readonly kind: SetKind;
  readonly seed: number;
  /** Default: paper. */
  readonly preset?: ProtocolPreset;
  /** Default: random for the paper's preset, clustered for the released program's. */
  readonly knownAnomalies?: KnownAnomalies;
  /** Training normals at most; default 1,000. */
  readonly trainingNormals?: number;
};

/** One split of a set, ready for evaluators and downstream models. Rows of each part are in random order. */
export type Experiment = {
  readonly set: string;
  readonly kind: SetKind;
  readonly seed: number;
  readonly counts: SplitCounts;
  /** Names of the sets that the unrealistic rows come from. */
  readonly foreignSets: readonly string[];
  /** n x d with labels 0 (normal) and 1 (known anomaly). */
  readonly train: Matrix;
  readonly labels: Uint8Array;
  /** l x d. */
  readonly auxiliary: Matrix;
  /** Pseudo-quality of each auxiliary row: 1 good (a real anomaly), 0 poor. */
  readonly qualityLabels: Uint8Array;
  /** What each auxiliary row is by construction: 0 realistic, 1 indistinguishable, 2 unrealistic. */
  readonly groups: Uint8Array;
  readonly test: Matrix;
  readonly testLabels: Uint8Array;
};

/** Anomalies first, then normals, as row numbers of the target. */
type SplitRows = { readonly [part in 'test' | 'train' | 'auxiliary']: { readonly anomalies: Int32Array; readonly normals: Int32Array } };

/**
 * Splits a set for one experiment of the paper's protocol (EAP paper, Section 5.1): a balanced test set, a training set with few
 * known anomalies, and l auxiliary rows, a third each realistic (real anomalies), indistinguishable (normals) and
 * unrealistic (rows of up to five of the `others` by random projection; the target itself, by name, is never among them).
 * Tabular columns are standardised by the training set, foreign rows included and not before. The same set, others
 * and options give the same experiment. Giving all sets or only those of `chooseForeignSets` is the same.
 * @throws NumericsError `data.too_few_rows` (says what is missing), `data.shape`, `data.not_finite`
 */
export function makeExperiment(target: LabelledSet, others: readonly LabelledSet[], options: ExperimentOptions): Experiment {
  const { kind, seed, preset = 'paper', trainingNormals = TRAINING_NORMALS } = options;
  checkLabelledSet(target);
  const anomalies = rowsOf(target, 1);
  const normals = rowsOf(target, 0);
  const counts = splitCounts(anomalies.length, normals.length, preset, trainingNormals);
  const knownAnomalies = options.knownAnomalies ?? (preset === 'paper' ? 'random' : 'clustered');
  const rows = splitRows(target, anomalies, normals, counts, knownAnomalies, seed);
  const chosen = chooseForeign(target, others, seed);
  const foreign = foreignRows(chosen, counts.third, target.points.cols, experimentRandom(target.name, seed, 'foreign rows'));
  const order = experimentRandom(target.name, seed, 'order');
  const train = shuffled(target, rows.train, order);
  const test = shuffled(target, rows.test, order);
  const auxiliary = shuffledAuxiliary(target, rows.auxiliary, foreign, order);
  const scale = kind === 'tabular' ? columnScale(train.points) : undefined;
  const scaled = (points: Matrix) => (scale === undefined ? points : standardise(points, scale));
  const auxiliaryPoints = scaled(auxiliary.points);
  checkMatrix(auxiliaryPoints, 'The auxiliary set');
  return {
    set: target.name,
    kind,
    seed,
    counts,
    foreignSets: chosen.map(({ name }) => name),
    train: scaled(train.points),
    labels: train.labels,
    auxiliary: auxiliaryPoints,
    qualityLabels: auxiliary.groups.map((group) => (group === 0 ? 1 : 0)),
    groups: auxiliary.groups,
    test: scaled(test.points),
    testLabels: test.labels,
  };
}

function chooseForeign(target: LabelledSet, others: readonly LabelledSet[], seed: number): LabelledSet[] {
  const byName = new Map(others.map((set) => [set.name, set]));
  const names = chooseForeignSets(target.name, [...byName.keys()], seed);
  if (names.length === 0) throw new NumericsError('data.too_few_rows', 'Unrealistic auxiliary rows come from other sets, but none is given.');
  const chosen = names.map((name) => byName.get(name)!);
  chosen.forEach(checkLabelledSet);
  return chosen;
}

function splitRows(target: LabelledSet, anomalies: Int32Array, normals: Int32Array, counts: SplitCounts, known: KnownAnomalies, seed: number): SplitRows {
  const random = experimentRandom(target.name, seed, 'split');
  const { test, third, trainAnomalies, trainNormals } = counts;
  const anomalyOrder = inRandomOrder(anomalies, random);
  const normalOrder = inRandomOrder(normals, random);
  const left = anomalyOrder.subarray(test);
  const trained = pickKnown(target.points, left, trainAnomalies, known, experimentRandom(target.name, seed, 'clusters'));
  const taken = new Set(trained);
  return {
    test: { anomalies: anomalyOrder.subarray(0, test), normals: normalOrder.subarray(0, test) },
    auxiliary: { anomalies: left.filter((row) => !taken.has(row)).subarray(0, third), normals: normalOrder.subarray(test, test + third) },
    train: { anomalies: trained, normals: normalOrder.subarray(test + third, test + third + trainNormals) },
  };
}

function inRandomOrder(rows: Int32Array, random: RandomGenerator): Int32Array {
  return sampleWithoutReplacement(rows.length, rows.length, random).map((i) => rows[i]!);
}

function shuffled({ points, labels }: LabelledSet, { anomalies, normals }: SplitRows['train'], random: RandomGenerator): { points: Matrix; labels: Uint8Array } {
  const rows = shuffle(Int32Array.from([...anomalies, ...normals]), random);
  return { points: selectRows(points, rows), labels: Uint8Array.from(rows, (row) => labels[row]!) };
}

/** The three groups in one random order, so that no evaluator can gain from the order of its input. */
function shuffledAuxiliary({ points }: LabelledSet, { anomalies, normals }: SplitRows['auxiliary'], foreign: Matrix, random: RandomGenerator): { points: Matrix; groups: Uint8Array } {
  const own = selectRows(points, Int32Array.from([...anomalies, ...normals]));
  const rows = own.rows + foreign.rows;
  const data = new Float64Array(rows * points.cols);
  data.set(own.data);
  data.set(foreign.data, own.data.length);
  const order = shuffle(Int32Array.from({ length: rows }, (_, i) => i), random);
  const groupOf = (row: number) => (row < anomalies.length ? 0 : row < own.rows ? 1 : 2);
  return { points: selectRows({ data, rows, cols: points.cols }, order), groups: Uint8Array.from(order, groupOf) };
}
