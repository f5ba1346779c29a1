import { zones, type Explanation } from '@/lib/anomaly/eap/explanation';
import type { Prisma } from '@/lib/store/generated/client';
import type { Evaluation } from './evaluate';
import type { Valuation } from './valuation';

/** One Score row per auxiliary sample: the quality score, its parts and its reason, with training rows named by sample id. */
export function scoreRows(runId: string, { vectors, set, valuation }: Evaluation): Prisma.ScoreCreateManyInput[] {
  const trainingId = (index: number) => (index < 0 ? null : vectors.samples[set.train[index]!]!.id);
  const { explanation } = valuation;
  return [...set.auxiliary].map((row, i) => ({
    runId,
    sampleId: vectors.samples[row]!.id,
    quality: valuation.quality[i]!,
    probability: valuation.probability?.[i] ?? null,
    density: valuation.density?.[i] ?? null,
    rarity: valuation.rarity?.[i] ?? null,
    ...(explanation === null ? {} : reasonOf(explanation, i, trainingId)),
    ...partsOf(valuation, i),
    ...spreadOf(valuation, i),
  }));
}

function reasonOf(explanation: Explanation, i: number, trainingId: (index: number) => string | null): Partial<Prisma.ScoreCreateManyInput> {
  const covered = explanation.coveringSpheres[i]! > 0;
  const centreId = trainingId(explanation.sphereCentre[i]!);
  const radius = finite(explanation.sphereRadius[i]!);
  return {
    zone: zones[explanation.zone[i]!]!,
    coveringSpheres: explanation.coveringSpheres[i]!,
    ...(covered
      ? { centreSampleId: centreId, centreRadius: radius, centreDistance: finite(explanation.sphereDistance[i]!) }
      : { gapSampleId: centreId, gapRadius: radius, gap: finite(explanation.sphereGap[i]!) }),
    nearestNormalId: trainingId(explanation.nearestNormal[i]!),
    nearestNormalDistance: finite(explanation.nearestNormalDistance[i]!),
    nearestAnomalyId: trainingId(explanation.nearestAnomaly[i]!),
    nearestAnomalyDistance: finite(explanation.nearestAnomalyDistance[i]!),
  };
}

function partsOf({ parts }: Valuation, i: number): Partial<Prisma.ScoreCreateManyInput> {
  const finiteParts = Object.entries(parts).flatMap(([name, values]) => (Number.isFinite(values[i]) ? [[name, values[i]!] as const] : []));
  return finiteParts.length === 0 ? {} : { parts: Object.fromEntries(finiteParts) };
}

function spreadOf({ spread, parameters }: Valuation, i: number): Partial<Prisma.ScoreCreateManyInput> {
  if (spread === null || spread === undefined) return {};
  const { standardDeviation, p05, p50, p95 } = spread;
  return { spread: { sd: standardDeviation[i]!, p05: p05[i]!, p50: p50[i]!, p95: p95[i]!, subsets: parameters['subsets'] ?? 0 } };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
