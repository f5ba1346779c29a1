import { fitIsolationForest, toSinglePrecision } from '../../detectors/isolation-forest';
import type { SinglePrecision } from '../../detectors/isolation-tree';
import type { EvaluatorInput } from '../evaluator';
import { ForestWalker } from './forest-walker';
import type { DetectorParameters } from './parameters';

/**
 * The detector's prior after a fit on some training rows and, where `joined` is not -1, that auxiliary row. `ofTrain` may be asked for
 * any training row; `ofAuxiliary` for the joined row, or for any where none is.
 */
export type SubsetPrior = {
  fit(members: Int32Array, joined: number): void;
  /**
   * After a fit without a joined row: counts `x`, in place of the row widened by before, among the fitting rows over whose range
   * priors are scaled, and leaves the forest as it is. True when that changes the range and so the priors.
   */
  widen(x: number): boolean;
  ofTrain(row: number): number;
  ofAuxiliary(row: number): number;
};

/** The caller's prior where there is one, else an isolation forest for each fit, all with the same seed. */
export function subsetPrior(input: EvaluatorInput, parameters: DetectorParameters): SubsetPrior {
  const { prior } = input;
  if (prior === undefined) return new ForestPrior(input, parameters);
  return { fit: () => undefined, widen: () => false, ofTrain: (row) => prior.train[row]!, ofAuxiliary: (row) => prior.auxiliary[row]! };
}

/** Training rows, then auxiliary rows, in single precision. */
function stacked({ train, auxiliary }: EvaluatorInput): SinglePrecision {
  const points = new Float32Array(train.data.length + auxiliary.data.length);
  points.set(toSinglePrecision(train).data);
  points.set(toSinglePrecision(auxiliary).data, train.data.length);
  return { data: points, rows: train.rows + auxiliary.rows, cols: train.cols };
}

/** Isolation scores brought to 0..1 by their range over the fitting rows, and cut to it (docs/methods/eap.md). */
class ForestPrior implements SubsetPrior {
  private readonly points: SinglePrecision;
  private readonly rows: number;
  private readonly walker = new ForestWalker();
  private readonly scores: Float64Array;
  /** Range of the scores of the rows fitted on. */
  private fittedLowest = 0;
  private fittedHighest = 0;
  /** Range that priors are scaled by. */
  private lowest = 0;
  private range = 1;

  constructor(
    input: EvaluatorInput,
    private readonly parameters: DetectorParameters,
  ) {
    this.points = stacked(input);
    this.rows = input.train.rows;
    this.scores = new Float64Array(this.points.rows);
  }

  fit(members: Int32Array, joined: number): void {
    const { trees, treeSample, seed } = this.parameters;
    const fitting = joined < 0 ? members : new Int32Array(members.length + 1);
    if (joined >= 0) {
      fitting.set(members);
      fitting[members.length] = this.rows + joined;
    }
    this.walker.load(fitIsolationForest(this.points, { trees, sampleSize: treeSample, seed }, fitting));
    const { scores, rows } = this;
    this.walker.score(this.points, 0, joined < 0 ? this.points.rows : rows, scores);
    if (joined >= 0) this.walker.score(this.points, rows + joined, rows + joined + 1, scores.subarray(rows + joined));
    const own = scores[joined < 0 ? members[0]! : rows + joined]!;
    let lowest = own;
    let highest = own;
    for (let i = 0; i < members.length; i += 1) {
      const score = scores[members[i]!]!;
      if (score < lowest) lowest = score;
      if (score > highest) highest = score;
    }
    this.fittedLowest = lowest;
    this.fittedHighest = highest;
    this.setRange(lowest, highest);
  }

  widen(x: number): boolean {
    const score = this.scores[this.rows + x]!;
    const { fittedLowest, fittedHighest } = this;
    this.setRange(Math.min(score, fittedLowest), Math.max(score, fittedHighest));
    return score < fittedLowest || score > fittedHighest;
  }

  private setRange(lowest: number, highest: number): void {
    this.lowest = lowest;
    this.range = highest > lowest ? highest - lowest : 1;
  }

  ofTrain(row: number): number {
    return this.scaled(this.scores[row]!);
  }

  ofAuxiliary(row: number): number {
    return this.scaled(this.scores[this.rows + row]!);
  }

  private scaled(score: number): number {
    return Math.min(1, Math.max(0, (score - this.lowest) / this.range));
  }
}
