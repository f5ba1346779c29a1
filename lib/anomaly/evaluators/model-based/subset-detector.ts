import { groupByLabel } from '../../detectors/ssdo';
import type { EvaluatorMode } from '../evaluator';
import { f1Above, selectPercentile } from './flagging';
import { halving } from './kernel';
import { NeighbourScale } from './neighbour-scale';
import type { ModelSetting } from './setting';

/**
 * The detector (SSDO with its prior, docs/methods/model-based-evaluators.md) fitted on one subset S of the training set D after the
 * other, and on S with one auxiliary row x, labelled an anomaly. A fit's utility U is its F1 on all of D. Call `observe(S)`, then
 * `fit()` and `utilityWith(x, mode)` as often as wanted. Nothing is allocated per fit but the trees.
 *
 * A row's score is (prior + alpha da) / (1 + alpha (da + dn)); prior, alpha da and the denominator are kept per row, members of S first.
 */
export class SubsetDetector {
  private readonly scale: NeighbourScale;
  private members: Int32Array = new Int32Array(0);
  private normals = 0;
  /** All training rows: the normals of S, its anomalies, then the rest. */
  private readonly order: Int32Array;
  private readonly orderedLabels: Uint8Array;
  private readonly weights: Float64Array;
  private readonly priors: Float64Array;
  private readonly widenedPriors: Float64Array;
  private readonly pulls: Float64Array;
  private readonly denominators: Float64Array;
  private readonly scores: Float64Array;
  private readonly selection: Float64Array;
  private eta = 0;
  private lambda = 0;

  constructor(private readonly setting: ModelSetting) {
    const { rows, parameters } = setting;
    this.scale = new NeighbourScale(rows, parameters.detectorNeighbours);
    this.order = new Int32Array(rows);
    this.orderedLabels = new Uint8Array(rows);
    this.weights = new Float64Array(rows);
    this.priors = new Float64Array(rows);
    this.widenedPriors = new Float64Array(rows);
    this.pulls = new Float64Array(rows);
    this.denominators = new Float64Array(rows);
    this.scores = new Float64Array(rows);
    this.selection = new Float64Array(rows + 1);
  }

  /** Takes S: at least two rows if it is to be fitted alone, one if always with an auxiliary row. */
  observe(rows: ArrayLike<number>): void {
    const { order, setting } = this;
    const { index, normals } = groupByLabel(rows, setting.labels);
    this.members = index;
    this.normals = normals;
    const inside = new Uint8Array(setting.rows);
    for (const row of index) inside[row] = 1;
    order.set(index);
    let at = index.length;
    for (let row = 0; row < setting.rows; row += 1) if (inside[row] === 0) order[at++] = row;
    for (let p = 0; p < order.length; p += 1) this.orderedLabels[p] = setting.labels[order[p]!]!;
    this.scale.observe(index, setting.trainDistances);
  }

  /** Fits S alone and gives U(S). */
  fit(): number {
    this.setting.prior.fit(this.members, -1);
    this.eta = this.scale.eta();
    this.sumKernels();
    return this.settle(this.priors, undefined, 0);
  }

  /**
   * U(S + x). 'exact': a new forest, eta and kernel sums, which replace those of `fit`. 'fast', after `fit`: forest and eta of S
   * stay; x joins the range that scales the prior, one kernel term joins the sums.
   */
  utilityWith(x: number, mode: EvaluatorMode): number {
    const { setting } = this;
    const { data } = setting.auxiliaryDistances;
    const offset = setting.auxiliaryDistances.offsetOf(x);
    if (mode === 'exact') {
      setting.prior.fit(this.members, x);
      this.eta = this.scale.etaWith(data, offset);
      this.sumKernels();
    }
    const priors = mode === 'fast' && setting.prior.widen(x) ? this.readPriors(this.widenedPriors) : this.priors;
    this.weigh(data, offset);
    return this.settle(priors, this.weights, this.scoreJoined(setting.prior.ofAuxiliary(x)));
  }

