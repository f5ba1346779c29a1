import type { NumericsContext } from '../context';
import { toSinglePrecision } from '../detectors/isolation-forest';
import { crossDistances, forEachBlock, selfDistances, type DistanceSource } from '../linalg/distances';
import type { Matrix } from '../linalg/matrix';
import { forestAnomalyShares, forestPredictions, randomForestDefaults } from '../classifiers/random-forest';
import { rankColumns } from '../classifiers/ranked-columns';
import { rowMoments, scaleGamma, svcDefaults, SvcTrainer } from '../classifiers/svc';
import type { CurveSetting } from './curve';

/** Fits on pool rows (training rows first, then auxiliary ones; ascending) and predicts the classes of the test rows. */
export type DownstreamModel = (members: Int32Array) => Uint8Array;

/** Everything that all fits of an experiment share, computed once: the pool and its labels, then distances or ranks. */
export async function downstreamModel(setting: CurveSetting, context: NumericsContext): Promise<DownstreamModel> {
  const { train, auxiliary } = setting;
  const rows = train.rows + auxiliary.rows;
  const pool: Matrix = { data: new Float64Array(rows * train.cols), rows, cols: train.cols };
  pool.data.set(train.data);
  pool.data.set(auxiliary.data, train.data.length);
  const labels = new Uint8Array(rows).fill(1, train.rows);
  labels.set(setting.labels);
  return setting.classifier === 'svm' ? await supportVectors(pool, labels, setting, context) : randomForest(pool, labels, setting);
}

function randomForest(pool: Matrix, labels: Uint8Array, { test, seed = randomForestDefaults.seed, classWeight }: CurveSetting): DownstreamModel {
  const columns = rankColumns(pool);
  const queries = toSinglePrecision(test);
  const parameters = { ...randomForestDefaults, seed };
  return (members) => {
    const shares = forestAnomalyShares(columns, members, labels, queries, parameters);
    return forestPredictions(shares, classWeight === 'balanced' ? balancedBoundary(members, labels) : undefined);
  };
}

/**
 * The share of anomalies from which on a row is more likely an anomaly where both classes are equally frequent: their share of the training rows (Elkan 2001,
 * "The foundations of cost-sensitive learning", Theorem 2). Moving it does what weights of the rows would do, and the trees stay the same.
 */
function balancedBoundary(members: Int32Array, labels: Uint8Array): number | undefined {
  const share = members.reduce((sum, row) => sum + labels[row]!, 0) / members.length;
  return share < 1 ? share : undefined;
}

/**
 * Support vector machine with gamma = 'scale' of the rows it is fitted on. Every fit begins from nothing: beginning at a neighbouring model
 * saves a quarter of the steps but little time, and at the default tolerance the last digits, and with them now and then a
 * prediction, would depend on which rankings are compared.
 */
async function supportVectors(pool: Matrix, labels: Uint8Array, { train, test, classWeight }: CurveSetting, context: NumericsContext): Promise<DownstreamModel> {
  const trainer = new SvcTrainer(await wholeMatrix(selfDistances(pool, context.product), context), labels);
  const queryDistances = await wholeMatrix(crossDistances(test, pool, context.product), context);
  const moments = rowMoments(pool, train.rows);
  return (members) => {
    const model = trainer.fit(members, scaleGamma(moments, members), { ...svcDefaults, classWeight });
    return Uint8Array.from(trainer.decide(model, queryDistances), (value) => (value > 0 ? 1 : 0));
  };
}

async function wholeMatrix(source: DistanceSource, context: NumericsContext): Promise<Float64Array> {
  const whole = new Float64Array(source.rows * source.references);
  await forEachBlock(source, context, (block, start) => whole.set(block, start * source.references));
  return whole;
}
