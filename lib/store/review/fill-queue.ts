import type { ReviewOrder, ReviewSource } from '@/lib/api/contracts/review-queues';
import type { Transaction } from '@/lib/store/client';
import { Prisma } from '@/lib/store/generated/client';
import { selectionOf } from '../exports/selection';

type Filling = {
  readonly queueId: string;
  readonly projectId: string;
  readonly source: ReviewSource;
  readonly runId: string | null;
  readonly order: ReviewOrder;
  readonly openOnly: boolean;
  readonly size: number | null;
  readonly controlShare: number;
  readonly seed: number;
};

/**
 * Writes the items of a new queue, all in the database: the auxiliary samples of the source in their order, and controls at
 * places drawn uniformly. With n samples and a share c there are round(n c / (1 - c)) controls, half real anomalies and half
 * normals that are not excluded (more of one where the other runs out), the same ones for the same seed.
 * @returns items, controls among them
 * @throws AssayError `request.not_found` for a rule with a run of another project
 */
export async function fillQueue(transaction: Transaction, filling: Filling): Promise<{ items: number; controls: number }> {
  const { queueId, projectId, size, controlShare, seed } = filling;
  const chosen = await chosenSamples(transaction, filling);
  const [counts] = await transaction.$queryRaw<{ items: number; controls: number }[]>`
    WITH chosen AS (${chosen}),
    scored AS (
      SELECT chosen."id", chosen."given", c."quality", (c."spread"->>'sd')::float8 AS "sd" FROM chosen
      LEFT JOIN "Score" c ON c."sampleId" = chosen."id" AND c."runId" = ${filling.runId}::uuid
    ),
    ranked AS (
      SELECT "id", row_number() OVER (ORDER BY ${orderBy(filling.order)} ${fraction(seed, 'order', Prisma.sql`"id"`)}, "id") AS "rank" FROM scored
    ),
    kept AS (SELECT "id", "rank" FROM ranked WHERE "rank" <= ${size ?? 2_147_483_647}),
    wanted AS (SELECT count(*) AS "samples", round(count(*) * ${controlShare / (1 - controlShare)}::float8)::int AS "controls" FROM kept),
    known AS (
      SELECT "id", "role", row_number() OVER (PARTITION BY "role" ORDER BY ${fraction(seed, 'control', Prisma.sql`"id"`)}, "id") AS "rank"
      FROM "Sample" WHERE "projectId" = ${projectId}::uuid AND ("role" = 'anomaly' OR ("role" = 'normal' AND NOT "excluded"))
    ),
    controls AS (SELECT "id", "role" FROM known ORDER BY "rank", "role" DESC LIMIT (SELECT "controls" FROM wanted)),
    placed AS (
      SELECT "id", 'sample' AS "kind", NULL AS "expected", ("rank" - 0.5) / (SELECT "samples" FROM wanted) AS "place" FROM kept
      UNION ALL
      SELECT "id", 'control', CASE "role" WHEN 'anomaly' THEN 'accepted' ELSE 'rejected' END, ${fraction(seed, 'place', Prisma.sql`"id"`)} FROM controls
    ),
    written AS (
      INSERT INTO "ReviewItem" ("queueId", "position", "sampleId", "kind", "expected")
      SELECT ${queueId}::uuid, row_number() OVER (ORDER BY "place", "id"), "id", "kind"::"ReviewItemKind", "expected"::"Verdict" FROM placed
      RETURNING "kind"
    )
    SELECT count(*)::int AS "items", count(*) FILTER (WHERE "kind" = 'control')::int AS "controls" FROM written`;
  return counts ?? { items: 0, controls: 0 };
}

/** SELECT of id and place as given of the auxiliary samples that may come into the queue. */
async function chosenSamples(transaction: Transaction, { projectId, source, openOnly }: Filling): Promise<Prisma.Sql> {
  const open = openOnly ? Prisma.sql`AND (t."verdict" IS NULL OR t."verdict" = 'skipped')` : Prisma.empty;
  if ('rule' in source) {
    return Prisma.sql`SELECT s."id", row_number() OVER (ORDER BY s."id") AS "given" ${await selectionOf(transaction, projectId, source.rule)} AND s."role" = 'auxiliary' ${open}`;
  }
  return Prisma.sql`
    SELECT s."id", min(listed."at") AS "given"
    FROM unnest(${[...source.ids]}::uuid[]) WITH ORDINALITY AS listed("id", "at")
    JOIN "Sample" s ON s."id" = listed."id" AND s."projectId" = ${projectId}::uuid AND s."role" = 'auxiliary'
    LEFT JOIN "SampleState" t ON t."sampleId" = s."id"
    WHERE true ${open} GROUP BY s."id"`;
}

function orderBy(order: ReviewOrder): Prisma.Sql {
  switch (order) {
    case 'quality':
      return Prisma.sql`"quality" DESC NULLS LAST,`;
    case 'uncertain':
      return Prisma.sql`"sd" DESC NULLS LAST, abs("quality" - (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "quality") FROM scored)) ASC NULLS LAST,`;
    case 'given':
      return Prisma.sql`"given",`;
    case 'random':
      return Prisma.empty;
  }
}

/** A number in [0, 1) that looks random and is the same for the same seed, purpose and id. */
function fraction(seed: number, purpose: string, id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(('x' || substr(md5(${`${seed} ${purpose} `} || ${id}::text), 1, 8))::bit(32)::int8 / 4294967296.0)`;
}
