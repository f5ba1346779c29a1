import type { RejectReason, Verdict, Zone } from '@/lib/api/contracts/common';
import type { ParameterSource } from '@/lib/api/contracts/feedback';
import type { CountedCell } from '@/lib/figures/feedback/tally';
import { Prisma, type PrismaClient } from '@/lib/store/generated/client';

/** Bins of a number; fewer where it has fewer values. */
export const mostBins = 6;
/** Words that stand alone; rarer ones stand together. */
export const mostWords = 12;

/** Which samples, and in which run. */
export type Chosen = { readonly projectId: string; readonly generator: string; readonly runId: string | null };

/** What a parameter is like over the surveyed samples that have it. */
export type ParameterFacts = {
  readonly source: ParameterSource;
  readonly name: string;
  readonly given: number;
  readonly isNumber: boolean;
  readonly distinct: number;
  /** Numbers only. */
  readonly minimum: number | null;
  /** Numbers only: the values below which 1/6, 2/6, ... of the samples lie, between two values where they fall between two samples. */
  readonly quantiles: number[] | null;
  /** One of the values, as text. */
  readonly example: string;
};

/** How the samples are parted by a parameter. */
export type Parting = Pick<ParameterFacts, 'source' | 'name' | 'isNumber'> & { readonly edges: readonly number[]; readonly words: readonly string[] };

export type CountedGroup = { readonly source: ParameterSource; readonly name: string; readonly group: number; readonly from: number | null; readonly to: number | null; readonly cell: CountedCell };

/** Said of a sample beside its parameters (lib/synthesis/provenance.ts): they name it, and set nothing. */
const noParameters = ['seed', 'index', 'parents', 'attempt', 'settings'];

/** Samples that tell what parameters there are and where their bins lie; every sample is counted. */
const surveyed = 5_000;

/** Auxiliary samples of the generator with what scores and people say of them; a survey are those whose hashes come first. */
function chosenSamples({ projectId, generator, runId }: Chosen, survey: boolean): Prisma.Sql {
  return Prisma.sql`
    SELECT s."prompt", s."severity", c."zone", c."quality", t."verdict", t."reason",
      CASE WHEN jsonb_typeof(s."parameters") = 'object' THEN s."parameters" - ${noParameters}::text[] ELSE '{}'::jsonb END AS "values",
      CASE WHEN jsonb_typeof(s."parameters"->'settings') = 'object' THEN s."parameters"->'settings' ELSE '{}'::jsonb END AS "settings"
    FROM "Sample" s
    LEFT JOIN "Score" c ON c."sampleId" = s."id" AND c."runId" = ${runId}::uuid
    LEFT JOIN "SampleState" t ON t."sampleId" = s."id"
    WHERE s."projectId" = ${projectId}::uuid AND s."role" = 'auxiliary' AND s."generator" = ${generator}
    ${survey ? Prisma.sql`ORDER BY s."sha256" LIMIT ${surveyed}` : Prisma.empty}`;
}

/** Every parameter of each of the samples as a row. */
function entries(chosen: Chosen, survey = false): Prisma.Sql {
  return Prisma.sql`
    chosen AS MATERIALIZED (${chosenSamples(chosen, survey)}),
    entry AS (
      SELECT p."source", p."name", chosen."zone", chosen."quality", chosen."verdict", chosen."reason", p."json" #>> '{}' AS "text",
        CASE WHEN jsonb_typeof(p."json") = 'number' THEN (p."json" #>> '{}')::float8 END AS "number"
      FROM chosen CROSS JOIN LATERAL (
        SELECT 'value' AS "source", v.key AS "name", v.value AS "json" FROM jsonb_each(chosen."values") v
        UNION ALL SELECT 'setting', v.key, v.value FROM jsonb_each(chosen."settings") v
        UNION ALL SELECT 'prompt', 'prompt', to_jsonb(chosen."prompt") WHERE chosen."prompt" IS NOT NULL
        UNION ALL SELECT 'severity', 'severity', to_jsonb(chosen."severity") WHERE chosen."severity" IS NOT NULL
      ) p
      WHERE jsonb_typeof(p."json") IN ('number', 'string', 'boolean'))`;
}

