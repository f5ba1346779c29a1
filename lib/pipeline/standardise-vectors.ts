import type { Transaction } from '@/lib/store/client';
import type { FeatureSet } from '@/lib/store/generated/client';
import { givenValues } from '@/lib/store/vectors/given-values';
import type { PipelineContext } from './context';
import { computeVectorSet, vectorFingerprint, type VectorSet } from './vector-set';

const ROWS_PER_INSERT = 5_000;
const bulk = { timeout: 900_000, maxWait: 60_000 };

/** Fills a feature set that was asked for; begins anew after a kill: nothing of half a set is ever visible. */
export async function fillVectorSet(set: FeatureSet, context: PipelineContext): Promise<{ featureSetId: string; count: number }> {
  const computed = await computeVectorSet(set.projectId, context);
  await context.store.$transaction(async (transaction) => {
    await transaction.featureSet.update({ where: { id: set.id }, data: columnsOf(computed) });
    await storeRows(transaction, set.id, computed, context);
  }, bulk);
  return { featureSetId: set.id, count: computed.count };
}

/**
 * Makes a feature set of the vectors of a project unless the newest one is of the same files and training rows and
 * covers all samples. Without two training normals there is none to make: roles have to be chosen first.
 * @returns its id, or null when none was made
 */
export async function refreshVectorSet(projectId: string, context: PipelineContext): Promise<string | null> {
  const fingerprint = await vectorFingerprint(projectId, context);
  if (fingerprint === null || (await isCovered(projectId, fingerprint.hash, context))) return null;
  const computed = await computeVectorSet(projectId, context);
  return context.store.$transaction(async (transaction) => {
    const { id: modelId } = await givenValues(transaction);
    const { id } = await transaction.featureSet.create({ data: { projectId, modelId, ...columnsOf(computed) }, select: { id: true } });
    await storeRows(transaction, id, computed, context);
    return id;
  }, bulk);
}

async function isCovered(projectId: string, fingerprint: string, { store }: PipelineContext): Promise<boolean> {
  const newest = await store.featureSet.findFirst({ where: { projectId, state: 'ready', scalingSha256: { not: null } }, orderBy: { createdAt: 'desc' }, select: { id: true, fingerprint: true } });
  if (newest?.fingerprint !== fingerprint) return false;
  const missing = await store.sample.count({ where: { projectId, differences: { none: { featureSetId: newest.id } } } });
  return missing === 0;
}

function columnsOf({ fingerprint, dim, count, scalingSha256 }: VectorSet) {
  return { state: 'ready' as const, fingerprint: fingerprint.hash, fingerprintParts: fingerprint.parts, runtime: 'none', provider: 'none', dim, count, scalingSha256 };
}

async function storeRows(transaction: Transaction, featureSetId: string, { chunks, differences }: VectorSet, { signal, progress }: PipelineContext): Promise<void> {
  progress({ step: 'storing' });
  await transaction.featureChunk.createMany({ data: chunks.map((chunk) => ({ ...chunk, featureSetId })) });
  for (let from = 0; from < differences.length; from += ROWS_PER_INSERT) {
    signal.throwIfAborted();
    const rows = differences.slice(from, from + ROWS_PER_INSERT);
    // In one array each: a row of its own would be a parameter of its own.
    await transaction.$executeRaw`
      INSERT INTO "VectorDifference" ("featureSetId", "sampleId", "features")
      SELECT ${featureSetId}::uuid, row."sampleId"::uuid, decode(row."features", 'hex') FROM unnest(
        ${rows.map(({ sampleId }) => sampleId)}::text[], ${rows.map(({ features }) => Buffer.from(features).toString('hex'))}::text[]) AS row("sampleId", "features")
      JOIN "Sample" ON "Sample"."id" = row."sampleId"::uuid`;
  }
}
