import type { FeatureSet, Selection } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import { extractFeatureSet } from '../extract';

type Row = Pick<Selection, 'id' | 'projectId' | 'jobId' | 'createdById'>;
type Wanted = { readonly modelId: string; readonly dim: number };

/**
 * A ready feature set of the project by one network that holds the needed samples. Where there is none, one is made here and noted on the selection at once,
 * so that a killed job goes on with it; images that give no vector stay missing. `noted` are the sets that the selection has already, which come first.
 * @throws as `extractFeatureSet`
 */
export async function coveringSet(selection: Row, { modelId, dim }: Wanted, needed: readonly string[], noted: readonly string[], context: PipelineContext): Promise<FeatureSet> {
  const { store } = context;
  const sets = await store.featureSet.findMany({ where: { projectId: selection.projectId, modelId }, orderBy: { createdAt: 'desc' } });
  const own = sets.find(({ id }) => noted.includes(id));
  for (const set of own === undefined ? sets : [own, ...sets]) {
    if (set.state === 'ready' && (await covers(set.id, needed, store))) return set;
  }
  // One that was made for this selection holds all that can be had.
  if (own?.jobId === selection.jobId && own?.state === 'ready' && own.jobId !== null) return own;
  const begun = own !== undefined && own.state !== 'ready' ? own : await newSet(selection, { modelId, dim }, noted, store);
  if (begun.state !== 'pending') await store.featureSet.update({ where: { id: begun.id }, data: { state: 'pending' } });
  await extractFeatureSet({ featureSetId: begun.id }, context);
  return store.featureSet.findUniqueOrThrow({ where: { id: begun.id } });
}

function newSet({ id, projectId, jobId, createdById }: Row, wanted: Wanted, noted: readonly string[], store: PipelineContext['store']): Promise<FeatureSet> {
  return store.$transaction(async (transaction) => {
    const set = await transaction.featureSet.create({ data: { projectId, jobId, createdById, ...wanted } });
    await transaction.selection.update({ where: { id }, data: { featureSetIds: [...noted, set.id] }, select: { id: true } });
    return set;
  });
}

async function covers(featureSetId: string, needed: readonly string[], store: PipelineContext['store']): Promise<boolean> {
  const held = await heldSamples(featureSetId, store);
  return needed.every((id) => held.has(id));
}

/** Samples that a feature set holds a vector of. */
export async function heldSamples(featureSetId: string, store: PipelineContext['store']): Promise<ReadonlySet<string>> {
  const chunks = await store.featureChunk.findMany({ where: { featureSetId }, select: { sampleIds: true } });
  return new Set(chunks.flatMap(({ sampleIds }) => sampleIds));
}
