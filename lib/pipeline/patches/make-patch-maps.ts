import { AssayError } from '@/lib/errors';
import { modelManifestSchema } from '@/lib/inference/manifest';
import type { JobResult } from '@/lib/jobs/definition';
import { isGivenValues } from '@/lib/store/vectors/given-values';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import { extractPatches } from './extract-patches';
import { normalCandidates, patchSamples } from './normal-patches';
import { heatMapParameters } from './parameters';
import { noPatches, patchReading } from './patch-reading';
import { storeMaps } from './store-maps';

/**
 * Makes the heat maps of a feature set (docs/heat-maps.md): patches of all images by its network, stored in chunks; PatchCore's memory of those of training
 * normals; and for every sample the distance of each patch to it. Goes on after a kill or a cancellation with the chunks that are stored.
 * @throws AssayError `project.private`, `patches.none`, `data.too_few_rows`, `job.cancelled`
 */
export async function makePatchMaps({ featureSetId }: { featureSetId: string }, context: PipelineContext): Promise<JobResult> {
  const { store } = context;
  const set = await store.patchSet.findUniqueOrThrow({ where: { featureSetId }, include: { featureSet: { include: { model: true, project: true } } } });
  const { model, project } = set.featureSet;
  if (set.state === 'ready') return { featureSetId };
  if (project.isPrivate) throw new AssayError('project.private', 'The server has no images of a private project; it cannot make heat maps of them.');
  if (isGivenValues(model)) throw noPatches(model.name);
  context.progress({ step: 'loading the network', unit: 'images', rate: null });
  const manifest = modelManifestSchema.parse(model.manifest);
  const reading = await patchReading(model, manifest, set.seed, context);
  await takeOverChunks(set, project.id, reading.fingerprint, context);
  const { rows, columns, failures } = await extractPatches({ featureSetId, projectId: project.id, modelBytes: Number(model.bytes) }, manifest, reading, context);
  const samples = await patchSamples(featureSetId, project.id, context);
  context.progress({ step: 'choosing normal patches', done: 0, total: null, rate: null });
  const candidates = await normalCandidates(samples, set.seed, context);
  const memory = await compute('patchMemory', { candidates, parameters: { ...heatMapParameters.memory, seed: set.seed } }, context, { words: { 'core-set': 'choosing normal patches' }, unit: 'patches' });
  const scale = await storeMaps(featureSetId, samples, memory, { rows, columns }, manifest, context);
  await store.patchSet.update({ where: { featureSetId }, data: { state: 'ready', scale } });
  return { featureSetId, failures };
}

/** Keeps the chunks of an earlier attempt, or copies those of another set of the project, where everything that decides their numbers is the same. */
async function takeOverChunks(set: { featureSetId: string; fingerprint: string }, projectId: string, fingerprint: string, { store }: PipelineContext): Promise<void> {
  const { featureSetId } = set;
  if (set.fingerprint === fingerprint) return;
  await store.patchChunk.deleteMany({ where: { featureSetId } });
  const earlier = await store.patchSet.findFirst({ where: { fingerprint, state: 'ready', featureSet: { projectId } }, orderBy: { createdAt: 'desc' }, include: { chunks: true } });
  await store.$transaction([
    store.patchChunk.createMany({ data: (earlier?.chunks ?? []).map((chunk) => ({ ...chunk, featureSetId })) }),
    store.patchSet.update({ where: { featureSetId }, data: { fingerprint, parameters: heatMapParameters } }),
  ]);
}
