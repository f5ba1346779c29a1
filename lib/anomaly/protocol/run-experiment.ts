import type { NumericsContext } from '../context';
import type { CurvePoints, LearningCurve } from '../curves/curve';
import { learningCurves } from '../curves/learning-curves';
import { rankingOf } from '../curves/ranking';
import { evaluateTogether, type EvaluationRequest } from '../evaluators/evaluate-together';
import type { EvaluatorMode } from '../evaluators/evaluator';
import { NumericsError } from '../errors';
import { describeEvaluator, type EvaluatorId } from '../evaluators/registry';
import { rocAuc } from '../metrics/roc-auc';
import type { Experiment } from './experiment';
import { alpha0Variant, type ExperimentResult } from './result';
import { experimentRandom } from './streams';

export type ExperimentRun = {
  readonly evaluators: readonly EvaluatorId[];
  /** 'exact' for every evaluator that has such a mode; 'fast' (default) leaves each its own default, which is exact for LOO. */
  readonly mode?: EvaluatorMode;
  /** Points of the learning curves in each direction; default 9. */
  readonly points?: CurvePoints;
  /** EAP once more with each of these prior shares (EAP paper, Table 3); default none. */
  readonly alpha0s?: readonly number[];
};

/** Result of one evaluator with the values of the auxiliary rows. */
export type Outcome = { readonly result: ExperimentResult; readonly values: Float64Array };

export type Refusal = { readonly evaluator: string; readonly message: string };

export type ExperimentOutcomes = {
  readonly outcomes: readonly Outcome[];
  /** Evaluators that could not value this experiment's rows, and why. */
  readonly refused: readonly Refusal[];
  /** Wall clock of all learning curves together in seconds. */
  readonly curveSeconds: number;
};

type Request = EvaluationRequest & { readonly name: string; readonly alpha0?: number };
type Valued = { readonly request: Request; readonly values: Float64Array; readonly seconds: number };

/**
 * Runs evaluators on one experiment and measures them as the paper does: AUC_QLT of the values, and the learning curves of a
 * downstream model (SVM for images, random forest for tables) along the ranking and against it. The experiment's seed
 * feeds the evaluators and breaks ties. Progress steps: evaluators (done of all), then those of the curves.
 * @throws NumericsError `job.cancelled`, and whatever the curves raise; an evaluator that raises is listed in `refused`
 */
export async function runExperiment(experiment: Experiment, run: ExperimentRun, context: NumericsContext = {}): Promise<ExperimentOutcomes> {
  const { valued, refused } = await valueAll(experiment, requestsOf(experiment, run), context);
  const started = performance.now();
  const curves = await curvesOf(experiment, valued, run, context);
  const curveSeconds = (performance.now() - started) / 1000;
  return { outcomes: valued.map((one, i) => ({ result: resultOf(experiment, one, curves[i]!), values: one.values })), refused, curveSeconds };
}

function requestsOf({ seed }: Experiment, { evaluators, mode = 'fast', alpha0s = [] }: ExperimentRun): Request[] {
  const plain = evaluators.map((id) => ({ name: id, id, parameters: mode === 'exact' && 'mode' in describeEvaluator(id).defaults ? { mode, seed } : { seed } }));
  const variants = alpha0s.map((alpha0) => ({ name: alpha0Variant(alpha0), id: 'EAP' as const, parameters: { alpha0, seed }, alpha0 }));
  return [...plain, ...variants];
}

/** Values of every request, computed together; after a refusal the others go on. */
async function valueAll({ train, labels, auxiliary }: Experiment, requests: readonly Request[], context: NumericsContext): Promise<{ valued: Valued[]; refused: Refusal[] }> {
  const valued: Valued[] = [];
  const refused: Refusal[] = [];
  const done = () => valued.length + refused.length;
  const told = { ...context, onProgress: undefined };
  while (done() < requests.length) {
    const rest = requests.slice(done());
    try {
      for await (const { values, seconds, index } of evaluateTogether(rest, { train, labels, auxiliary }, told)) {
        valued.push({ request: rest[index]!, values, seconds });
        context.onProgress?.(done(), requests.length, 'evaluators');
      }
    } catch (error) {
      if (!(error instanceof NumericsError) || error.code === 'job.cancelled') throw error;
      refused.push({ evaluator: requests[done()]!.name, message: error.message });
    }
  }
  return { valued, refused };
}

function curvesOf({ set, seed, kind, train, labels, auxiliary, test, testLabels }: Experiment, valued: readonly Valued[], { points }: ExperimentRun, context: NumericsContext): Promise<LearningCurve[]> {
  const ties = experimentRandom(set, seed, 'ranking').uint32();
  const rankings = valued.map(({ values }) => rankingOf(values, ties));
  const classifier = kind === 'image' ? 'svm' : 'random_forest';
  return learningCurves({ train, labels, auxiliary, test, testLabels, classifier, points }, rankings, context);
}

function resultOf({ set, kind, seed, qualityLabels }: Experiment, { request, values, seconds }: Valued, curve: LearningCurve): ExperimentResult {
  return {
    set,
    kind,
    seed,
    evaluator: request.name,
    aucQlt: rocAuc(qualityLabels, values),
    aulcGood: curve.aulcGood ?? Number.NaN,
    accGood: curve.accGood ?? Number.NaN,
    aulcPoor: curve.aulcPoor ?? Number.NaN,
    seconds,
    good: curve.good,
    poor: curve.poor,
    auxiliary: values.length,
    alpha0: request.alpha0,
  };
}
