import { diversePickSettingsSchema } from '@/lib/api/contracts/keep';
import type { JobResult } from '@/lib/jobs/definition';
import { pickSamples } from '@/lib/scoring/diverse-pick';
import { computeWith } from '../compute/compute';
import type { PipelineContext } from '../context';
import { readVectors } from '../vectors';
import { runQualities } from './run-qualities';

/** Makes a diverse choice and stores it. One that is no longer pending is left alone, so that a job that runs twice changes nothing. */
export async function pickProjectDiverse({ pickId }: { pickId: string }, context: PipelineContext): Promise<JobResult> {
  const started = performance.now();
  const pick = await context.store.diversePick.findUniqueOrThrow({ where: { id: pickId }, include: { run: true } });
  if (pick.state !== 'pending') return { pickId };
  context.progress({ step: 'reading vectors', done: 0, total: null, rate: null });
  const quality = await runQualities(context, pick.run);
  const vectors = await readVectors(context, pick.run.featureSetId);
  const { weight } = diversePickSettingsSchema.parse(pick.settings);
  const { poolIds, acceptedIds, count, seed } = pick;
  const { summary, sampleIds } = await pickSamples(vectors, { poolIds, acceptedIds, quality, count, weight, seed }, computeWith(context));
  const seconds = (performance.now() - started) / 1000;
  await context.store.diversePick.updateMany({ where: { id: pickId, state: 'pending' }, data: { state: 'ready', summary: { ...summary, seconds }, sampleIds } });
  return { pickId, picked: sampleIds.length, seconds };
}
