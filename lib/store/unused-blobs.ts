import type { BlobStore } from './blobs/port';
import { Prisma, type PrismaClient } from './generated/client';

/** Tables and columns that hold hashes of blobs. A test compares them with the schema. */
export const blobColumns: readonly (readonly [table: string, column: string])[] = [
  ['Sample', 'sha256'],
  ['Sample', 'thumbnailSha256'],
  ['Sample', 'viewSha256'],
  ['Sample', 'maskSha256'],
  ['VectorTable', 'sha256'],
  ['VectorTable', 'valuesSha256'],
  ['UploadFile', 'sha256'],
  ['Model', 'sha256'],
  ['ParityReference', 'sha256'],
  ['FeatureSet', 'scalingSha256'],
  ['PatchChunk', 'sha256'],
  ['FeatureChunk', 'sha256'],
  ['Run', 'columnsSha256'],
  ['Projection', 'columnsSha256'],
  ['Export', 'sha256'],
  ['KeepAnalysis', 'columnsSha256'],
  ['DiffusionModel', 'sha256'],
  ['Selection', 'valuesSha256'],
  ['TextTower', 'textSha256'],
  ['TextTower', 'tokenizerSha256'],
];

/** What refers to a blob without a column of its own: weights of a network, and jobs that have yet to read their files. */
const elsewhere = [
  `EXISTS (SELECT 1 FROM "Model", jsonb_array_elements(coalesce("manifest" -> 'weights', '[]')) AS file WHERE file ->> 'sha256' = asked.hash)`,
  `EXISTS (SELECT 1 FROM "DiffusionModel", jsonb_array_elements(coalesce("weights", '[]')) AS file WHERE file ->> 'sha256' = asked.hash)`,
  `EXISTS (SELECT 1 FROM "TextTower", jsonb_array_elements(coalesce("weights", '[]')) AS file WHERE file ->> 'sha256' = asked.hash)`,
  `EXISTS (SELECT 1 FROM "Job" WHERE "kind" IN ('model', 'model_files') AND "state" IN ('queued', 'running') AND "id" IS DISTINCT FROM asked.job AND position(asked.hash in "input"::text) > 0)`,
];

/**
 * Removes blobs that nothing refers to; content that anything has stays.
 * @param job whose own claim does not count: it is done with them
 */
export async function removeUnusedBlobs(store: PrismaClient, blobs: BlobStore, hashes: readonly string[], job: string | null = null): Promise<void> {
  const uses = [...blobColumns.map(([table, column]) => `EXISTS (SELECT 1 FROM "${table}" WHERE "${column}" = asked.hash)`), ...elsewhere];
  const unused = await store.$queryRaw<{ hash: string }[]>`
    SELECT asked.hash FROM (SELECT DISTINCT unnest(${[...hashes]}::text[]) AS hash, ${job}::uuid AS job) AS asked
    WHERE NOT (${Prisma.raw(uses.join(' OR '))})`;
  for (const { hash } of unused) await blobs.remove(hash);
}
