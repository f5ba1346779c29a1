import { prototypeSettingsSchema } from '@/lib/api/contracts/prototypes';
import type { JobResult } from '@/lib/jobs/definition';
import { searchPrototypes } from '@/lib/scoring/prototypes';
import { computeWith } from '../compute/compute';
import type { PipelineContext } from '../context';
import { readVectors } from '../vectors';

/**
 * Computes a search for prototypes of normality in a feature set and stores all of it at once. One that is no longer pending is left alone, so
 * that a job that runs twice changes nothing.
 */
export async function findProjectPrototypes({ searchId }: { searchId: string }, context: PipelineContext): Promise<JobResult> {
  const started = performance.now();
  const search = await context.store.prototypeSearch.findUniqueOrThrow({ where: { id: searchId } });
  if (search.state !== 'pending') return { searchId };
  context.progress({ step: 'reading vectors', done: 0, total: null, rate: null });
  const vectors = await readVectors(context, search.featureSetId);
  const { summary, tail } = await searchPrototypes(vectors, prototypeSettingsSchema.parse(search.settings), computeWith(context));
  const seconds = (performance.now() - started) / 1000;
  await context.store.prototypeSearch.updateMany({ where: { id: searchId, state: 'pending' }, data: { state: 'ready', summary: { ...summary, seconds }, tail } });
  return { searchId, chosen: summary.chosen.length, seconds };
}
