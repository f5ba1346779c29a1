import type { EapResult } from '@/lib/anomaly/eap/eap';
import { zones } from '@/lib/anomaly/eap/explanation';
import type { NumericsContext } from '@/lib/anomaly/context';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { knnAuroc } from '@/lib/anomaly/metrics/knn-auroc';
import { rocAucInterval } from '@/lib/anomaly/metrics/roc-auc';
import type { RunParameters, RunSummary } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from './context';
import { scoreVectors, withNumerics } from './score-vectors';
import type { TrainingSet } from './training-set';
import type { Vectors } from './vectors';

export type EvaluationRequest = {
  readonly vectors: Vectors;
  readonly set: TrainingSet;
  readonly evaluator: string;
  readonly preset: string;
  readonly parameters: RunParameters;
  readonly seed: number;
};

/** Scores of all auxiliary samples with their parts; row i of `result` belongs to `set.auxiliary[i]`. */
export type Evaluation = {
  readonly vectors: Vectors;
  readonly set: TrainingSet;
  readonly result: EapResult;
  /** The choices that were in force, defaults included. */
  readonly parameters: Record<string, string | number | null>;
  readonly summary: Omit<RunSummary, 'seconds'>;
};

/** Runs one evaluator over the vectors. @throws AssayError `parameter.invalid` for an evaluator that is not known */
export async function evaluate(request: EvaluationRequest, context: PipelineContext): Promise<Evaluation> {
  const { vectors, set, evaluator, preset, parameters, seed } = request;
  if (evaluator !== 'EAP') throw new AssayError('parameter.invalid', `There is no evaluator named ${evaluator}.`);
  const choices = { preset, parameters, seed };
  const input = { train: rowsOf(vectors, set.train), labels: set.labels, auxiliary: rowsOf(vectors, set.auxiliary) };
  const result = await scoreVectors(input, choices, context);
  const knn = await withNumerics(context, {}, (numerics) => realAnomalyAuroc(vectors, set, seed, numerics));
  return {
    vectors,
    set,
    result,
    parameters: { ...result.parameters, alpha0: result.parameters.alpha0 ?? null },
    summary: { ...summarise(result, vectors, set, seed), knnAuroc: knn },
  };
}

function summarise(result: EapResult, { samples }: Vectors, set: TrainingSet, seed: number): Omit<RunSummary, 'seconds' | 'knnAuroc'> {
  const counts = zones.map((_, code) => result.explanation.zone.filter((zone) => zone === code).length);
  return {
    normals: result.rows - result.anomalies,
    anomalies: result.anomalies,
    auxiliary: set.auxiliary.length,
    kHat: result.kHat,
    lambda: result.lambda,
    alpha0: result.alpha0,
    beta0: result.beta0,
    spheres: result.centres,
    typicalRadius: Number.isFinite(result.typicalRadius) ? result.typicalRadius : null,
    zones: { realistic: counts[0]!, unrealistic: counts[1]!, indistinguishable: counts[2]! },
    aucQlt: aucQlt(result.quality, [...set.auxiliary].map((row) => samples[row]!.qualityLabel), seed),
  };
}

/** ROC AUC of quality against realistic = 1, over the samples whose pseudo-quality is known; null without both classes. */
function aucQlt(quality: Float64Array, labels: readonly (string | null)[], seed: number): RunSummary['aucQlt'] {
  const known = labels.flatMap((label, i) => (label === null ? [] : [i]));
  const positive = known.map((i) => Number(labels[i] === 'realistic'));
  const positives = positive.reduce((sum, one) => sum + one, 0);
  if (positives === 0 || positives === known.length) return null;
  const { auc, low, high } = rocAucInterval(positive, known.map((i) => quality[i]!), { seed });
  return { value: auc, low, high, labelled: known.length };
}

/** Share of the training normals that stand in for held-out ones where no normal is marked as test. */
const HELD_OUT_EVERY = 5;

/**
 * AUROC of the distance to the third-nearest normal, real anomalies against normals that are not among the references.
 * Null without real anomalies or with fewer than five normals.
 */
async function realAnomalyAuroc(vectors: Vectors, set: TrainingSet, seed: number, numerics: NumericsContext): Promise<number | null> {
  const anomalies = vectors.samples.flatMap(({ role }, row) => (role === 'anomaly' ? [row] : []));
  const normals = [...set.train].filter((_, i) => set.labels[i] === 0);
  if (anomalies.length === 0 || normals.length < HELD_OUT_EVERY) return null;
  const marked = set.heldOutNormals.length > 0;
  const input = {
    referenceNormals: rowsOf(vectors, marked ? normals : normals.filter((_, i) => i % HELD_OUT_EVERY !== 0)),
    heldOutNormals: rowsOf(vectors, marked ? set.heldOutNormals : normals.filter((_, i) => i % HELD_OUT_EVERY === 0)),
    anomalies: rowsOf(vectors, anomalies),
  };
  return (await knnAuroc(input, { seed, k: 3 }, numerics)).auc;
}

/** The named rows as a float64 matrix. */
export function rowsOf({ data, dim }: Vectors, rows: ArrayLike<number>): Matrix {
  const out = new Float64Array(rows.length * dim);
  for (let i = 0; i < rows.length; i += 1) out.set(data.subarray(rows[i]! * dim, (rows[i]! + 1) * dim), i * dim);
  return createMatrix(out, rows.length, dim);
}
