import type { Generation } from '@/lib/api/contracts/generators';
import { countOf } from '@/lib/figures/format';
import { describeGenerator } from '@/lib/synthesis/describe';
import type { BatchItem } from './compute-item';

export function batchItem(projectId: string, { id, seed, generator, parameters, count, state }: Pick<Generation, 'id' | 'seed' | 'generator' | 'parameters' | 'count' | 'state'>): BatchItem {
  return { kind: 'batch', id, projectId, seed, title: `${countOf(count, 'image')} by ${describeGenerator(generator).name}, seed ${seed}`, generator, parameters, count, again: state !== 'pending' };
}
