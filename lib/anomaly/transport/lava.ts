import { pause, type NumericsContext } from '../context';
import type { EvaluatorInput } from '../evaluators/evaluator';
import { crossDistances } from '../linalg/distances';
import { annealing, EPSILON, grow, squaredDiagonal, type Box } from './annealing';
import { prepareSet, transportBetween, type LabelledSet } from './labelled-set';
import { sinkhorn } from './sinkhorn';

export type LavaInput = Pick<EvaluatorInput, 'train' | 'labels' | 'auxiliary'>;

/** Transports between classes: the anomalies are those of the training set alone or with the auxiliary row. */
type ClassTransports = {
  readonly normalNormal: number;
  /** Normals to the known anomalies. */
  readonly normalAnomaly: number;
  /** Anomalies with the auxiliary row to the normals, and to the known anomalies. */
  readonly extendedNormal: number;
  readonly extendedAnomaly: number;
};

/** Half of each class transport is added to the cost: 2 a + b for a row of class a of D + x and a column of class b of D. */
function rightCosts(w: ClassTransports): { forward: Float64Array; backward: Float64Array } {
  const costs = Float64Array.of(w.normalNormal / 2, w.normalAnomaly / 2, w.extendedNormal / 2, w.extendedAnomaly / 2);
  return { forward: costs, backward: costs };
}

/** The entries that the released program reads, since it passes labels -1 and +1 where class numbers are expected. */
function releasedCosts(w: ClassTransports): { forward: Float64Array; backward: Float64Array } {
  return {
    forward: Float64Array.of(w.normalAnomaly / 2, w.normalAnomaly / 2, w.extendedNormal / 2, w.extendedNormal / 2),
    backward: Float64Array.of(0, w.extendedAnomaly / 2, w.extendedNormal / 2, w.extendedNormal / 2),
  };
}

/** How many pairs of one outer solve are computed before the caller gets a turn. */
const PAIRS_PER_TURN = 250_000;

/**
 * LAVA (Just et al. 2023): minus the calibrated gradient of the entropic transport between D + x and D with respect to the mass of x,
 * -(f_x - mean of the other f), solved anew for each auxiliary row x. Costs: half the squared distance plus half the transport
 * between the classes. O(T n²) per row, T about 15.
 */
export async function lavaExact(input: LavaInput, asReleased: boolean, context: NumericsContext = {}): Promise<Float64Array> {
  const set = await prepareSet(input, context);
  const values = new Float64Array(input.auxiliary.rows);
  if (values.length === 0) return values;
  const fixed = fixedTransports(set);
  const rowClass = Uint8Array.from({ length: set.labels.length + 1 }, (_, i) => set.labels[i] ?? 1);
  const scratch = new Float64Array(rowClass.length * set.labels.length);
  await forEachAuxiliary(input, set, context, (x, toTrain) => {
    const transports = { ...fixed, ...extendedTransports(set, input, x, toTrain) };
    const problem = {
      squared: [...set.squared, toTrain],
      columns: set.labels.length,
      rowClass,
      columnClass: set.labels,
      ...(asReleased ? releasedCosts(transports) : rightCosts(transports)),
    };
    const { auxiliary } = input;
    const box = grow(set.anomalyBox, auxiliary.data, x * auxiliary.cols);
    const { rows } = sinkhorn(problem, annealing(squaredDiagonal(box, set.normalBox) + labelExtent(set) ** 2), scratch);
    values[x] = meanOfFirst(rows, set.labels.length) - rows[set.labels.length]!;
  });
  return values;
}

/**
 * The same gradient from one solve of D against D: f_x is the soft minimum of cost minus the columns' potentials, the class transports
 * are those of D. O(T n²) once and O(n d) per row.
 */
