import { modelSelectionSettingsSchema, type ModelSelectionSummary } from '@/lib/api/contracts/selections';
import type { JobResult } from '@/lib/jobs/definition';
import type { PipelineContext } from '../context';
import { candidatesOf, scoreExtractors } from './candidates';
import { chooseAmong } from './choose';
import { heldSamples } from './covering-set';
import { selectionExtractors } from './extractors';
import { phase } from './phase';
import { syntheticSamples } from './synthetic-samples';
import { commonSamples, idsOf, samplesTakingPart } from './taking-part';
import { selectionColumns, selectionMap } from './values';

/**
 * Chooses an extractor and a detector by synthetic anomalies (SWSA paper, Section 3.1): makes the anomalies, extracts what is missing,
 * scores, selects, draws the map, and stores all of it in one transaction. Batch and feature sets are noted on the row as soon as they exist; a killed or
 * cancelled job goes on with them.
 * @throws as its phases do
 */
export async function selectModels({ selectionId }: { selectionId: string }, context: PipelineContext): Promise<JobResult> {
  const started = performance.now();
  const { store } = context;
  const selection = await store.selection.findUniqueOrThrow({ where: { id: selectionId } });
  if (selection.state === 'ready') return { selectionId };
  const settings = modelSelectionSettingsSchema.parse(selection.settings);
  const syntheticIds = await syntheticSamples(selection, settings.synthetic, settings.seed, context);
  const all = await samplesTakingPart(selection, syntheticIds, context);
  const extractors = await selectionExtractors(selection, settings.modelIds, idsOf(all), context);
  const held = await Promise.all(extractors.map(({ set }) => heldSamples(set.id, store)));
  const { parts, leftOut } = commonSamples(all, held);

  const scored = await scoreExtractors(extractors, parts, settings, context);
  const candidates = candidatesOf(scored, settings.detectors);
  const choice = await chooseAmong({ scored, candidates, parts, leftOut }, settings, phase(context, 'choosing'));
  const pick = choice.candidates[choice.pick]!;
  const map = await selectionMap(pick.featureSetId, parts, settings.seed, phase(context, 'drawing the map'));
  context.progress({ step: 'storing', total: null, rate: null });
  const valuesSha256 = await context.blobs.put(selectionColumns(parts, candidates, map));
  const summary: ModelSelectionSummary = { ...choice, seconds: (performance.now() - started) / 1000 };
  await store.selection.updateMany({ where: { id: selectionId, state: 'pending' }, data: { state: 'ready', summary, valuesSha256 } });
  context.logger.info({ selectionId, model: pick.modelName, detector: pick.detector, candidates: candidates.length }, 'model selected');
  return { selectionId, model: pick.modelName, detector: pick.detector, auroc: pick.synthetic.auroc };
}