/** The parameters of the samples of a generator, as the survey knows them. */
export function parameterFacts(store: PrismaClient, chosen: Chosen): Promise<ParameterFacts[]> {
  const fractions = Array.from({ length: mostBins - 1 }, (_, i) => (i + 1) / mostBins);
  return store.$queryRaw<ParameterFacts[]>`
    WITH ${entries(chosen, true)}
    SELECT "source", "name", count(*)::int AS "given", bool_and("number" IS NOT NULL) AS "isNumber",
      (CASE WHEN bool_and("number" IS NOT NULL) THEN count(DISTINCT "number") ELSE count(DISTINCT "text") END)::int AS "distinct",
      min("number") AS "minimum", percentile_cont(${fractions}::float8[]) WITHIN GROUP (ORDER BY "number") AS "quantiles", min("text") AS "example"
    FROM entry GROUP BY "source", "name" ORDER BY "source", "name"`;
}

/** The most frequent values of the named parameters, as texts: the most frequent first. */
export async function frequentValues(store: PrismaClient, chosen: Chosen, parameters: readonly Pick<ParameterFacts, 'source' | 'name'>[]): Promise<ReadonlyMap<string, string[]>> {
  const named = parameters.map(({ source, name }) => ({ source, name }));
  const rows = await store.$queryRaw<{ source: ParameterSource; name: string; values: string[] }[]>`
    WITH ${entries(chosen, true)},
    counted AS (
      SELECT entry."source", entry."name", entry."text", count(*) AS "count" FROM entry
      JOIN jsonb_to_recordset(${JSON.stringify(named)}::jsonb) AS wanted("source" text, "name" text) USING ("source", "name")
      GROUP BY 1, 2, 3),
    ranked AS (SELECT *, row_number() OVER (PARTITION BY "source", "name" ORDER BY "count" DESC, "text") AS "rank" FROM counted)
    SELECT "source", "name", array_agg("text" ORDER BY "rank") AS "values" FROM ranked WHERE "rank" <= ${mostWords} GROUP BY 1, 2`;
  return new Map(rows.map(({ source, name, values }) => [keyOf({ source, name }), values]));
}

export function keyOf({ source, name }: { source: string; name: string }): string {
  return `${source}/${name}`;
}

type CountRow = { source: ParameterSource; name: string; group: number; from: number | null; to: number | null; zone: Zone | null; verdict: Verdict | null; reason: RejectReason | null; count: number; scored: number; qualitySum: number };

/** Samples by parameter, group, zone, verdict and reason. Group i of a number begins at edge i - 1; rarer words are the group after the last word. */
export async function countedGroups(store: PrismaClient, chosen: Chosen, partings: readonly Parting[]): Promise<CountedGroup[]> {
  if (partings.length === 0) return [];
  const rows = await store.$queryRaw<CountRow[]>`
    WITH ${entries(chosen)}
    SELECT entry."source", entry."name",
      (CASE WHEN parting."isNumber" THEN width_bucket(entry."number", parting."edges") ELSE COALESCE(array_position(parting."words", entry."text") - 1, cardinality(parting."words")) END) AS "group",
      min(entry."number") FILTER (WHERE parting."isNumber") AS "from", max(entry."number") FILTER (WHERE parting."isNumber") AS "to",
      entry."zone"::text AS "zone", entry."verdict"::text AS "verdict", entry."reason"::text AS "reason",
      count(*)::int AS "count", count(entry."quality")::int AS "scored", COALESCE(sum(entry."quality"), 0) AS "qualitySum"
    FROM entry
    JOIN jsonb_to_recordset(${JSON.stringify(partings)}::jsonb) AS parting("source" text, "name" text, "isNumber" boolean, "edges" float8[], "words" text[]) USING ("source", "name")
    WHERE entry."number" IS NOT NULL OR NOT parting."isNumber"
    GROUP BY 1, 2, 3, entry."zone", entry."verdict", entry."reason"
    ORDER BY 1, 2, 3`;
  return rows.map(({ source, name, group, from, to, ...cell }) => ({ source, name, group, from, to, cell }));
}

/** All samples of the generator by zone, verdict and reason. */
export function countedAll(store: PrismaClient, { projectId, generator, runId }: Chosen): Promise<CountedCell[]> {
  return store.$queryRaw<CountedCell[]>`
    SELECT c."zone"::text AS "zone", t."verdict"::text AS "verdict", t."reason"::text AS "reason",
      count(*)::int AS "count", count(c."quality")::int AS "scored", COALESCE(sum(c."quality"), 0) AS "qualitySum"
    FROM "Sample" s
    LEFT JOIN "Score" c ON c."sampleId" = s."id" AND c."runId" = ${runId}::uuid
    LEFT JOIN "SampleState" t ON t."sampleId" = s."id"
    WHERE s."projectId" = ${projectId}::uuid AND s."role" = 'auxiliary' AND s."generator" = ${generator}
    GROUP BY c."zone", t."verdict", t."reason"`;
}
