import type { NumericsContext } from '../context';
import { toSinglePrecision } from '../detectors/isolation-forest';
import { crossDistances, forEachBlock, selfDistances, type DistanceSource } from '../linalg/distances';
import type { Matrix } from '../linalg/matrix';
import { forestAnomalyShares, forestPredictions, randomForestDefaults } from '../classifiers/random-forest';
import { rankColumns } from '../classifiers/ranked-columns';
import { scaleGamma, svcDefaults, SvcTrainer, type SvcModel } from '../classifiers/svc';
import type { CurveSetting } from './curve';

/** What one fit gave: the classes of the test rows and, where the next fit may start from it, the model. */
export type DownstreamFit = { readonly predictions: Uint8Array; readonly model?: SvcModel };

/** Fits on pool rows (training rows first, then auxiliary ones; ascending) and predicts the test rows. */
export type DownstreamModel = (members: Int32Array, near?: DownstreamFit) => DownstreamFit;

/** Test rows with a decision value this many tolerances from 0 or closer are decided by a finer solution. */
const UNSURE_TOLERANCES = 10;
const FINE_TOLERANCE = 1e-6;

/** Everything that all fits of an experiment share, computed once: the pool and its labels, then distances or ranks. */
export async function downstreamModel(setting: CurveSetting, context: NumericsContext): Promise<DownstreamModel> {
  const { train, auxiliary, test } = setting;
  const rows = train.rows + auxiliary.rows;
  const pool: Matrix = { data: new Float64Array(rows * train.cols), rows, cols: train.cols };
  pool.data.set(train.data);
  pool.data.set(auxiliary.data, train.data.length);
  const labels = new Uint8Array(rows).fill(1, train.rows);
  labels.set(setting.labels);
  return setting.classifier === 'svm' ? await supportVectors(pool, labels, test, context) : randomForest(pool, labels, test, setting.seed ?? randomForestDefaults.seed);
}

function randomForest(pool: Matrix, labels: Uint8Array, test: Matrix, seed: number): DownstreamModel {
  const columns = rankColumns(pool);
  const queries = toSinglePrecision(test);
  const parameters = { ...randomForestDefaults, seed };
  return (members) => ({ predictions: forestPredictions(forestAnomalyShares(columns, members, labels, queries, parameters)) });
}

/**
 * Support vector machine with gamma = 'scale' of the rows it is fitted on. A fit begins at `near`, and the default tolerance leaves
 * room for decision values that depend on where it began; where a test row is that close to 0, the fit goes on to a
 * finer tolerance, so that the predictions depend on the members alone.
 */
async function supportVectors(pool: Matrix, labels: Uint8Array, test: Matrix, context: NumericsContext): Promise<DownstreamModel> {
  const trainer = new SvcTrainer(await wholeMatrix(selfDistances(pool, context.product), context), labels);
  const queryDistances = await wholeMatrix(crossDistances(test, pool, context.product), context);
  return (members, near) => {
    const gamma = scaleGamma(pool, members);
    let model = trainer.fit(members, gamma, svcDefaults, near?.model);
    let decisions = trainer.decide(model, queryDistances);
    if (decisions.some((value) => Math.abs(value) <= UNSURE_TOLERANCES * svcDefaults.tolerance)) {
      model = trainer.fit(members, gamma, { ...svcDefaults, tolerance: FINE_TOLERANCE }, model);
      decisions = trainer.decide(model, queryDistances);
    }
    return { predictions: Uint8Array.from(decisions, (value) => (value > 0 ? 1 : 0)), model };
  };
}

async function wholeMatrix(source: DistanceSource, context: NumericsContext): Promise<Float64Array> {
  const whole = new Float64Array(source.rows * source.references);
  await forEachBlock(source, context, (block, start) => whole.set(block, start * source.references));
  return whole;
}