  /** After `fit`: is auxiliary row x called an anomaly by the detector of S, which it is no part of? */
  callsAnomaly(x: number): boolean {
    const { setting, members, weights } = this;
    const { data } = setting.auxiliaryDistances;
    const offset = setting.auxiliaryDistances.offsetOf(x);
    const rate = 1 / (this.eta * this.eta);
    for (let p = 0; p < members.length; p += 1) weights[p] = halving(data[offset + members[p]!]! * rate);
    const { numerator, denominator } = this.fraction(setting.prior.ofAuxiliary(x));
    return numerator / denominator > this.lambda;
  }

  /** Prior of every training row, in the order of `order`. */
  private readPriors(out: Float64Array): Float64Array {
    const { order } = this;
    const { prior } = this.setting;
    for (let p = 0; p < order.length; p += 1) out[p] = prior.ofTrain(order[p]!);
    return out;
  }

  /** Prior, alpha da and denominator of every training row's score, from the members of S. */
  private sumKernels(): void {
    const { setting, order, members, normals, pulls, denominators } = this;
    const { data } = setting.trainDistances;
    const alpha = setting.parameters.detectorAlpha;
    const rate = 1 / (this.eta * this.eta);
    this.readPriors(this.priors);
    for (let p = 0; p < order.length; p += 1) {
      const row = order[p]!;
      const offset = setting.trainDistances.offsetOf(row);
      let normal = 0;
      for (let i = 0; i < normals; i += 1) normal += halving(data[offset + members[i]!]! * rate);
      let anomalous = 0;
      for (let i = normals; i < members.length; i += 1) anomalous += halving(data[offset + members[i]!]! * rate);
      pulls[p] = alpha * anomalous;
      denominators[p] = 1 + alpha * (anomalous + normal);
    }
  }

  /** Kernel weight of x with every training row. */
  private weigh(squared: Float64Array, offset: number): void {
    const { order, weights } = this;
    const rate = 1 / (this.eta * this.eta);
    for (let p = 0; p < order.length; p += 1) weights[p] = halving(squared[offset + order[p]!]! * rate);
  }

  /** Numerator and denominator of a row whose weights with the members are in `weights`, in the order of `sumKernels`. */
  private fraction(prior: number): { numerator: number; denominator: number } {
    const { weights, members, normals } = this;
    const alpha = this.setting.parameters.detectorAlpha;
    let normal = 0;
    for (let i = 0; i < normals; i += 1) normal += weights[i]!;
    let anomalous = 0;
    for (let i = normals; i < members.length; i += 1) anomalous += weights[i]!;
    return { numerator: prior + alpha * anomalous, denominator: 1 + alpha * (anomalous + normal) };
  }

  /** Score of x in S + x: it counts itself, at distance 0. */
  private scoreJoined(prior: number): number {
    const alpha = this.setting.parameters.detectorAlpha;
    const { numerator, denominator } = this.fraction(prior);
    return (numerator + alpha) / (denominator + alpha);
  }

  /** Scores of all training rows, lambda of the fitting ones (x among them where there are weights), and F1 on D. */
  private settle(priors: Float64Array, weights: Float64Array | undefined, joinedScore: number): number {
    const { setting, pulls, denominators, scores, selection } = this;
    const alpha = setting.parameters.detectorAlpha;
    let fitted = this.members.length;
    if (weights === undefined) {
      for (let p = 0; p < scores.length; p += 1) scores[p] = (priors[p]! + pulls[p]!) / denominators[p]!;
    } else {
      for (let p = 0; p < scores.length; p += 1) {
        const added = alpha * weights[p]!;
        scores[p] = (priors[p]! + pulls[p]! + added) / (denominators[p]! + added);
      }
    }
    for (let p = 0; p < fitted; p += 1) selection[p] = scores[p]!;
    if (weights !== undefined) selection[fitted++] = joinedScore;
    this.lambda = selectPercentile(selection, fitted, setting.percent);
    return f1Above(scores, this.orderedLabels, setting.anomalies, this.lambda);
  }
}
