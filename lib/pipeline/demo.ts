import { generateDemoSet } from '@/lib/demo/demo-set';
import { encodeDemoImage, encodeDemoMask } from '@/lib/demo/encode';
import { demoProducts } from '@/lib/demo/products/catalogue';
import type { DemoSample } from '@/lib/demo/types';
import type { FileMetadata } from '@/lib/api/contracts/uploads';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { defaultModelId } from '@/lib/inference/registry';
import type { JobResult } from '@/lib/jobs/definition';
import type { PrismaClient, Project } from '@/lib/store/generated/client';
import { applyMetadata } from '@/lib/store/uploads/sample-roles';
import type { PipelineContext } from './context';
import { extractFeatureSet } from './extract';
import { importUpload } from './import';
import { computeProjection } from './project';
import { scoreRun } from './score';

/** Seed of the demo's run and map. */
const DEMO_SEED = 1;
const DEMO_PERPLEXITY = 30;

/**
 * Draws one demo product and takes it through the whole pipeline: import, features, scores, map. Every step is skipped
 * when an earlier attempt has finished it.
 */
export async function createDemo({ projectId, seed }: { projectId: string; seed: number }, context: PipelineContext): Promise<JobResult> {
  const project = await context.store.project.findUniqueOrThrow({ where: { id: projectId } });
  await importUpload({ uploadId: await drawnUpload(project, seed, context) }, context);
  const featureSetId = await featureSetOf(project, context.store);
  await extractFeatureSet({ featureSetId }, context);
  const runId = await runOf(project, featureSetId, context.store);
  await scoreRun({ runId }, context);
  const projectionId = await projectionOf(project, featureSetId, context.store);
  await computeProjection({ projectionId }, context);
  return { projectId, runId, projectionId };
}

/** An upload whose files are all received: drawn now, or by an earlier attempt. */
async function drawnUpload({ id: projectId, demoProduct }: Project, seed: number, context: PipelineContext): Promise<string> {
  const { store } = context;
  const present = await store.upload.findFirst({ where: { projectId }, orderBy: { id: 'asc' } });
  if (present?.state === 'closed') return present.id;
  const product = demoProducts.find(({ id }) => id === demoProduct);
  if (product === undefined) throw new AssayError('parameter.invalid', `There is no demo product named ${demoProduct}.`);
  const { id: uploadId } = present ?? (await store.upload.create({ data: { projectId } }));
  const metadata = new Map<string, FileMetadata>();
  let done = 0;
  for (const sample of generateDemoSet(product, seed)) {
    context.signal.throwIfAborted();
    await receive(sample, uploadId, context);
    metadata.set(sample.path, metadataOf(sample));
    context.progress({ step: `drawing the ${product.objectName}`, done: ++done, total: null, unit: 'images' });
  }
  await store.$transaction(async (transaction) => {
    await applyMetadata(transaction, uploadId, 'metadata.jsonl', { rows: metadata, problems: [] });
    await transaction.upload.update({ where: { id: uploadId }, data: { state: 'closed', closedAt: new Date() } });
  });
  return uploadId;
}

async function receive(sample: DemoSample, uploadId: string, { store, blobs }: PipelineContext): Promise<void> {
  const image = await encodeDemoImage(sample);
  const files = [{ path: sample.path, content: image }];
  const mask = await encodeDemoMask(sample);
  if (mask !== undefined) files.push({ path: maskPath(sample.path), content: mask });
  const data = await Promise.all(
    files.map(async ({ path, content }) => ({ uploadId, path, bytes: content.length, sha256: await blobs.put(content), state: 'received' as const })),
  );
  await store.uploadFile.createMany({ data, skipDuplicates: true });
}

/** test/scratch/003.png has its mask at ground_truth/scratch/003_mask.png, as in MVTec AD. */
function maskPath(path: string): string {
  return path.replace(/^[^/]+/, 'ground_truth').replace(/\.png$/, '_mask.png');
}

function metadataOf({ generator, parameters, defectType, seed }: DemoSample): FileMetadata {
  return { generator, parameters: { ...parameters, seed }, ...(defectType === undefined ? {} : { defectType }) };
}

async function featureSetOf({ id: projectId }: Project, store: PrismaClient): Promise<string> {
  const present = await store.featureSet.findFirst({ where: { projectId, state: { in: ['pending', 'ready'] } }, orderBy: { createdAt: 'asc' } });
  if (present !== null) return present.id;
  const model = await store.model.findFirst({ where: { builtIn: true, manifest: { path: ['id'], equals: defaultModelId } } });
  if (model === null) throw new AssayError('model.missing', 'The embedded extractor is not registered.', { hint: 'Restart the worker.' });
  return (await store.featureSet.create({ data: { projectId, modelId: model.id, dim: model.dim } })).id;
}

async function runOf({ id: projectId }: Project, featureSetId: string, store: PrismaClient): Promise<string> {
  const present = await store.run.findFirst({ where: { featureSetId, state: { in: ['pending', 'ready'] } }, orderBy: { createdAt: 'asc' } });
  if (present !== null) return present.id;
  const data = { projectId, featureSetId, evaluator: 'EAP', preset: 'paper', parameters: {}, seed: DEMO_SEED, codeVersion: env().version };
  return (await store.run.create({ data })).id;
}

async function projectionOf({ id: projectId }: Project, featureSetId: string, store: PrismaClient): Promise<string> {
  const present = await store.projection.findFirst({ where: { featureSetId, state: { in: ['pending', 'ready'] } }, orderBy: { createdAt: 'asc' } });
  if (present !== null) return present.id;
  const data = { projectId, featureSetId, method: 't-SNE', parameters: { perplexity: DEMO_PERPLEXITY }, seed: DEMO_SEED };
  return (await store.projection.create({ data })).id;
}
