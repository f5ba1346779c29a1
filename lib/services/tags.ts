import type { z } from 'zod';
import { mostTags, type tagListSchema, type taggedSamplesSchema, type TagSamples } from '@/lib/api/contracts/tags';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { targetOf } from '@/lib/store/bulk-target';
import type { ServiceContext } from './context';

/** Tens of thousands of rows in one statement may take a while. */
const transactionOptions = { maxWait: 15_000, timeout: 120_000 };

/** Tags of a project with how many samples carry each, by name. */
export async function listTags({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof tagListSchema>> {
  const groups = await store.sampleTag.groupBy({ by: ['tag'], where: { projectId }, _count: { _all: true }, orderBy: { tag: 'asc' } });
  return { tags: groups.map(({ tag, _count }) => ({ tag, count: _count._all })) };
}

/**
 * Puts tags on samples and takes tags off. What is so already stays; a tag that is both added and removed is added.
 * @throws AssayError `request.not_found` for a foreign run in the rule, `request.invalid` beyond the most tags of a project
 */
export async function tagSamples({ store, actor }: ServiceContext, { projectId, target, add, remove }: TagSamples): Promise<z.infer<typeof taggedSamplesSchema>> {
  return store.$transaction(async (transaction) => {
    const samples = await targetOf(transaction, projectId, target);
    const off = remove.filter((tag) => !add.includes(tag));
    const added = await transaction.$executeRaw`
      INSERT INTO "SampleTag" ("projectId", "sampleId", "tag", "userId")
      SELECT ${projectId}::uuid, chosen."id", given."tag", ${actor.userId}
      FROM (SELECT s."id" ${samples}) chosen CROSS JOIN (SELECT DISTINCT unnest(${add}::text[]) AS "tag") given
      ORDER BY chosen."id", given."tag"
      ON CONFLICT DO NOTHING`;
    const removed = await transaction.$executeRaw`
      DELETE FROM "SampleTag" WHERE "tag" = ANY(${off}::text[]) AND "projectId" = ${projectId}::uuid AND "sampleId" IN (SELECT s."id" ${samples})`;
    if (added > 0) {
      const [row] = await transaction.$queryRaw<{ tags: number }[]>`SELECT count(DISTINCT "tag")::int AS "tags" FROM "SampleTag" WHERE "projectId" = ${projectId}::uuid`;
      if ((row?.tags ?? 0) > mostTags) throw new AssayError('request.invalid', `A project has at most ${mostTags} different tags.`, { hint: 'Use one that is there, or remove one from all of its samples.' });
    }
    if (added + removed > 0) await recordEvent(transaction, { actor, projectId }, { type: 'samples.tagged', added, removed, add, remove: off });
    return { added, removed };
  }, transactionOptions);
}
