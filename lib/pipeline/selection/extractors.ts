import { modelManifestSchema } from '@/lib/inference/manifest';
import { AssayError } from '@/lib/errors';
import type { FeatureSet, Model, Selection } from '@/lib/store/generated/client';
import { givenValues, isGivenValues } from '@/lib/store/vectors/given-values';
import type { PipelineContext } from '../context';
import { coveringSet } from './covering-set';
import { phase } from './phase';

/** A network with its vectors of the project. */
export type SelectionExtractor = {
  readonly modelId: string;
  readonly name: string;
  /** What the manifest says, else as many weights in float32 as fit into the files; null where no network made the vectors. */
  readonly parameters: number | null;
  readonly set: FeatureSet;
};

type Row = Pick<Selection, 'id' | 'projectId' | 'jobId' | 'createdById' | 'featureSetIds'>;

/**
 * The extractors of a selection, each with a feature set that holds the needed samples; what is missing is extracted. Without a
 * model, the vectors that the project came with are the only extractor.
 * @throws AssayError `model.missing`, and as `coveringSet`
 */
export async function selectionExtractors(selection: Row, modelIds: readonly string[], needed: readonly string[], context: PipelineContext): Promise<SelectionExtractor[]> {
  const models = await modelsOf(modelIds, context);
  const noted = [...selection.featureSetIds];
  const extractors: SelectionExtractor[] = [];
  for (const [at, model] of models.entries()) {
    const name = models.length === 1 ? model.name : `${model.name} (${at + 1} of ${models.length})`;
    const set = await coveringSet(selection, { modelId: model.id, dim: model.dim }, needed, noted, phase(context, name));
    if (!noted.includes(set.id)) noted.push(set.id);
    extractors.push({ modelId: model.id, name: model.name, parameters: parametersOf(model), set });
  }
  await context.store.selection.update({ where: { id: selection.id }, data: { featureSetIds: extractors.map(({ set }) => set.id) }, select: { id: true } });
  return extractors;
}

async function modelsOf(modelIds: readonly string[], { store }: PipelineContext): Promise<Model[]> {
  if (modelIds.length === 0) return [await store.$transaction(givenValues)];
  const found = new Map((await store.model.findMany({ where: { id: { in: [...modelIds] } } })).map((model) => [model.id, model]));
  return modelIds.map((id) => {
    const model = found.get(id);
    if (model === undefined) throw new AssayError('model.missing', 'One of the chosen extractors was removed from the library since.', { hint: 'Start another selection.' });
    return model;
  });
}

function parametersOf(model: Model): number | null {
  if (isGivenValues(model)) return null;
  return modelManifestSchema.parse(model.manifest).parameters ?? Math.round(Number(model.bytes) / 4);
}
