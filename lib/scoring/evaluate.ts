import { zones, type Zone } from '@/lib/anomaly/eap/explanation';
import { rocAucInterval } from '@/lib/anomaly/metrics/roc-auc';
import type { RunParameters, RunSummary } from '@/lib/api/contracts/runs';
import type { Compute } from './compute';
import type { TrainingSet } from './training-set';
import { valueAuxiliary, type Valuation } from './valuation';
import { rowsOf, type Vectors } from './vectors';

export type EvaluationRequest = {
  readonly vectors: Vectors;
  readonly set: TrainingSet;
  readonly evaluator: string;
  readonly preset: string;
  readonly parameters: RunParameters;
  readonly seed: number;
};

/** Scores of all auxiliary samples with their parts; row i of `valuation` belongs to `set.auxiliary[i]`. */
export type Evaluation = {
  readonly vectors: Vectors;
  readonly set: TrainingSet;
  readonly valuation: Valuation;
  readonly summary: Omit<RunSummary, 'seconds'>;
};

/** Runs one evaluator over the vectors. @throws AssayError `parameter.invalid` for an evaluator that is not known */
export async function evaluate(request: EvaluationRequest, compute: Compute): Promise<Evaluation> {
  const { vectors, set, evaluator, preset, parameters, seed } = request;
  const input = { train: rowsOf(vectors, set.train), labels: set.labels, auxiliary: rowsOf(vectors, set.auxiliary) };
  const valuation = await valueAuxiliary(evaluator, input, { preset, parameters, seed }, compute);
  const knnAuroc = await realAnomalyAuroc(vectors, set, seed, compute);
  return { vectors, set, valuation, summary: { ...summarise(valuation, vectors, set, seed), knnAuroc } };
}

function summarise({ quality, eap, facts, explanation }: Valuation, { samples }: Vectors, set: TrainingSet, seed: number): Omit<RunSummary, 'seconds' | 'knnAuroc'> {
  const anomalies = set.labels.reduce((sum, label) => sum + label, 0);
  const inZone = (zone: Zone) => explanation?.zone.filter((code) => zones[code] === zone).length ?? 0;
  return {
    normals: set.labels.length - anomalies,
    anomalies,
    auxiliary: set.auxiliary.length,
    kHat: eap?.kHat ?? null,
    lambda: eap?.lambda ?? null,
    alpha0: eap?.alpha0 ?? null,
    beta0: eap?.beta0 ?? null,
    spheres: eap?.spheres ?? null,
    typicalRadius: eap !== null && Number.isFinite(eap.typicalRadius) ? eap.typicalRadius : null,
    zones:
      explanation === null
        ? null
        : { realistic: inZone('realistic'), unrealistic: inZone('unrealistic'), indistinguishable: inZone('indistinguishable') },
    facts,
    aucQlt: aucQlt(quality, [...set.auxiliary].map((row) => samples[row]!.qualityLabel), seed),
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
async function realAnomalyAuroc(vectors: Vectors, set: TrainingSet, seed: number, compute: Compute): Promise<number | null> {
  const anomalies = vectors.samples.flatMap(({ role }, row) => (role === 'anomaly' ? [row] : []));
  const normals = [...set.train].filter((_, i) => set.labels[i] === 0);
  if (anomalies.length === 0 || normals.length < HELD_OUT_EVERY) return null;
  const marked = set.heldOutNormals.length > 0;
  const sets = {
    referenceNormals: rowsOf(vectors, marked ? normals : normals.filter((_, i) => i % HELD_OUT_EVERY !== 0)),
    heldOutNormals: rowsOf(vectors, marked ? set.heldOutNormals : normals.filter((_, i) => i % HELD_OUT_EVERY === 0)),
    anomalies: rowsOf(vectors, anomalies),
  };
  return (await compute('knnAuroc', { sets, seed, k: 3 })).auc;
}
