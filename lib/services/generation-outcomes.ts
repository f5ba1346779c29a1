import type { RejectReason } from '@/lib/api/contracts/common';
import type { GenerationOutcome } from '@/lib/api/contracts/generators';
import type { PrismaClient } from '@/lib/store/generated/client';
import { defaultRun } from './default-run';

/** The outcome of a batch without samples. */
export const nothingDecided: GenerationOutcome = { accepted: 0, rejected: 0, skipped: 0, reasons: [], extracted: 0, scores: null };

type Verdicts = Pick<GenerationOutcome, 'accepted' | 'rejected' | 'skipped' | 'extracted'>;
type Scores = NonNullable<GenerationOutcome['scores']>;

/** What people and scores say of the samples of batches, by the id of the batch; batches without samples are left out. */
export async function outcomesOf(store: PrismaClient, projectId: string, generationIds: readonly string[]): Promise<Map<string, GenerationOutcome>> {
  if (generationIds.length === 0) return new Map();
  const [verdicts, reasons, scores] = await Promise.all([verdictsOf(store, projectId, generationIds), reasonsOf(store, projectId, generationIds), scoresOf(store, projectId, generationIds)]);
  return new Map([...verdicts].map(([id, counts]) => [id, { ...counts, reasons: reasons.get(id) ?? [], scores: scores.get(id) ?? null }]));
}

async function verdictsOf(store: PrismaClient, projectId: string, ids: readonly string[]): Promise<Map<string, Verdicts>> {
  const set = await store.featureSet.findFirst({ where: { projectId, state: 'ready' }, orderBy: { createdAt: 'desc' }, select: { id: true } });
  const rows = await store.$queryRaw<({ id: string } & Verdicts)[]>`
    WITH extracted AS (SELECT DISTINCT unnest(chunk."sampleIds") AS id FROM "FeatureChunk" chunk WHERE chunk."featureSetId" = ${set?.id ?? null}::uuid)
    SELECT sample."generationId" AS id,
      (count(*) FILTER (WHERE state."verdict" = 'accepted'))::int AS accepted,
      (count(*) FILTER (WHERE state."verdict" = 'rejected'))::int AS rejected,
      (count(*) FILTER (WHERE state."verdict" = 'skipped'))::int AS skipped,
      count(extracted.id)::int AS extracted
    FROM "Sample" sample
    LEFT JOIN "SampleState" state ON state."sampleId" = sample."id"
    LEFT JOIN extracted ON extracted.id = sample."id"
    WHERE sample."projectId" = ${projectId}::uuid AND sample."generationId" = ANY (${ids}::uuid[])
    GROUP BY sample."generationId"`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

async function reasonsOf(store: PrismaClient, projectId: string, ids: readonly string[]): Promise<Map<string, GenerationOutcome['reasons']>> {
  const rows = await store.$queryRaw<{ id: string; reason: RejectReason; count: number }[]>`
    SELECT sample."generationId" AS id, state."reason"::text AS reason, count(*)::int AS count
    FROM "Sample" sample JOIN "SampleState" state ON state."sampleId" = sample."id"
    WHERE sample."projectId" = ${projectId}::uuid AND sample."generationId" = ANY (${ids}::uuid[]) AND state."verdict" = 'rejected' AND state."reason" IS NOT NULL
    GROUP BY 1, 2 ORDER BY count DESC, reason`;
  const found = new Map<string, { reason: RejectReason; count: number }[]>();
  for (const { id, reason, count } of rows) found.set(id, [...(found.get(id) ?? []), { reason, count }]);
  return found;
}

async function scoresOf(store: PrismaClient, projectId: string, ids: readonly string[]): Promise<Map<string, Scores>> {
  const run = await defaultRun(store, projectId);
  if (run === null) return new Map();
  const rows = await store.$queryRaw<{ id: string; scored: number; zoned: number; meanQuality: number; realistic: number; unrealistic: number; indistinguishable: number }[]>`
    SELECT sample."generationId" AS id, count(*)::int AS scored, avg(score."quality") AS "meanQuality", count(score."zone")::int AS zoned,
      (count(*) FILTER (WHERE score."zone" = 'realistic'))::int AS realistic,
      (count(*) FILTER (WHERE score."zone" = 'unrealistic'))::int AS unrealistic,
      (count(*) FILTER (WHERE score."zone" = 'indistinguishable'))::int AS indistinguishable
    FROM "Score" score JOIN "Sample" sample ON sample."id" = score."sampleId"
    WHERE score."runId" = ${run.id}::uuid AND sample."generationId" = ANY (${ids}::uuid[])
    GROUP BY sample."generationId"`;
  return new Map(
    rows.map(({ id, scored, zoned, meanQuality, ...zones }) => [id, { runId: run.id, evaluator: run.evaluator, scored, meanQuality, zones: zoned === 0 ? null : zones }]),
  );
}
