import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { checkLabels } from '../eap/input';
import { checkMatrix } from '../linalg/matrix';
import { accuracyAfter, areaUnderSampledCurve } from '../metrics/learning-curve';
import type { CurveBranch, CurveSetting, LearningCurve, LearningCurves } from './curve';
import { downstreamModel, type DownstreamModel } from './downstream-model';
import { curveGrid } from './grid';

/**
 * Learning curves of many rankings of one experiment's auxiliary rows (EAP paper, Section 5): test accuracy of the downstream model after
 * adding the best rows first, and after adding the worst first, in exactly the reverse order. A model depends only on which
 * rows are added, so every set of rows is fitted once, whichever rankings arrive at it.
 */
export const learningCurves: LearningCurves = async (setting, rankings, context = {}) => {
  checkSetting(setting);
  rankings.forEach((ranking) => checkRanking(ranking, setting.auxiliary.rows));
  const branches = rankings.flatMap((ranking) => plannedBranches(setting, ranking));
  const accuracyOf = await new SharedFits(setting, await downstreamModel(setting, context)).fitAll(branches, context);
  return rankings.map((_, r) => {
    const [good, poor] = [branches[2 * r]!, branches[2 * r + 1]!].map(({ added, keys }): CurveBranch => ({ added, accuracy: keys.map((key) => accuracyOf.get(key)!) }));
    return measured(good!, poor!);
  });
};

/** The learning curves of a single ranking; see `learningCurves`. */
export async function learningCurve({ order, ...setting }: CurveSetting & { readonly order: Int32Array }, context: NumericsContext = {}): Promise<LearningCurve> {
  const [curve] = await learningCurves(setting, [order], context);
  return curve!;
}

function measured(good: CurveBranch, poor: CurveBranch): LearningCurve {
  const area = (branch: CurveBranch) => {
    const count = branch.added.at(-1)!;
    return count === 0 ? null : areaUnderSampledCurve(branch.added, branch.accuracy, count);
  };
  const last = good.accuracy.length - 1;
  return { good, poor, aulcGood: area(good), accGood: last === 0 ? null : accuracyAfter(good.accuracy, last), aulcPoor: area(poor) };
}

/** One direction of one ranking: after `added[i]` rows the set with the key `keys[i]` is in. */
type PlannedBranch = { readonly order: Int32Array; readonly added: readonly number[]; readonly keys: readonly string[] };

function plannedBranches({ auxiliary, good = Math.round(auxiliary.rows / 3), points }: CurveSetting, ranking: Int32Array): PlannedBranch[] {
  const plan = (order: Int32Array, count: number): PlannedBranch => {
    const added = curveGrid(count, points);
    return { order, added, keys: added.map((size) => keyOfSet(order.subarray(0, size), order.length)) };
  };
  return [plan(ranking, good), plan(ranking.toReversed(), auxiliary.rows - good)];
}

/** One text per set of rows, whatever their order: a bit per row, 16 bits a character. */
function keyOfSet(rows: Int32Array, size: number): string {
  const bits = new Uint16Array((size >> 4) + 1);
  for (const row of rows) bits[row >> 4]! |= 1 << (row & 15);
  return Array.from(bits, (word) => String.fromCharCode(word)).join('');
}

/** Accuracies by the set of added rows. */
class SharedFits {
  private readonly accuracy = new Map<string, number>();

  constructor(
    private readonly setting: CurveSetting,
    private readonly model: DownstreamModel,
  ) {}

  /** Fits every set of the branches that is not known yet. */
  async fitAll(branches: readonly PlannedBranch[], context: NumericsContext): Promise<ReadonlyMap<string, number>> {
    const total = new Set(branches.flatMap(({ keys }) => keys)).size;
    for (const { order, added, keys } of branches) {
      for (const [i, key] of keys.entries()) {
        if (this.accuracy.has(key)) continue;
        await pause(context);
        this.accuracy.set(key, this.accuracyOf(this.model(this.members(order.subarray(0, added[i])))));
        context.onProgress?.(this.accuracy.size, total, 'Fitting downstream models');
      }
    }
    return this.accuracy;
  }

  /** All training rows, then the added ones in the order of the auxiliary set. */
  private members(addedRows: Int32Array): Int32Array {
    const n = this.setting.train.rows;
    const members = Int32Array.from({ length: n + addedRows.length }, (_, i) => i);
    members.set(addedRows.toSorted().map((row) => n + row), n);
    return members;
  }

  private accuracyOf(predictions: Uint8Array): number {
    const { testLabels, measure } = this.setting;
    if (measure === 'balanced_accuracy') return balancedAccuracy(predictions, testLabels);
    return predictions.reduce((right, label, i) => right + (label === testLabels[i] ? 1 : 0), 0) / predictions.length;
  }
}

/** Mean over the classes that occur of the share of their rows that is right. */
function balancedAccuracy(predictions: Uint8Array, labels: Uint8Array): number {
  const [rows, right] = [[0, 0], [0, 0]];
  predictions.forEach((label, i) => {
    const actual = labels[i]!;
    rows[actual]! += 1;
    if (label === actual) right[actual]! += 1;
  });
  const shares = rows.flatMap((count, actual) => (count === 0 ? [] : [right[actual]! / count]));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function checkSetting({ train, labels, auxiliary, test, testLabels, good = 0 }: CurveSetting): void {
  checkMatrix(train, 'The training set');
  checkMatrix(auxiliary, 'The auxiliary set');
  checkMatrix(test, 'The test set');
  if (train.rows < 1 || test.rows < 1) throw new NumericsError('data.too_few_rows', 'A learning curve needs at least one training row and one test row.');
  if (train.cols < 1) throw new NumericsError('data.shape', 'The training set has no columns.');
  for (const [name, matrix] of [['auxiliary', auxiliary], ['test', test]] as const) {
    if (matrix.rows > 0 && matrix.cols !== train.cols) throw new NumericsError('data.shape', `The ${name} set has ${matrix.cols} columns, the training set ${train.cols}.`);
  }
  checkLabels(labels, train.rows);
  checkLabels(testLabels, test.rows);
  if (!Number.isSafeInteger(good) || good < 0 || good > auxiliary.rows) {
    throw new NumericsError('parameter.invalid', `The good direction must have 0 to ${auxiliary.rows} rows, not ${good}.`);
  }
}

function checkRanking(ranking: Int32Array, rows: number): void {
  const seen = new Set(ranking);
  if (ranking.length !== rows || seen.size !== rows || ranking.some((row) => row < 0 || row >= rows)) {
    throw new NumericsError('data.shape', `A ranking must hold each of the ${rows} auxiliary rows once.`);
  }
}
