import type { z } from 'zod';
import {
  modelSelectionSettingsSchema,
  modelSelectionSummarySchema,
  type ModelSelection,
  type modelSelectionListSchema,
  type startModelSelectionSchema,
  type SyntheticSource,
} from '@/lib/api/contracts/selections';
import { recordEvent } from '@/lib/audit/record';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { PrismaClient, Selection } from '@/lib/store/generated/client';
import { freezeSelection } from '@/lib/store/selections/freeze';
import { networksOnly } from '@/lib/store/vectors/given-values';
import { divideSupport } from '@/lib/synthesis/selection-support';
import type { ServiceContext } from './context';
import { namesOf } from './names';
import { requireServerProject } from './private-projects';
import { checkedSource, generatorLimits } from './selection-source';

const LIST_LIMIT = 50;
const KIND = 'models';

type OfProject = { readonly projectId: string };
type OfSelection = OfProject & { readonly selectionId: string };

/** Selections of models of a project, newest first. */
export async function listModelSelections({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof modelSelectionListSchema>> {
  const rows = await store.selection.findMany({ where: { projectId, kind: KIND }, omit: samples, orderBy: { createdAt: 'desc' }, take: LIST_LIMIT });
  return { selections: await toDtos(store, rows) };
}

/** @throws AssayError `request.not_found` */
export async function getModelSelection({ store }: ServiceContext, { projectId, selectionId }: OfSelection): Promise<ModelSelection> {
  const row = await store.selection.findFirst({ where: { id: selectionId, projectId, kind: KIND }, omit: samples });
  if (row === null) throw notFound();
  return (await toDtos(store, [row]))[0]!;
}

/** Key of the blob with the map and all scores. @throws AssayError `request.not_found` until it is ready */
export async function selectionValuesBlob({ store }: ServiceContext, { projectId, selectionId }: OfSelection): Promise<string> {
  const row = await store.selection.findFirst({ where: { id: selectionId, projectId, kind: KIND }, select: { valuesSha256: true } });
  if (row === null) throw notFound();
  if (row.valuesSha256 === null) throw new AssayError('request.not_found', 'This selection is not made yet.', { hint: 'Wait for its job to end.' });
  return row.valuesSha256;
}

/**
 * Starts a selection of models: one job makes the synthetic anomalies and the vectors that are missing, and compares.
 * @throws AssayError `project.private`, `model.missing` without an extractor, `data.mixed`, `data.too_few_rows`, `parameter.invalid`, `request.not_found`
 */
export async function startModelSelection({ store, actor }: ServiceContext, input: z.output<typeof startModelSelectionSchema>): Promise<ModelSelection> {
  const { projectId, ...settings } = input;
  await requireServerProject(store, projectId, 'A selection of models');
  const synthetic = await checkedSource(store, settings.synthetic);
  const { modelIds, detectors } = await checkedCandidates(store, projectId, settings);
  const id = await store.$transaction(async (transaction) => {
    const row = await freezeSelection(transaction, projectId, {
      kind: KIND,
      settings: { ...settings, modelIds, detectors },
      synthetic,
      divide: (normals) => divideSupport(normals, settings),
      generator: generatorLimits(synthetic),
      codeVersion: env().version,
      createdById: actor.userId,
    });
    const job = await enqueueJob(transaction, { kind: 'select_models', projectId, createdById: actor.userId, input: { selectionId: row.id } });
    await recordEvent(transaction, { actor, projectId }, { type: 'selection.started', selectionId: row.id, kind: KIND, candidates: Math.max(1, modelIds.length) * detectors.length, seed: settings.seed });
    await transaction.selection.update({ where: { id: row.id }, data: { jobId: job.id }, select: { id: true } });
    return row.id;
  });
  const row = await store.selection.findUniqueOrThrow({ where: { id }, omit: samples });
  return (await toDtos(store, [row]))[0]!;
}

/** Extractors and detectors without repetitions. In a project of feature vectors there is nothing to choose among extractors. */
async function checkedCandidates(store: PrismaClient, projectId: string, settings: z.infer<typeof modelSelectionSettingsSchema>) {
  const modelIds = [...new Set(settings.modelIds)];
  const detectors = [...new Set(settings.detectors)];
  const project = await store.project.findUniqueOrThrow({ where: { id: projectId }, select: { kind: true } });
  if (project.kind === 'vector') return { modelIds: [], detectors };
  if (modelIds.length === 0) throw new AssayError('model.missing', 'No extractor is chosen.', { hint: 'Choose at least one network of the library.' });
  const known = await store.model.count({ where: { id: { in: modelIds }, ...networksOnly } });
  if (known < modelIds.length) throw new AssayError('model.missing', 'One of the chosen extractors is not in the library any more.', { hint: 'Load the list again and choose anew.' });
  return { modelIds, detectors };
}

/** Ids of samples stay in the database: there may be many thousands. */
const samples = { seedSampleIds: true, heldOutSampleIds: true, syntheticSampleIds: true } as const;
type Row = Omit<Selection, keyof typeof samples>;
type Sizes = ModelSelection['chosen'];

async function toDtos(store: PrismaClient, rows: readonly Row[]): Promise<ModelSelection[]> {
  const [sizes, names] = await Promise.all([sizesOf(store, rows), namesOf(store, rows.map(({ createdById }) => createdById))]);
  return rows.map((row) => toDto(row, sizes.get(row.id)!, row.createdById === null ? null : (names.get(row.createdById) ?? null)));
}

function toDto(row: Row, chosen: Sizes, createdBy: string | null): ModelSelection {
  const { id, state, generationId, featureSetIds, codeVersion, jobId, createdAt } = row;
  const settings = modelSelectionSettingsSchema.parse(row.settings);
  return {
    id, state, generationId, featureSetIds, codeVersion, jobId, createdBy, settings,
    kind: KIND,
    chosen: { ...chosen, synthetic: plannedAnomalies(settings.synthetic, chosen) },
    summary: row.summary === null ? null : modelSelectionSummarySchema.parse(row.summary),
    createdAt: createdAt.toISOString(),
  };
}

/** Until a generator has made its anomalies, as many as it was asked for. */
export function plannedAnomalies(source: SyntheticSource, { seeds, synthetic }: Sizes): number {
  return source.kind === 'generator' && synthetic === 0 ? source.perSeed * seeds : synthetic;
}

/** How many samples each selection holds of each kind. */
export async function sizesOf(store: PrismaClient, rows: readonly { readonly id: string }[]): Promise<Map<string, Sizes>> {
  const counted = await store.$queryRaw<(Sizes & { id: string })[]>`
    SELECT "id"::text AS id, cardinality("seedSampleIds") AS seeds, cardinality("heldOutSampleIds") AS "heldOut", cardinality("syntheticSampleIds") AS synthetic
    FROM "Selection" WHERE "id" = ANY(${rows.map(({ id }) => id)}::uuid[])`;
  return new Map(counted.map(({ id, ...sizes }) => [id, sizes]));
}

function notFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such selection in this project.');
}
