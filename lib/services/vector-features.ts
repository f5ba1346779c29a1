import type { VectorFeature } from '@/lib/api/contracts/samples';
import type { PrismaClient } from '@/lib/store/generated/client';
import { decodeDifferences } from '@/lib/store/vectors/differences';

/** The newest feature set of given values: its differences are the ones that are shown. */
export async function newestVectorSet(store: PrismaClient, projectId: string): Promise<{ id: string; scalingSha256: string | null } | null> {
  return store.featureSet.findFirst({ where: { projectId, state: 'ready', scalingSha256: { not: null } }, orderBy: { createdAt: 'desc' }, select: { id: true, scalingSha256: true } });
}

/**
 * For vectors among these samples: the features that differ most from the nearest training normals, as the worker found
 * them. Empty for a sample that no feature set holds yet; images are left out.
 */
export async function vectorFeatures(store: PrismaClient, projectId: string, samples: readonly { id: string; vectorTableId: string | null }[]): Promise<ReadonlyMap<string, VectorFeature[]>> {
  const vectors = samples.filter(({ vectorTableId }) => vectorTableId !== null);
  const [first] = vectors;
  if (first?.vectorTableId === undefined || first.vectorTableId === null) return new Map();
  const [set, table] = await Promise.all([
    newestVectorSet(store, projectId),
    store.vectorTable.findUniqueOrThrow({ where: { id: first.vectorTableId }, select: { columns: true } }),
  ]);
  const rows = set === null ? [] : await store.vectorDifference.findMany({ where: { featureSetId: set.id, sampleId: { in: vectors.map(({ id }) => id) } } });
  const bytes = new Map(rows.map(({ sampleId, features }) => [sampleId, features]));
  return new Map(vectors.map(({ id }) => {
    const held = bytes.get(id);
    return [id, held === undefined ? [] : decodeDifferences(held).map(({ feature, ...numbers }) => ({ name: table.columns[feature] ?? `x${feature + 1}`, ...numbers }))];
  }));
}
