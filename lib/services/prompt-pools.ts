import type { z } from 'zod';
import { parsePromptPool } from '@/lib/anomaly/prompts/parse-pool';
import { checkPromptPairs, type PromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { promptPools } from '@/lib/anomaly/prompts/prompt-pools';
import type { importPoolSchema, Pool, poolListSchema, savePoolSchema } from '@/lib/api/contracts/prompt-selections';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { Prisma, type PromptPool } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { poolsOf, readPairs, writePairs } from './stored-pools';

type OfProject = { readonly projectId: string };

/** The pools of the papers, then those that people made: of this project, and of the whole installation. */
export async function listPools({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof poolListSchema>> {
  const own = await poolsOf(store, projectId);
  const papers = promptPools.map(({ id, name, source, pairs }): Pool => ({ id, name, source, pairs: pairs.map(({ normal, anomalous }) => ({ normal, anomalous })), editable: false }));
  return { pools: [...papers, ...own.map((pool) => toPoolDto(pool, projectId))] };
}

/**
 * Makes a pool, or changes one of this project. Selections keep the texts that they were made with.
 * @throws NumericsError `parameter.invalid`, `data.too_few_rows` naming the pair that is wrong; AssayError `request.not_found`, `request.conflict` for a name that is taken
 */
export async function savePool(context: ServiceContext, { projectId, poolId, name, pairs }: z.output<typeof savePoolSchema>): Promise<Pool> {
  const trimmed = pairs.map(({ normal, anomalous }) => ({ normal: normal.trim(), anomalous: anomalous.trim() }));
  checkPromptPairs(trimmed);
  return storePool(context, { projectId, poolId, name, pairs: trimmed, source: 'typed in' });
}

/** Makes a pool of a CSV or JSON text. @throws as `savePool`, and NumericsError `data.ragged` */
export async function importPool(context: ServiceContext, { projectId, name, format, text }: z.output<typeof importPoolSchema>): Promise<Pool> {
  return storePool(context, { projectId, poolId: null, name, pairs: parsePromptPool(text, format), source: `imported (${format.toUpperCase()})` });
}

/** Selections that were made with it keep its texts. @throws AssayError `request.not_found` */
export async function removePool({ store, actor }: ServiceContext, { projectId, poolId }: OfProject & { poolId: string }): Promise<{ done: true }> {
  await store.$transaction(async (transaction) => {
    const pool = await transaction.promptPool.findFirst({ where: { id: poolId, projectId } });
    if (pool === null) throw noPool();
    await transaction.promptPool.delete({ where: { id: poolId } });
    await recordEvent(transaction, { actor, projectId }, { type: 'pool.removed', poolId, name: pool.name });
  });
  return { done: true };
}

type Wanted = OfProject & { poolId: string | null; name: string; pairs: readonly PromptPair[]; source: string };

async function storePool({ store, actor }: ServiceContext, { projectId, poolId, name, pairs, source }: Wanted): Promise<Pool> {
  const data = { name, pairs: writePairs(pairs) };
  const row = await store
    .$transaction(async (transaction) => {
      if (poolId !== null && (await transaction.promptPool.count({ where: { id: poolId, projectId } })) === 0) throw noPool();
      const saved =
        poolId === null
          ? await transaction.promptPool.create({ data: { ...data, projectId, source, createdById: actor.userId } })
          : await transaction.promptPool.update({ where: { id: poolId }, data });
      await recordEvent(transaction, { actor, projectId }, { type: 'pool.saved', poolId: saved.id, name, pairs: pairs.length, created: poolId === null });
      return saved;
    })
    .catch((error: unknown) => {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new AssayError('request.conflict', `There is a pool called ${name} already.`, { hint: 'Choose another name.' });
      throw error;
    });
  return toPoolDto(row, projectId);
}

function noPool(): AssayError {
  return new AssayError('request.not_found', 'There is no such pool in this project.', { hint: 'Reload the page.' });
}

function toPoolDto({ id, name, source, pairs, projectId: owner }: PromptPool, projectId: string): Pool {
  return { id, name, source, pairs: readPairs(pairs), editable: owner === projectId };
}
