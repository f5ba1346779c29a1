import type { PromptEmbeddings, TextHead } from '@/lib/anomaly/selection/zero-shot';
import { promptSelectionSettingsSchema, type PromptSelectionSettings, type PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { selectionParts as partNames } from '@/lib/api/contracts/selections';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import { promptColumns, type PartRows } from '@/lib/scoring/prompts/columns';
import { explainPick, selectionParts, tuneByEvaluators } from '@/lib/scoring/prompts/result';
import type { ChosenPrompt } from '@/lib/scoring/prompts/select';
import type { Vectors } from '@/lib/scoring/vectors';
import type { Selection, TextTower } from '@/lib/store/generated/client';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import { textHead } from '../prompt-texts';
import { heldSamples } from '../selection/covering-set';
import { selectionExtractors } from '../selection/extractors';
import { phase } from '../selection/phase';
import { syntheticSamples } from '../selection/synthetic-samples';
import { commonSamples, idsOf, samplesTakingPart, type TakingPart } from '../selection/taking-part';
import { readVectors } from '../vectors';
import { embedPairs } from './embed-pairs';
import { valueSynthetic } from './value-synthetic';

/**
 * Selects a prompt pair of an image-text model for a project (SWSA paper, Section 4.3; EAP paper, Q4 and Table 2): makes the synthetic anomalies, the image
 * embeddings and text embeddings that are missing, scores, lets every evaluator choose too, and stores the result. Can be stopped or killed at any moment
 * and run again: anomalies, vectors and text embeddings that were stored are not made again. A ready selection is never changed.
 * @throws AssayError `model.missing` when the pair was removed since, `data.too_few_rows`, and as its phases do
 */
export async function selectProjectPrompt({ selectionId }: { selectionId: string }, context: PipelineContext): Promise<JobResult> {
  const started = performance.now();
  const selection = await context.store.selection.findUniqueOrThrow({ where: { id: selectionId } });
  if (selection.state === 'ready') return { selectionId };
  const settings = promptSelectionSettingsSchema.parse(selection.settings);
  const tower = await requireTower(settings, context);
  const { parts, leftOut, own, other } = await embeddedImages(selection, settings, tower, context);
  const texts = await timed(() => embedPairs(settings, tower.id, phase(context, 'embedding the prompts')));
  const rows = rowsOfParts(own, parts);
  const scoring = await timed(() => scorePrompts({ settings, head: textHead(tower), vectors: own, parts, rows, prompts: texts.value.prompts }, context));
  const evaluators = await timed(() => valueSynthetic(settings.evaluators, other ?? own, other === null ? rows : rowsOfParts(other, parts), settings.seed, context));
  const chosen = scoring.value;
  const summary: PromptSelectionSummary = {
    ...selectionParts(chosen),
    ...explainPick(chosen, parts.synthetic.map(({ id }) => id)),
    sizes: { ...sizesOf(parts), leftOut },
    head: textHead(tower).kind,
    truncatedTexts: texts.value.truncated,
    evaluators: tuneByEvaluators(evaluators.value, chosen, settings.seed),
    seconds: { total: (performance.now() - started) / 1000, texts: texts.seconds, scoring: scoring.seconds, evaluators: evaluators.seconds },
  };
  context.progress({ step: 'storing', total: null, rate: null });
  const valuesSha256 = await context.blobs.put(promptColumns(own.samples, rows, chosen.images));
  await context.store.selection.updateMany({ where: { id: selectionId, state: 'pending' }, data: { state: 'ready', summary, valuesSha256 } });
  context.logger.info({ selectionId, model: settings.modelName, pairs: settings.pairs.length, seconds: summary.seconds }, 'prompt selected');
  return { selectionId, pick: summary.pick.index, auroc: summary.pick.value };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - started) / 1000 };
}

async function requireTower({ textTowerId, modelName }: PromptSelectionSettings, { store }: PipelineContext): Promise<TextTower> {
  const tower = await store.textTower.findUnique({ where: { id: textTowerId } });
  if (tower !== null) return tower;
  throw new AssayError('model.missing', `The image-text pair ${modelName} was removed from the library.`, { hint: 'Add it again and start another selection.' });
}

type Embedded = { readonly parts: TakingPart; readonly leftOut: number; readonly own: Vectors; /** What evaluators value by, where that is another network. */ readonly other: Vectors | null };

/** The samples that take part and their vectors, by the image tower and by the network that evaluators value by; what is missing is made. */
async function embeddedImages(selection: Selection, settings: PromptSelectionSettings, { modelId }: TextTower, context: PipelineContext): Promise<Embedded> {
  const syntheticIds = await syntheticSamples(selection, settings.synthetic, settings.seed, context);
  const all = await samplesTakingPart(selection, syntheticIds, context);
  const otherId = await evaluatorModel(settings, modelId, context);
  const sets = await selectionExtractors(selection, otherId === null ? [modelId] : [modelId, otherId], idsOf(all), context);
  const held = await Promise.all(sets.map(({ set }) => heldSamples(set.id, context.store)));
  const { parts, leftOut } = commonSamples(all, held);
  const [own, other] = sets;
  return { parts, leftOut, own: await readVectors(context, own!.set.id), other: other === undefined ? null : await readVectors(context, other.set.id) };
}

async function evaluatorModel({ evaluatorFeatureSetId, evaluators }: PromptSelectionSettings, own: string, { store }: PipelineContext): Promise<string | null> {
  if (evaluatorFeatureSetId === null || evaluators.length === 0) return null;
  const set = await store.featureSet.findUnique({ where: { id: evaluatorFeatureSetId }, select: { modelId: true } });
  if (set === null) throw new AssayError('request.not_found', 'The vectors that evaluators were to value by were removed.', { hint: 'Start another selection.' });
  return set.modelId === own ? null : set.modelId;
}

function rowsOfParts({ samples }: Vectors, parts: TakingPart): PartRows {
  const at = new Map(samples.map(({ id }, row) => [id, row]));
  return Object.fromEntries(partNames.map((name) => [name, parts[name].map(({ id }) => at.get(id)!)])) as unknown as PartRows;
}

type Scoring = { readonly settings: PromptSelectionSettings; readonly head: TextHead; readonly vectors: Vectors; readonly parts: TakingPart; readonly rows: PartRows; readonly prompts: PromptEmbeddings };

function scorePrompts({ settings: { seed, draws }, head, vectors: { data, dim }, parts, rows, prompts }: Scoring, context: PipelineContext): Promise<ChosenPrompt> {
  context.progress({ step: 'scoring the prompts', done: 0, total: null, rate: null });
  const anomalies = parts['real-anomaly'];
  const real = anomalies.length === 0 ? null : { anomalies: rows['real-anomaly'], normals: rows['real-normal'], defectTypes: anomalies.map(({ defectType }) => defectType) };
  return compute('choosePrompt', { prompts, head, data, dim, heldOut: rows['held-out'], synthetic: rows.synthetic, real, seed, draws }, context);
}

function sizesOf(parts: TakingPart): Omit<PromptSelectionSummary['sizes'], 'leftOut'> {
  const anomalies = parts['real-anomaly'];
  const types = new Set(anomalies.flatMap(({ defectType }) => defectType ?? []));
  return {
    seeds: parts.seed.length,
    heldOut: parts['held-out'].length,
    synthetic: parts.synthetic.length,
    real: anomalies.length === 0 ? null : { anomalies: anomalies.length, normals: parts['real-normal'].length, types: types.size },
  };
}