export async function lavaFast(input: LavaInput, context: NumericsContext = {}): Promise<Float64Array> {
  const set = await prepareSet(input, context);
  const n = set.labels.length;
  const values = new Float64Array(input.auxiliary.rows);
  if (values.length === 0) return values;
  const fixed = fixedTransports(set);
  const known = anomaliesTo(set);
  const costs = rightCosts({ ...fixed, ...known });
  const problem = { squared: set.squared, columns: n, rowClass: set.labels, columnClass: set.labels, ...costs };
  await pause(context);
  const { rows, columns } = sinkhorn(problem, annealing(squaredDiagonal(set.anomalyBox, set.normalBox) + labelExtent(set) ** 2));
  const calibration = meanOfFirst(rows, n);
  const exponents = new Float64Array(n);
  await forEachAuxiliary(input, set, context, (x, toTrain) => {
    const { extendedNormal, extendedAnomaly } = set.anomalies > 0 ? known : extendedTransports(set, input, x, toTrain);
    let largest = -Infinity;
    for (let j = 0; j < n; j += 1) {
      const between = j < set.normals ? extendedNormal : extendedAnomaly;
      exponents[j] = (columns[j]! - 0.5 * (toTrain[j]! + between)) / EPSILON;
      if (exponents[j]! > largest) largest = exponents[j]!;
    }
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += Math.exp(exponents[j]! - largest);
    values[x] = calibration + EPSILON * (largest + Math.log(sum / n));
  });
  return values;
}

/** What the label adds to the diameter as one more coordinate: 0 or 1 in D + x, 2 or 3 in D. */
function labelExtent({ normals, anomalies }: LabelledSet): number {
  return (anomalies > 0 ? 3 : 2) - (normals > 0 ? 0 : 1);
}

function fixedTransports(set: LabelledSet): Pick<ClassTransports, 'normalNormal' | 'normalAnomaly'> {
  const { squared, normals, anomalies, normalBox, anomalyBox } = set;
  const toNormals = squared.slice(0, normals).map((row) => row.subarray(0, normals));
  const toAnomalies = squared.slice(0, normals).map((row) => row.subarray(normals));
  return {
    normalNormal: transportBetween(toNormals, normals, normalBox, normalBox),
    normalAnomaly: transportBetween(toAnomalies, anomalies, normalBox, anomalyBox),
  };
}

/** Transports of the known anomalies, with an auxiliary row where one is given, to the classes of D. */
function anomaliesTo(
  set: LabelledSet,
  extra?: { readonly toTrain: Float64Array; readonly box: Box },
): Pick<ClassTransports, 'extendedNormal' | 'extendedAnomaly'> {
  const { normals, anomalies, normalBox, anomalyBox } = set;
  const rows = [...set.squared.slice(normals), ...(extra === undefined ? [] : [extra.toTrain])];
  const box = extra?.box ?? anomalyBox;
  return {
    extendedNormal: transportBetween(rows.map((row) => row.subarray(0, normals)), normals, box, normalBox),
    extendedAnomaly: transportBetween(rows.map((row) => row.subarray(normals)), anomalies, box, anomalyBox),
  };
}

function extendedTransports(set: LabelledSet, { auxiliary }: LavaInput, x: number, toTrain: Float64Array) {
  return anomaliesTo(set, { toTrain, box: grow(set.anomalyBox, auxiliary.data, x * auxiliary.cols) });
}

function meanOfFirst(values: Float64Array, count: number): number {
  return values.subarray(0, count).reduce((sum, value) => sum + value, 0) / count;
}

/** Hands every auxiliary row its squared distances to the rows of the set. */
async function forEachAuxiliary(
  { auxiliary }: LavaInput,
  { points }: LabelledSet,
  context: NumericsContext,
  visit: (x: number, toTrain: Float64Array) => void,
): Promise<void> {
  const source = crossDistances(auxiliary, points, context.product);
  const n = points.rows;
  const turn = Math.max(1, Math.floor(PAIRS_PER_TURN / (n * n)));
  for (let start = 0; start < auxiliary.rows; start += source.blockRows) {
    const end = Math.min(start + source.blockRows, auxiliary.rows);
    const block = await source.block(start, end);
    for (let x = start; x < end; x += 1) {
      if ((x - start) % turn === 0) await pause(context);
      visit(x, block.subarray((x - start) * n, (x - start + 1) * n));
      context.onProgress?.(x + 1, auxiliary.rows, 'auxiliary');
    }
  }
}
