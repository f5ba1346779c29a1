import {
  modelSelectionSettingsSchema,
  modelSelectionSummarySchema,
  selectionDetectorSchema,
  type ModelSelectionSettings,
  type ModelSelectionSummary,
} from '@/lib/api/contracts/selections';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '@/lib/pipeline/context';
import { selectModels } from '@/lib/pipeline/selection/select-models';
import { checkedSource, generatorLimits } from '@/lib/services/selection-source';
import { freezeSelection } from '@/lib/store/selections/freeze';
import { networksOnly } from '@/lib/store/vectors/given-values';
import { divideSupport } from '@/lib/synthesis/selection-support';
import { besides } from '../output-file';
import { usageOf, wholeOption } from './select-options';
import { writeJson, writeTable, type Column } from './select-output';
import { sourceOf, type SourceOptions } from './select-source';
import { checkedOut, commandContext, projectNamed, runSelection } from './selection-in-project';

export type ProjectSelectionOptions = SourceOptions & {
  readonly extractors?: string;
  readonly detectors: string;
  readonly bank: 'support' | 'held-out';
  readonly seedImages?: string;
  readonly supportLimit?: string;
  readonly seed: string;
  readonly draws: string;
  readonly out?: string;
};

type Settings = Omit<ModelSelectionSettings, 'modelIds'>;

const usage = usageOf('select models');

/** `assay select models --project`: the job of the Select page, run here; its result stands there too. */
export async function selectModelsInProject(name: string, options: ProjectSelectionOptions): Promise<void> {
  const out = await checkedOut(options.out);
  const context = commandContext();
  const project = await projectNamed(name, context);
  const settings = await settingsOf(options, context);
  const modelIds = project.kind === 'vector' ? [] : await extractorsOf(options.extractors, context);
  const { id: selectionId } = await context.store.$transaction((transaction) =>
    freezeSelection(transaction, project.id, {
      kind: 'models',
      settings: { ...settings, modelIds },
      synthetic: settings.synthetic,
      divide: (normals) => divideSupport(normals, settings),
      generator: generatorLimits(settings.synthetic),
      codeVersion: env().version,
      createdById: null,
    }),
  );
  await runSelection(selectionId, context, selectModels);
  await tell(selectionId, out, context);
}

async function settingsOf(options: ProjectSelectionOptions, { store: database }: PipelineContext): Promise<Settings> {
  const whole = (option: string, text: string | undefined, least: number) => (text === undefined ? null : wholeOption(option, text, least, usage));
  const detectors = [...new Set(options.detectors.split(',').map((id) => id.trim()))];
  const unknown = detectors.find((id) => !selectionDetectorSchema.safeParse(id).success);
  if (unknown !== undefined) throw usage(`There is no detector named "${unknown}". There are ${selectionDetectorSchema.options.join(', ')}.`);
  const given = modelSelectionSettingsSchema.safeParse({
    seed: whole('seed', options.seed, 0),
    seedImages: whole('seed-images', options.seedImages, 1),
    supportLimit: whole('support-limit', options.supportLimit, 4),
    draws: whole('draws', options.draws, 1),
    synthetic: await sourceOf(options, usage, database),
    detectors,
    bank: options.bank,
  });
  if (given.success) {
    const { modelIds: _none, ...settings } = given.data;
    return { ...settings, synthetic: await checkedSource(database, settings.synthetic) };
  }
  const { path, message } = given.error.issues[0]!;
  throw usage(`${path.join('.')}: ${message}`);
}

/** The named extractors in the order of their names in the option; without it, all of the library. */
async function extractorsOf(text: string | undefined, { store: database }: PipelineContext): Promise<string[]> {
  const library = await database.model.findMany({ where: networksOnly, select: { id: true, name: true }, orderBy: { createdAt: 'asc' } });
  const ids = text === undefined ? library.map(({ id }) => id) : text.split(',').map((word) => {
    const found = library.find(({ name }) => name === word.trim());
    if (found === undefined) throw usage(`There is no extractor named "${word.trim()}". There are ${library.map(({ name }) => name).join(', ')}.`);
    return found.id;
  });
  if (ids.length === 0) throw new AssayError('model.missing', 'The library holds no extractor.', { hint: 'Start Assay once, or see: npm run assay -- models --help' });
  return [...new Set(ids)];
}

async function tell(selectionId: string, out: string | null, { store: database }: PipelineContext): Promise<void> {
  const row = await database.selection.findUniqueOrThrow({ where: { id: selectionId }, omit: { seedSampleIds: true, heldOutSampleIds: true, syntheticSampleIds: true } });
  const summary = modelSelectionSummarySchema.parse(row.summary);
  const { candidates, pick, stability, tie } = summary;
  const { modelName, detector, synthetic } = candidates[pick]!;
  const digits = (value: number) => value.toFixed(3);
  process.stdout.write(
    `selected ${modelName} with ${detector}: synthetic AUROC ${digits(synthetic.auroc)} (${digits(synthetic.low)} to ${digits(synthetic.high)}), picked in ${Math.round(100 * stability)} % of ${summary.draws} draws${tie ? ', tied' : ''}\n`,
  );
  if (out === null) return;
  await writeTable(out, columnsOf(summary), candidates.length);
  await writeJson(besides(out, '.json'), { selectionId, settings: row.settings, generationId: row.generationId, summary });
}

function columnsOf({ candidates, pick }: ModelSelectionSummary): Column[] {
  const column = (name: string, value: (candidate: (typeof candidates)[number], row: number) => string | number | undefined): Column => ({ name, value: (row) => value(candidates[row]!, row) });
  const labelled = candidates.some(({ real }) => real !== null);
  return [
    column('extractor', ({ modelName }) => modelName),
    column('detector', ({ detector }) => detector),
    column('selected', (_, row) => (row === pick ? 1 : 0)),
    column('synthetic_auroc', ({ synthetic }) => synthetic.auroc),
    column('synthetic_low', ({ synthetic }) => synthetic.low),
    column('synthetic_high', ({ synthetic }) => synthetic.high),
    column('win_share', ({ synthetic }) => synthetic.wins),
    ...candidates[0]!.hardest.map(({ count }, i) => column(`synthetic_auroc_hardest_${count}`, ({ hardest }) => hardest[i]!.auroc)),
    ...(labelled ? [column('real_auroc', ({ real }) => real?.rest), column('real_auroc_closest', ({ real }) => real?.closest), column('closest_type', ({ real }) => real?.closestType ?? undefined)] : []),
  ];
}
