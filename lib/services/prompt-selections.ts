import type { z } from 'zod';
import { fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import {
  promptSelectionSettingsSchema,
  promptSelectionSummarySchema,
  type PromptSelection,
  type PromptSelectionLine,
  type promptSelectionListSchema,
  type startPromptSelectionSchema,
  type ZeroShotAnswer,
} from '@/lib/api/contracts/prompt-selections';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { PrismaClient, Selection } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { namesOf } from './names';
import { preparePrompts, PROMPTS } from './prompt-request';
import { plannedAnomalies, sizesOf } from './selections';

const LIST_LIMIT = 50;

type OfProject = { readonly projectId: string };
type OfSelection = OfProject & { readonly selectionId: string };

/** Ids of samples stay in the database. */
const samples = { seedSampleIds: true, heldOutSampleIds: true, syntheticSampleIds: true } as const;
type Row = Omit<Selection, keyof typeof samples>;

/** Selections of prompts of a project, newest first. */
export async function listPromptSelections({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof promptSelectionListSchema>> {
  const rows = await store.selection.findMany({ where: { projectId, kind: PROMPTS }, omit: samples, orderBy: { createdAt: 'desc' }, take: LIST_LIMIT });
  const names = await namesOf(store, rows.map(({ createdById }) => createdById));
  return { selections: rows.map((row) => toLine(row, row.createdById === null ? null : (names.get(row.createdById) ?? null))) };
}

/** @throws AssayError `request.not_found` */
export async function getPromptSelection({ store }: ServiceContext, { projectId, selectionId }: OfSelection): Promise<PromptSelection> {
  const row = await store.selection.findFirst({ where: { id: selectionId, projectId, kind: PROMPTS }, omit: samples });
  if (row === null) throw notFound();
  return toDto(store, row);
}

/** Key of the blob with the scores of all samples. @throws AssayError `request.not_found` until it is ready */
export async function promptColumnsBlob({ store }: ServiceContext, { projectId, selectionId }: OfSelection): Promise<string> {
  const row = await store.selection.findFirst({ where: { id: selectionId, projectId, kind: PROMPTS }, select: { valuesSha256: true } });
  if (row === null) throw notFound();
  if (row.valuesSha256 === null) throw new AssayError('request.not_found', 'This selection is not made yet.', { hint: 'Wait for its job to end.' });
  return row.valuesSha256;
}

/**
 * Starts a selection of a prompt pair: one job makes the synthetic anomalies and the embeddings that are missing, and compares.
 * @throws AssayError as `preparePrompts`, and `data.too_few_rows`
 */
export async function startPromptSelection({ store, actor }: ServiceContext, input: z.output<typeof startPromptSelectionSchema>): Promise<PromptSelection> {
  const { projectId, seed } = input;
  const { settings, freeze } = await preparePrompts(store, input);
  const id = await store.$transaction(async (transaction) => {
    const row = await freeze(transaction, actor.userId);
    const job = await enqueueJob(transaction, { kind: 'select_prompts', projectId, createdById: actor.userId, input: { selectionId: row.id } });
    await recordEvent(transaction, { actor, projectId }, { type: 'selection.started', selectionId: row.id, kind: PROMPTS, candidates: settings.pairs.length, seed });
    await transaction.selection.update({ where: { id: row.id }, data: { jobId: job.id }, select: { id: true } });
    return row.id;
  });
  return toDto(store, await store.selection.findUniqueOrThrow({ where: { id }, omit: samples }));
}

/** Score of one sample by the pick of the newest ready selection that holds it; null where there is none. */
export async function getZeroShotScore({ store }: ServiceContext, { projectId, sampleId }: OfProject & { sampleId: string }): Promise<ZeroShotAnswer> {
  const row = await store.selection.findFirst({ where: { projectId, kind: PROMPTS, state: 'ready', valuesSha256: { not: null } }, omit: samples, orderBy: { createdAt: 'desc' } });
  if (row === null || row.valuesSha256 === null) return { zeroShot: null };
  const bytes = await blobStore().read(row.valuesSha256);
  const { columns } = decodeColumns(new Uint8Array(bytes).buffer);
  const at = columns['id']?.type === 'uuid' ? unpackUuids(columns['id'].data).indexOf(sampleId) : -1;
  const [score, difference] = [columns['score']?.data[at], columns['difference']?.data[at]];
  if (at < 0 || score === undefined || difference === undefined) return { zeroShot: null };
  const settings = promptSelectionSettingsSchema.parse(row.settings);
  const { pick } = promptSelectionSummarySchema.parse(row.summary);
  const { normal, anomalous } = fillPromptPair(settings.pairs[pick.index]!, settings.objectName);
  return { zeroShot: { selectionId: row.id, modelName: settings.modelName, demonstration: settings.demonstration, normal, anomalous, score, difference } };
}

async function toDto(store: PrismaClient, row: Row): Promise<PromptSelection> {
  const { id, state, generationId, featureSetIds, codeVersion, jobId, createdById, createdAt } = row;
  const settings = promptSelectionSettingsSchema.parse(row.settings);
  const [sizes, names] = await Promise.all([sizesOf(store, [row]), namesOf(store, [createdById])]);
  const chosen = sizes.get(id)!;
  return {
    id, state, generationId, featureSetIds, codeVersion, jobId, settings,
    kind: PROMPTS,
    chosen: { ...chosen, synthetic: plannedAnomalies(settings.synthetic, chosen) },
    summary: row.summary === null ? null : promptSelectionSummarySchema.parse(row.summary),
    createdBy: createdById === null ? null : (names.get(createdById) ?? null),
    createdAt: createdAt.toISOString(),
  };
}

function toLine(row: Row, createdBy: string | null): PromptSelectionLine {
  const { id, state, jobId, createdAt } = row;
  const { modelName, demonstration, poolName, pairs, seed, synthetic, objectName } = promptSelectionSettingsSchema.parse(row.settings);
  const pick = row.summary === null ? null : promptSelectionSummarySchema.parse(row.summary).pick;
  const picked = pick === null ? null : { ...fillPromptPair(pairs[pick.index]!, objectName), auroc: pick.value };
  return { id, state, modelName, demonstration, poolName, pairs: pairs.length, seed, synthetic, picked, jobId, createdBy, createdAt: createdAt.toISOString() };
}

function notFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such selection in this project.');
}
