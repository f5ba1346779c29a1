import { zones } from '@/lib/anomaly/eap/explanation';
import type { Prisma } from '@/lib/store/generated/client';
import type { Evaluation } from './evaluate';

/** One Score row per auxiliary sample: the quality score, its parts and its reason, with training rows named by sample id. */
export function scoreRows(runId: string, { vectors, set, result }: Evaluation): Prisma.ScoreCreateManyInput[] {
  const { explanation, spread } = result;
  const trainingId = (index: number) => (index < 0 ? null : vectors.samples[set.train[index]!]!.id);
  return [...set.auxiliary].map((row, i): Prisma.ScoreCreateManyInput => {
    const covered = explanation.coveringSpheres[i]! > 0;
    const centreId = trainingId(explanation.sphereCentre[i]!);
    return {
      runId,
      sampleId: vectors.samples[row]!.id,
      quality: result.quality[i]!,
      probability: result.probability[i]!,
      density: result.density[i]!,
      rarity: result.rarity[i]!,
      zone: zones[explanation.zone[i]!]!,
      coveringSpheres: explanation.coveringSpheres[i]!,
      centreSampleId: covered ? centreId : null,
      centreRadius: covered ? finite(explanation.sphereRadius[i]!) : null,
      centreDistance: covered ? finite(explanation.sphereDistance[i]!) : null,
      gapSampleId: covered ? null : centreId,
      gapRadius: covered ? null : finite(explanation.sphereRadius[i]!),
      gap: covered ? null : finite(explanation.sphereGap[i]!),
      nearestNormalId: trainingId(explanation.nearestNormal[i]!),
      nearestNormalDistance: finite(explanation.nearestNormalDistance[i]!),
      nearestAnomalyId: trainingId(explanation.nearestAnomaly[i]!),
      nearestAnomalyDistance: finite(explanation.nearestAnomalyDistance[i]!),
      ...(spread === undefined
        ? {}
        : {
            spread: {
              sd: spread.standardDeviation[i]!,
              p05: spread.p05[i]!,
              p50: spread.p50[i]!,
              p95: spread.p95[i]!,
              subsets: result.parameters.subsets,
            },
          }),
    };
  });
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
