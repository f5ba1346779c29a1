import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { ZipFile } from 'yazl';
import { decideManySchema } from '@/lib/api/contracts/bulk';
import { uploadSchema } from '@/lib/api/contracts/uploads';
import { toCsv } from '@/lib/figures/csv';
import { defaultModelId } from '@/lib/inference/registry';
import { decideMany } from '@/lib/services/bulk-decisions';
import { extractFeatures } from '@/lib/services/features';
import { createProject } from '@/lib/services/projects';
import { startProjection } from '@/lib/services/projections';
import { startRuns } from '@/lib/services/runs';
import { closeUpload, openUpload } from '@/lib/services/uploads';
import type { Instance } from '../instance';
import { ready } from '../ready';
import { cells } from '../table';
import { files, metadataHeader, type File } from './files';
import { image } from './images';

const perArchive = 5000;
const lookEveryMs = 1000;
const evaluators = ['EAP', 'RARITY', 'KNNSHAP'];

/** Name of the project of so many samples. */
export const workbenchName = (count: number): string => `Workbench of ${count}`;

/** The project of so many samples, with features, scores, decisions and a map; what an earlier call made is gone on with. */
export async function workbenchProject(instance: Instance, count: number): Promise<string> {
  const { context } = instance;
  const name = workbenchName(count);
  const known = await context.store.project.findUnique({ where: { name } });
  const projectId = known?.id ?? (await createProject(context, { name, objectName: 'plate' })).id;
  const step = async (what: string, work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    console.log(cells([what, ((performance.now() - started) / 1000).toFixed(0)]));
  };
  if ((await context.store.sample.count({ where: { projectId } })) < count) await step('upload and import', () => bringIn(instance, projectId, files(count)));
  if ((await context.store.featureSet.count({ where: { projectId, state: 'ready' } })) === 0) await step('extraction', () => extract(instance, projectId));
  const { id: featureSetId } = await context.store.featureSet.findFirstOrThrow({ where: { projectId, state: 'ready' } });
  for (const evaluator of evaluators) {
    if ((await context.store.run.count({ where: { projectId, evaluator, state: 'ready' } })) > 0) continue;
    await step(evaluator, async () => {
      const { runs } = await startRuns(context, { projectId, featureSetId, seed: 0, runs: [{ evaluator, preset: 'paper', parameters: {} }] });
      await ready(context, () => context.store.run.findUniqueOrThrow({ where: { id: runs[0]!.id } }));
    });
  }
  if ((await context.store.sampleState.count({ where: { projectId } })) === 0) await step('decisions', () => acceptBest(instance, projectId));
  if ((await context.store.projection.count({ where: { projectId, state: 'ready' } })) === 0) {
    await step('t-SNE', async () => {
      const { id } = await startProjection(context, { projectId, featureSetId, method: 't-SNE', seed: 0, perplexity: 30, learningRate: null, neighbours: 15, minimalDistance: 0.1 });
      await ready(context, () => context.store.projection.findUniqueOrThrow({ where: { id } }));
    });
  }
  return projectId;
}

/** Sends the files in archives, with their metadata, and waits until all are samples. */
async function bringIn(instance: Instance, projectId: string, all: readonly File[]): Promise<void> {
  const { id: uploadId } = await openUpload(instance.context, { projectId });
  const route = `/projects/${projectId}/uploads/${uploadId}`;
  const lines = all.flatMap(({ metadata }) => (metadata.length > 0 ? [metadata] : []));
  await accepted(instance.request('PUT', `${route}/metadata?name=metadata.csv`, Buffer.from(toCsv(metadataHeader, lines))));
  for (let from = 0; from < all.length; from += perArchive) {
    await accepted(instance.request('PUT', `${route}/archive?name=part-${from / perArchive}.zip`, await archive(all.slice(from, from + perArchive))));
  }
  await closeUpload(instance.context, { projectId, uploadId });
  for (;;) {
    const { state, counts } = uploadSchema.parse(JSON.parse((await accepted(instance.request('GET', route))).toString()));
    if (counts.refused) throw new Error(`${counts.refused} files were refused`);
    if (state === 'closed' && (counts.stored ?? 0) >= all.length) return;
    await delay(lookEveryMs);
  }
}

async function archive(part: readonly File[]): Promise<Buffer> {
  const zip = new ZipFile();
  const out = zip.outputStream.pipe(new PassThrough());
  for (const { path, number, flaw } of part) zip.addBuffer(await image(number, flaw), path, { compress: false });
  zip.end();
  return buffer(out);
}

async function extract({ context }: Instance, projectId: string): Promise<void> {
  const model = await context.store.model.findFirstOrThrow({ where: { builtIn: true, manifest: { path: ['id'], equals: defaultModelId } } });
  const { id } = await extractFeatures(context, { projectId, modelId: model.id });
  await ready(context, () => context.store.featureSet.findUniqueOrThrow({ where: { id } }));
}

/** Accepts what EAP values most: a third of the auxiliary samples. */
async function acceptBest({ context }: Instance, projectId: string): Promise<void> {
  const { id: runId } = await context.store.run.findFirstOrThrow({ where: { projectId, evaluator: 'EAP', state: 'ready' } });
  const scored = await context.store.score.count({ where: { runId } });
  const [last] = await context.store.score.findMany({ where: { runId }, orderBy: { quality: 'desc' }, skip: Math.floor(scored / 3), take: 1, select: { quality: true } });
  const rule = { runId, filter: { roles: ['auxiliary'], quality: [last?.quality ?? null, null] } };
  await decideMany(context, decideManySchema.parse({ projectId, groupId: randomUUID(), target: { rule }, verdict: 'accepted', runId }));
}

async function accepted(answering: ReturnType<Instance['request']>): Promise<Buffer> {
  const { status, body } = await answering;
  if (status >= 300) throw new Error(`HTTP ${status}: ${body.toString()}`);
  return body;
}
