import type { Standing } from '@/lib/export/table-columns';
import type { PrismaClient } from '@/lib/store/generated/client';

/** How the samples of an export do in one run, in their order; a rank of 0 means that the run did not score the sample. */
export type Standings = { readonly of: number; readonly quality: Float64Array; readonly rank: Uint32Array; readonly percentile: Float64Array };

/**
 * Ranks all samples of a run by quality (1 = best, equal qualities share the better rank) and looks up those of an export.
 * The percentile is the share of the run's other samples that a sample beats, ties half, in percent: 100 is the best, 0 the worst.
 */
export async function standingsIn(runId: string, exportId: string, rowOf: ReadonlyMap<string, number>, store: PrismaClient): Promise<Standings> {
  const rows = await store.$queryRaw<{ sampleId: string; quality: number; rank: number; worse: number; of: number }[]>`
    SELECT r.* FROM (
      SELECT "sampleId", "quality", (rank() OVER (ORDER BY "quality" DESC))::int AS "rank", (rank() OVER (ORDER BY "quality") - 1)::int AS "worse", (count(*) OVER ())::int AS "of"
      FROM "Score" WHERE "runId" = ${runId}::uuid
    ) r JOIN "ExportSample" e ON e."sampleId" = r."sampleId" AND e."exportId" = ${exportId}::uuid`;
  const n = rowOf.size;
  const standings = { of: rows[0]?.of ?? 0, quality: new Float64Array(n), rank: new Uint32Array(n), percentile: new Float64Array(n) };
  for (const { sampleId, quality, rank, worse, of } of rows) {
    const row = rowOf.get(sampleId);
    if (row === undefined) continue;
    standings.quality[row] = quality;
    standings.rank[row] = rank;
    const tied = of - worse - rank; // with others
    standings.percentile[row] = of < 2 ? 100 : (100 * (worse + tied / 2)) / (of - 1);
  }
  return standings;
}

/** One sample's standing; null where the run did not score it. */
export function standingOf({ of, quality, rank, percentile }: Standings, row: number): Standing | null {
  return rank[row] === 0 ? null : { of, quality: quality[row] ?? 0, rank: rank[row] ?? 0, percentile: percentile[row] ?? 0 };
}
