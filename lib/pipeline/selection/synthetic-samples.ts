import { generationSummarySchema } from '@/lib/api/contracts/generators';
import type { SyntheticSource } from '@/lib/api/contracts/selections';
import { env } from '@/lib/env';
import type { Generation, Selection } from '@/lib/store/generated/client';
import { freezeGeneration } from '@/lib/store/generations/freeze';
import { fewestSeeds, mostImages } from '@/lib/synthesis/describe';
import type { PipelineContext } from '../context';
import { generateAnomalies } from '../generate';
import { phase } from './phase';

type Row = Pick<Selection, 'id' | 'projectId' | 'seedSampleIds' | 'syntheticSampleIds' | 'generationId' | 'jobId' | 'createdById'>;
type GeneratorSource = Extract<SyntheticSource, { kind: 'generator' }>;

/**
 * The synthetic anomalies of a selection of models or prompts. Those of a generator are made now, of X_seed alone, as a batch like any other; a batch that
 * was made of the same seed images in the same way serves again. What is made is stored at once, so that a killed job goes on with it.
 * @returns ids of the samples that still exist, in a fixed order
 * @throws as `generateAnomalies`
 */
export async function syntheticSamples(selection: Row, source: SyntheticSource, seed: number, context: PipelineContext): Promise<readonly string[]> {
  if (source.kind === 'auxiliary' || selection.syntheticSampleIds.length > 0) return selection.syntheticSampleIds;
  const generation = await batchOf(selection, source, seed, context);
  const ids = await samplesOf(generation, phase(context, 'synthetic anomalies'));
  await context.store.selection.update({ where: { id: selection.id }, data: { syntheticSampleIds: ids, generationId: generation.id }, select: { id: true } });
  return ids;
}

async function batchOf(selection: Row, source: GeneratorSource, seed: number, { store }: PipelineContext): Promise<Generation> {
  const begun = selection.generationId === null ? null : await store.generation.findUnique({ where: { id: selection.generationId } });
  if (begun !== null) return begun;
  return (await earlierBatch(selection, source, seed, store)) ?? newBatch(selection, source, seed, store);
}

/** A complete batch of the same seed images, generator, parameters and seed, all of whose samples are still there. */
async function earlierBatch({ projectId, seedSampleIds }: Row, source: GeneratorSource, seed: number, store: PipelineContext['store']): Promise<Generation | null> {
  const { generator, parameters, perSeed, diffusionModelId } = source;
  const candidates = await store.generation.findMany({
    where: {
      projectId, generator, seed, diffusionModelId,
      state: 'ready',
      qualityLabel: null,
      count: perSeed * seedSampleIds.length,
      parameters: { equals: parameters },
      codeVersion: env().version,
      seedSampleIds: { equals: [...seedSampleIds].sort() },
    },
    include: { _count: { select: { samples: { where: { role: 'auxiliary' } } } } },
    orderBy: { createdAt: 'desc' },
  });
  const whole = candidates.find(({ count, _count }) => _count.samples === count);
  if (whole === undefined) return null;
  const { _count, ...generation } = whole;
  return generation;
}

function newBatch(selection: Row, source: GeneratorSource, seed: number, store: PipelineContext['store']): Promise<Generation> {
  const { id, projectId, seedSampleIds, jobId, createdById } = selection;
  const { generator, parameters, perSeed, diffusionModelId } = source;
  return store.$transaction(async (transaction) => {
    const generation = await freezeGeneration(transaction, projectId, {
      generator, parameters, seed, diffusionModelId, createdById,
      count: perSeed * seedSampleIds.length,
      seeds: seedSampleIds,
      limit: (ids) => ids,
      fewest: fewestSeeds(generator),
      most: (seedCount) => mostImages(generator, seedCount),
      qualityLabel: null,
      codeVersion: env().version,
      browserMayMake: false,
    });
    await transaction.selection.update({ where: { id }, data: { generationId: generation.id }, select: { id: true } });
    return transaction.generation.update({ where: { id: generation.id }, data: { jobId } });
  });
}

/** Samples of the batch by their numbers, then those that the project had already from another one, to the byte. */
async function samplesOf(generation: Generation, context: PipelineContext): Promise<string[]> {
  const { store } = context;
  const { id, projectId } = generation;
  const there: string[] = [];
  // Which images were there already is known only while they are made: a batch that ended without telling is gone through once more.
  const untold = generation.state === 'ready' && generationSummarySchema.parse(generation.summary).duplicates > 0;
  if (untold || generation.state === 'failed' || generation.state === 'cancelled') await store.generation.update({ where: { id }, data: { state: 'pending' } });
  await generateAnomalies({ generationId: id }, context, (sha256) => there.push(sha256));
  const made = await store.sample.findMany({ where: { generationId: id, role: 'auxiliary' }, select: { id: true }, orderBy: { generationIndex: 'asc' } });
  const earlier = await store.sample.findMany({ where: { projectId, role: 'auxiliary', sha256: { in: there } }, select: { id: true }, orderBy: { sha256: 'asc' } });
  return [...made, ...earlier].map((sample) => sample.id);
}
