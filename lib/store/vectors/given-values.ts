import { createHash } from 'node:crypto';
import type { Transaction } from '@/lib/store/client';
import type { Model } from '@/lib/store/generated/client';

/** Stands in the place of an extractor where the vectors came in a file. It is no network: it gives 0 values. */
const GIVEN_VALUES = 'Values as given';

const sha256 = createHash('sha256').update('assay: values as given').digest('hex');

/** Tells feature sets of given values from those of a network. */
export function isGivenValues(model: Pick<Model, 'sha256'>): boolean {
  return model.sha256 === sha256;
}

/** Where-clause of the models that are networks. */
export const networksOnly = { sha256: { not: sha256 } } as const;

/** The entry that feature sets of given values refer to; made when it is first needed. */
export async function givenValues(transaction: Transaction): Promise<Model> {
  // Two workers may import at once.
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`model:${GIVEN_VALUES}`}, 0))`;
  const present = await transaction.model.findFirst({ where: { sha256 } });
  if (present !== null) return present;
  const taken = await transaction.model.count({ where: { name: GIVEN_VALUES } });
  const name = taken === 0 ? GIVEN_VALUES : `${GIVEN_VALUES} (tables)`;
  return transaction.model.create({ data: { name, sha256, bytes: 0, manifest: { id: 'values-as-given' }, dim: 0, builtIn: true } });
}
