import { NEIGHBOURS, zones, type Explanation } from '@/lib/anomaly/eap/explanation';
import type { ScoreRow } from '@/lib/api/contracts/browser-runs';
import { neighboursToText, type NearSample } from '@/lib/api/contracts/further-neighbours';
import type { Evaluation } from './evaluate';
import type { Valuation } from './valuation';

type Reason = Pick<
  ScoreRow,
  | 'zone' | 'coveringSpheres' | 'centreSampleId' | 'centreRadius' | 'centreDistance' | 'gapSampleId' | 'gapRadius' | 'gap'
  | 'nearestNormalId' | 'nearestNormalDistance' | 'nearestAnomalyId' | 'nearestAnomalyDistance' | 'furtherNeighbours'
>;

/** The reason of an evaluator that gives none. */
const noReason: Reason = {
  zone: null, coveringSpheres: null, centreSampleId: null, centreRadius: null, centreDistance: null, gapSampleId: null, gapRadius: null, gap: null,
  nearestNormalId: null, nearestNormalDistance: null, nearestAnomalyId: null, nearestAnomalyDistance: null, furtherNeighbours: null,
};

/** One row per auxiliary sample: the quality score, its parts and its reason, with training rows named by sample id. */
export function scoreRows({ vectors, set, valuation }: Evaluation): ScoreRow[] {
  const trainingId = (index: number) => (index < 0 ? null : vectors.samples[set.train[index]!]!.id);
  const { explanation } = valuation;
  return [...set.auxiliary].map((row, i) => ({
    sampleId: vectors.samples[row]!.id,
    quality: unsignedZero(valuation.quality[i]!),
    probability: entryOf(valuation.probability, i),
    density: entryOf(valuation.density, i),
    rarity: entryOf(valuation.rarity, i),
    ...(explanation === null ? noReason : reasonOf(explanation, i, trainingId)),
    parts: partsOf(valuation, i),
    spread: spreadOf(valuation, i),
  }));
}

/** Id of a training row; null for -1. */
type TrainingId = (index: number) => string | null;

function reasonOf(explanation: Explanation, i: number, trainingId: TrainingId): Reason {
  const [normal, ...normals] = nearSamples(explanation.nearestNormals, explanation.nearestNormalDistances, i, trainingId);
  const [anomaly, ...anomalies] = nearSamples(explanation.nearestAnomalies, explanation.nearestAnomalyDistances, i, trainingId);
  const covered = explanation.coveringSpheres[i]! > 0;
  const centreId = trainingId(explanation.sphereCentre[i]!);
  const radius = finite(explanation.sphereRadius[i]!);
  return {
    ...noReason,
    zone: zones[explanation.zone[i]!]!,
    coveringSpheres: explanation.coveringSpheres[i]!,
    ...(covered
      ? { centreSampleId: centreId, centreRadius: radius, centreDistance: finite(explanation.sphereDistance[i]!) }
      : { gapSampleId: centreId, gapRadius: radius, gap: finite(explanation.sphereGap[i]!) }),
    nearestNormalId: normal?.sampleId ?? null,
    nearestNormalDistance: normal?.distance ?? null,
    nearestAnomalyId: anomaly?.sampleId ?? null,
    nearestAnomalyDistance: anomaly?.distance ?? null,
    furtherNeighbours: neighboursToText({ normals, anomalies }),
  };
}

/** The neighbours of auxiliary row `i`, nearest first; there may be fewer than are kept. */
function nearSamples(indices: Int32Array, distances: Float64Array, i: number, trainingId: TrainingId): NearSample[] {
  const own = Array.from({ length: NEIGHBOURS }, (_, place) => i * NEIGHBOURS + place);
  return own.flatMap((at) => {
    const sampleId = trainingId(indices[at]!);
    return sampleId === null ? [] : [{ sampleId, distance: distances[at]! }];
  });
}

function partsOf({ parts }: Valuation, i: number): ScoreRow['parts'] {
  const finiteParts = Object.entries(parts).flatMap(([name, values]) => (Number.isFinite(values[i]) ? [[name, values[i]!] as const] : []));
  return finiteParts.length === 0 ? null : Object.fromEntries(finiteParts);
}

function spreadOf({ spread, parameters }: Valuation, i: number): ScoreRow['spread'] {
  if (spread === null || spread === undefined) return null;
  const { standardDeviation, p05, p50, p95 } = spread;
  return { sd: standardDeviation[i]!, p05: p05[i]!, p50: p50[i]!, p95: p95[i]!, subsets: Number(parameters['subsets'] ?? 0) };
}

function entryOf(values: Float64Array | null, i: number): number | null {
  return values === null ? null : unsignedZero(values[i]!);
}

/** JSON has no -0: rows that came over the network and those that did not are the same. */
function unsignedZero(value: number): number {
  return value === 0 ? 0 : value;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
