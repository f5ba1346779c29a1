import type { ExportRule } from '@/lib/api/contracts/exports';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import { Prisma, type PrismaClient } from '@/lib/store/generated/client';
import { standingAt } from '../history/standing-at';
import { textConditions } from './text-search';

type Database = Pick<PrismaClient | Transaction, '$queryRaw' | 'run'>;

/**
 * FROM and WHERE of the samples (alias s; c their scores, t where they stand) that a rule selects now: those of the project or, with a run, those of the run's
 * feature set, because only they stand in its ranking. Scores are those of the run; roles and defect types are today's.
 * Means the same as `filterPredicate` of lib/figures/ranking-filter.ts.
 * @param at a past time: verdicts, reasons and reviewers are those of then, and samples that came later are left out
 * @throws AssayError `request.not_found` for a run of another project
 */
export async function selectionOf(database: Database, projectId: string, { runId, filter }: ExportRule, at?: Date): Promise<Prisma.Sql> {
  const run = runId === null ? null : await database.run.findFirst({ where: { id: runId, projectId }, select: { featureSetId: true } });
  if (runId !== null && run === null) throw new AssayError('request.not_found', 'There is no such run in this project.');
  const conditions = [
    Prisma.sql`s."projectId" = ${projectId}::uuid`,
    ...(at === undefined ? [] : [Prisma.sql`s."createdAt" <= ${at}::timestamptz`]),
    ...onList(Prisma.sql`s."role"::text`, filter.roles),
    ...onList(Prisma.sql`c."zone"::text`, filter.zones),
    ...verdicts(filter.verdicts),
    ...onList(Prisma.sql`t."reason"::text`, filter.reasons),
    ...onList(Prisma.sql`s."defectType"`, filter.defectTypes),
    ...inRange(Prisma.sql`c."quality"`, filter.quality),
    ...inRange(Prisma.sql`c."probability"`, filter.probability),
    ...inRange(Prisma.sql`c."density"`, filter.density),
    ...inRange(Prisma.sql`c."rarity"`, filter.rarity),
    ...tagged(projectId, filter.tags),
    ...onList(Prisma.sql`s."generator"`, filter.generators),
    ...onList(Prisma.sql`s."generationId"::text`, filter.batches),
    ...(filter.reviewers === undefined ? [] : [Prisma.sql`t."verdict" IS NOT NULL`, ...onList(Prisma.sql`t."userId"`, filter.reviewers)]),
    ...textConditions(projectId, filter.text),
  ];
  return Prisma.sql`
    FROM "Sample" s ${run === null ? Prisma.empty : inSet(run.featureSetId)}
    LEFT JOIN "Score" c ON c."sampleId" = s."id" AND c."runId" = ${runId}::uuid
    LEFT JOIN ${at === undefined ? Prisma.sql`"SampleState"` : Prisma.sql`(${standingAt(projectId, at)})`} t ON t."sampleId" = s."id"
    WHERE ${Prisma.join(conditions, ' AND ')}`;
}

/**
 * Leaves the samples of a feature set. A set holds each of its samples once, so that a join takes none twice; of `IN` PostgreSQL would expect
 * 200 ids, however many there are, and look each of 50,000 up on its own.
 */
function inSet(featureSetId: string): Prisma.Sql {
  return Prisma.sql`JOIN (SELECT unnest("sampleIds") AS "id" FROM "FeatureChunk" WHERE "featureSetId" = ${featureSetId}::uuid) u ON u."id" = s."id"`;
}

/** How many samples a rule selects now. */
export async function countSelection(database: Database, projectId: string, rule: ExportRule): Promise<number> {
  const selection = await selectionOf(database, projectId, rule);
  const [row] = await database.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" ${selection}`;
  return row?.count ?? 0;
}

function onList(column: Prisma.Sql, list: readonly string[] | undefined): Prisma.Sql[] {
  return list === undefined ? [] : [Prisma.sql`COALESCE(${column} = ANY(${[...list]}::text[]), false)`];
}

/** null on the list means: not decided. */
function verdicts(list: readonly (string | null)[] | undefined): Prisma.Sql[] {
  if (list === undefined) return [];
  const named = list.filter((verdict) => verdict !== null);
  const undecided = list.includes(null) ? Prisma.sql`t."verdict" IS NULL` : Prisma.sql`false`;
  return [Prisma.sql`(${undecided} OR COALESCE(t."verdict"::text = ANY(${named}::text[]), false))`];
}

function tagged(projectId: string, tags: readonly string[] | undefined): Prisma.Sql[] {
  if (tags === undefined) return [];
  return [Prisma.sql`s."id" IN (SELECT "sampleId" FROM "SampleTag" WHERE "projectId" = ${projectId}::uuid AND "tag" = ANY(${[...tags]}::text[]))`];
}

function inRange(column: Prisma.Sql, range: readonly [number | null, number | null] | undefined): Prisma.Sql[] {
  if (range === undefined) return [];
  const [low, high] = range;
  return [
    Prisma.sql`${column} IS NOT NULL`,
    ...(low === null ? [] : [Prisma.sql`${column} >= ${low}::float8`]),
    ...(high === null ? [] : [Prisma.sql`${column} <= ${high}::float8`]),
  ];
}
