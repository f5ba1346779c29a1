import { Prisma } from '@/lib/store/generated/client';
import type { OtherScores } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import type { ServiceContext } from './context';

type Row = { runId: string; shown: boolean; evaluator: string; preset: string; parameters: unknown; seed: number; quality: number; zone: OtherScores['others'][number]['zone']; of: number; better: number; equal: number };

/** What tells two manners of the same evaluator apart, as lib/figures/run-name.ts names them. */
const manner = Prisma.sql`"evaluator", CASE WHEN "evaluator" = 'EAP' THEN "preset" END, "parameters"->>'mode', COALESCE("parameters"->>'asReleased', '') = 'true'`;

/**
 * What the evaluators make of one sample: of each manner of each evaluator on the features of `runId` its newest ready run, the shown
 * run standing for its own manner. Ranks are counted from the index on (run, quality), a run at a time.
 *
 * @throws AssayError `request.not_found` where the run has no score for the sample
 */
export async function getOtherScores({ store }: ServiceContext, { projectId, runId, sampleId }: { projectId: string; runId: string; sampleId: string }): Promise<OtherScores> {
  const rows = await store.$queryRaw<Row[]>`
    WITH "shown" AS (
      SELECT "id", "featureSetId" FROM "Run" WHERE "id" = ${runId}::uuid AND "projectId" = ${projectId}::uuid AND "state" = 'ready'
    ), "newest" AS (
      SELECT DISTINCT ON (${manner}) "Run"."id", "evaluator", "preset", "parameters", "seed", "Run"."id" = "shown"."id" AS "shown"
      FROM "Run" JOIN "shown" ON "Run"."featureSetId" = "shown"."featureSetId"
      WHERE "Run"."projectId" = ${projectId}::uuid AND "state" = 'ready'
      ORDER BY ${manner}, "Run"."id" = "shown"."id" DESC, "createdAt" DESC
    )
    SELECT "newest"."id" AS "runId", "shown", "evaluator", "preset", "parameters", "seed", "Score"."quality", "zone"::text AS "zone", "counted".*
    FROM "newest"
    JOIN "Score" ON "Score"."runId" = "newest"."id" AND "Score"."sampleId" = ${sampleId}::uuid
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "of", (count(*) FILTER (WHERE "other"."quality" > "Score"."quality"))::int AS "better", (count(*) FILTER (WHERE "other"."quality" = "Score"."quality"))::int AS "equal"
      FROM "Score" AS "other" WHERE "other"."runId" = "newest"."id"
    ) AS "counted"
    ORDER BY "evaluator", "runId"`;
  const own = rows.find(({ shown }) => shown);
  if (own === undefined) {
    throw new AssayError('request.not_found', 'This run has no score for this sample.', { hint: 'Only auxiliary samples that were in the feature set are scored.' });
  }
  const others = rows.filter(({ shown }) => !shown).map((row) => {
    const { runId: id, evaluator, preset, parameters, seed, quality, zone, of } = row;
    return { runId: id, evaluator, preset, parameters, seed, quality, rank: row.better + 1, of, percentile: percentileOf(row), zone };
  });
  return { percentile: percentileOf(own), others };
}

/** Share of the other samples that are beaten, ties half, in percent; 100 where there are no others. */
function percentileOf({ of, better, equal }: Row): number {
  return of < 2 ? 100 : (100 * (of - better - equal + (equal - 1) / 2)) / (of - 1);
}
