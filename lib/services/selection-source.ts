import type { SyntheticSource } from '@/lib/api/contracts/selections';
import { AssayError } from '@/lib/errors';
import type { PrismaClient } from '@/lib/store/generated/client';
import type { SelectionRequest } from '@/lib/store/selections/freeze';
import { checkedParameters, describeGenerator, fewestSeeds, mostImages } from '@/lib/synthesis/describe';

/**
 * Checks where synthetic anomalies are to come from, and fills in the defaults of a generator. Shared by selections of models and of prompts.
 * @throws AssayError or NumericsError `parameter.invalid`, `model.missing` when DiffStyle has no network
 */
export async function checkedSource(store: Pick<PrismaClient, 'diffusionModel'>, source: SyntheticSource): Promise<SyntheticSource> {
  if (source.kind === 'auxiliary') return source;
  const parameters = checkedParameters(source.generator, source.parameters);
  if (!describeGenerator(source.generator).needsNetwork) return { ...source, parameters, diffusionModelId: null };
  const id = source.diffusionModelId;
  const found = id === null ? 0 : await store.diffusionModel.count({ where: { id } });
  if (found > 0) return { ...source, parameters };
  throw new AssayError('model.missing', id === null ? 'DiffStyle needs a diffusion network.' : 'There is no such diffusion network.', { hint: 'docs/diffstyle.md says how to get one and to add it.' });
}

/** What `freezeSelection` has to know of the generator. */
export function generatorLimits(source: SyntheticSource): SelectionRequest['generator'] {
  if (source.kind === 'auxiliary') return null;
  const { generator } = source;
  return { fewest: fewestSeeds(generator), most: (seedCount) => mostImages(generator, seedCount) };
}
