import { z } from 'zod';
import type { PromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { promptPool, promptPools } from '@/lib/anomaly/prompts/prompt-pools';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { PrismaClient, PromptPool } from '@/lib/store/generated/client';

type Database = PrismaClient | Transaction;

/** STORED DATA (PromptPool.pairs): [normal, anomalous] texts. */
const storedPairsSchema = z.array(z.tuple([z.string(), z.string()]));

export function readPairs(stored: unknown): PromptPair[] {
  return storedPairsSchema.parse(stored).map(([normal, anomalous]) => ({ normal, anomalous }));
}

export function writePairs(pairs: readonly PromptPair[]): [string, string][] {
  return pairs.map(({ normal, anomalous }) => [normal, anomalous]);
}

/** Pools that a project can choose among: its own and those of the whole installation, by name. */
export function poolsOf(store: Database, projectId: string): Promise<PromptPool[]> {
  return store.promptPool.findMany({ where: { OR: [{ projectId }, { projectId: null }] }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

/** Name and pairs of a pool of a paper or of a stored one. @throws AssayError `request.not_found` */
export async function requirePool(store: Database, projectId: string, id: string): Promise<{ name: string; pairs: readonly PromptPair[] }> {
  const known = promptPool(id);
  if (known !== undefined) return { name: known.name, pairs: known.pairs };
  const stored = z.uuid().safeParse(id).success ? (await poolsOf(store, projectId)).find((pool) => pool.id === id) : undefined;
  if (stored === undefined) {
    throw new AssayError('request.not_found', 'There is no such pool of prompts.', { hint: `Choose ${promptPools.map((pool) => pool.id).join(', ')}, or a pool of this project.` });
  }
  return { name: stored.name, pairs: readPairs(stored.pairs) };
}
