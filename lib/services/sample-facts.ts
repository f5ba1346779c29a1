import { encodeColumns, packUuids, type Column } from '@/lib/api/contracts/columns';
import type { PrismaClient } from '@/lib/store/generated/client';
import { Prisma } from '@/lib/store/generated/client';
import { textConditions } from '@/lib/store/exports/text-search';
import type { ServiceContext } from './context';

type Fact = { id: string; generator: string | null; prompt: string | null; batch: string | null; tagSet: string | null };

/** Characters of a prompt that are told: a legend shows fewer. */
const longestPrompt = 300;

/** Generator, prompt, batch and tags of all samples that have any of them, as columns (`sampleFacts`). A prompt may also have come among the parameters. */
export async function sampleFacts({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<Uint8Array<ArrayBuffer>> {
  const facts = await factsOf(store, projectId);
  return encodeColumns({
    rows: facts.length,
    columns: {
      id: { type: 'uuid', data: packUuids(facts.map(({ id }) => id)) },
      generator: dictionary(facts.map(({ generator }) => generator)),
      prompt: dictionary(facts.map(({ prompt }) => prompt)),
      batch: dictionary(facts.map(({ batch }) => batch)),
      tagSet: dictionary(facts.map(({ tagSet }) => tagSet)),
    },
  });
}

/** Ids of the samples whose texts hold every word, as a column (`textMatches`). */
export async function textMatches({ store }: ServiceContext, { projectId, text }: { projectId: string; text: string }): Promise<Uint8Array<ArrayBuffer>> {
  const conditions = [Prisma.sql`s."projectId" = ${projectId}::uuid`, ...textConditions(projectId, text)];
  const rows = await store.$queryRaw<{ id: string }[]>`SELECT s."id" FROM "Sample" s WHERE ${Prisma.join(conditions, ' AND ')}`;
  return encodeColumns({ rows: rows.length, columns: { id: { type: 'uuid', data: packUuids(rows.map(({ id }) => id)) } } });
}

function factsOf(store: PrismaClient, projectId: string): Promise<Fact[]> {
  return store.$queryRaw<Fact[]>`
    SELECT s."id", s."generator", told."prompt", s."generationId" AS "batch", tags."tagSet"
    FROM "Sample" s
    CROSS JOIN LATERAL (SELECT left(coalesce(nullif(s."prompt", ''), nullif(s."parameters"->>'prompt', '')), ${longestPrompt}::int) AS "prompt") told
    LEFT JOIN (
      SELECT "sampleId", json_agg("tag" ORDER BY "tag")::text AS "tagSet" FROM "SampleTag" WHERE "projectId" = ${projectId}::uuid GROUP BY "sampleId"
    ) tags ON tags."sampleId" = s."id"
    WHERE s."projectId" = ${projectId}::uuid AND (s."generator" IS NOT NULL OR told."prompt" IS NOT NULL OR s."generationId" IS NOT NULL OR tags."tagSet" IS NOT NULL)`;
}

/** Codes from 1 in the order of appearance; 0 is "none". Two bytes a code unless there are more words than these can tell apart. */
function dictionary(words: readonly (string | null)[]): Column {
  const codes = new Map<string, number>();
  const data = Uint32Array.from(words, (word) => {
    if (word === null) return 0;
    const code = codes.get(word) ?? codes.size + 1;
    codes.set(word, code);
    return code;
  });
  const values = ['', ...codes.keys()];
  return codes.size < 65_536 ? { type: 'u16', data: Uint16Array.from(data), values } : { type: 'u32', data, values };
}
