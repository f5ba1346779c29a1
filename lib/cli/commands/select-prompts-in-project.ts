import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { describeEvaluator, evaluatorIdOf, evaluatorIds } from '@/lib/anomaly/evaluators/registry';
import { parsePromptPool } from '@/lib/anomaly/prompts/parse-pool';
import { fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { promptPool, promptPools } from '@/lib/anomaly/prompts/prompt-pools';
import { promptSelectionSettingsSchema, promptSelectionSummarySchema, startPromptSelectionSchema, type PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '@/lib/pipeline/context';
import { selectProjectPrompt } from '@/lib/pipeline/prompt-selection/select-prompts';
import { preparePrompts, type GivenPool } from '@/lib/services/prompt-request';
import { poolsOf } from '@/lib/services/stored-pools';
import { besides } from '../output-file';
import { userPath } from '../user-path';
import { usageOf, wholeOption } from './select-options';
import { writeJson, writeTable, type Column } from './select-output';
import { sourceOf, type SourceOptions } from './select-source';
import { checkedOut, commandContext, projectNamed, runSelection } from './selection-in-project';

export type ProjectPromptOptions = SourceOptions & {
  readonly pair: string;
  readonly pool: string;
  readonly object?: string;
  readonly evaluators?: string;
  readonly seedImages?: string;
  readonly supportLimit?: string;
  readonly seed: string;
  readonly draws: string;
  readonly out?: string;
};

type Input = z.output<typeof startPromptSelectionSchema>;

const usage = usageOf('select prompts');

/** `assay select prompts --project`: the job of the Select page, run here; its result stands there too. */
export async function selectPromptsInProject(name: string, options: ProjectPromptOptions): Promise<void> {
  const out = await checkedOut(options.out);
  const context = commandContext();
  const project = await projectNamed(name, context);
  const { id, pool } = await poolOf(project.id, options.pool, context);
  const { freeze } = await preparePrompts(context.store, await inputOf(project.id, id, options, context), pool);
  const { id: selectionId } = await context.store.$transaction((transaction) => freeze(transaction, null));
  await runSelection(selectionId, context, selectProjectPrompt);
  await tell(selectionId, out, context);
}

async function inputOf(projectId: string, pool: string, options: ProjectPromptOptions, { store: database }: PipelineContext): Promise<Input> {
  const whole = (option: string, text: string | undefined, least: number) => (text === undefined ? null : wholeOption(option, text, least, usage));
  const tower = await database.textTower.findUnique({ where: { name: options.pair }, select: { id: true } });
  if (tower === null) {
    const names = (await database.textTower.findMany({ select: { name: true }, orderBy: { name: 'asc' } })).map((row) => row.name);
    throw new AssayError('model.missing', `There is no image-text pair named ${options.pair} in the library.`, { hint: names.length === 0 ? 'Add one: npm run assay -- models pairs --help' : `There are ${names.join(', ')}.` });
  }
  const given = startPromptSelectionSchema.safeParse({
    projectId, pool,
    textTowerId: tower.id,
    objectName: options.object ?? null,
    synthetic: await sourceOf(options, usage, database),
    evaluators: evaluatorsOf(options.evaluators),
    seed: whole('seed', options.seed, 0),
    seedImages: whole('seed-images', options.seedImages, 1),
    supportLimit: whole('support-limit', options.supportLimit, 4),
    draws: whole('draws', options.draws, 1),
  });
  if (given.success) return given.data;
  const { path: where, message } = given.error.issues[0]!;
  throw usage(`${where.join('.')}: ${message}`);
}

function evaluatorsOf(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  if (text.trim() === 'none') return [];
  if (text.trim() === 'all') return [...evaluatorIds];
  return text.split(',').map((name) => {
    const id = evaluatorIdOf(name);
    if (id === undefined) throw usage(`There is no evaluator named "${name.trim()}". There are ${evaluatorIds.map((one) => describeEvaluator(one).name).join(', ')}.`);
    return id;
  });
}

/** A pool of a paper by its id, one of the project by its name, or a file. */
async function poolOf(projectId: string, text: string, { store: database }: PipelineContext): Promise<{ id: string; pool: GivenPool | undefined }> {
  if (promptPool(text) !== undefined) return { id: text, pool: undefined };
  const own = (await poolsOf(database, projectId)).find(({ name }) => name === text);
  if (own !== undefined) return { id: own.id, pool: undefined };
  const format = path.extname(text).toLowerCase();
  if (format !== '.csv' && format !== '.json') throw usage(`There is no pool named "${text}". There are ${promptPools.map(({ id }) => id).join(', ')} and the pools of the project; a file is a .csv or .json file.`);
  const content = await readFile(userPath(text), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('request.not_found', `The file ${text} cannot be read (${cause.code}).`, { cause });
  });
  return { id: promptPools[0]!.id, pool: { id: 'file', name: path.basename(text), pairs: parsePromptPool(content, format === '.csv' ? 'csv' : 'json') } };
}

async function tell(selectionId: string, out: string | null, { store: database }: PipelineContext): Promise<void> {
  const row = await database.selection.findUniqueOrThrow({ where: { id: selectionId }, omit: { seedSampleIds: true, heldOutSampleIds: true, syntheticSampleIds: true } });
  const summary = promptSelectionSummarySchema.parse(row.summary);
  const settings = promptSelectionSettingsSchema.parse(row.settings);
  const texts = settings.pairs.map((pair) => fillPromptPair(pair, settings.objectName));
  const { pick, stability, pairs, draws } = summary;
  const { normal, anomalous } = texts[pick.index]!;
  const { low, high } = pairs[pick.index]!;
  const digits = (value: number) => value.toFixed(3);
  process.stdout.write(`selected "${normal}" against "${anomalous}": synthetic AUROC ${digits(pick.value)} (${digits(low)} to ${digits(high)}), picked in ${Math.round(100 * stability)} % of ${draws} draws${pick.tied.length > 1 ? ', tied' : ''}\n`);
  if (settings.demonstration) process.stdout.write(`${settings.modelName} is a demonstration model: what it says of other products than the demo's means nothing\n`);
  if (out === null) return;
  await writeTable(out, columnsOf(texts, summary), pairs.length);
  await writeJson(besides(out, '.json'), { selectionId, settings, generationId: row.generationId, summary });
}

function columnsOf(texts: readonly { readonly normal: string; readonly anomalous: string }[], { pairs, pick, sizes }: PromptSelectionSummary): Column[] {
  return [
    { name: 'normal', value: (row) => texts[row]!.normal },
    { name: 'anomalous', value: (row) => texts[row]!.anomalous },
    { name: 'selected', value: (row) => (row === pick.index ? 1 : 0) },
    { name: 'synthetic_auroc', value: (row) => pairs[row]!.auroc },
    { name: 'synthetic_low', value: (row) => pairs[row]!.low },
    { name: 'synthetic_high', value: (row) => pairs[row]!.high },
    { name: 'win_share', value: (row) => pairs[row]!.wins },
    ...(sizes.real === null ? [] : [{ name: 'real_auroc', value: (row: number) => pairs[row]!.real?.rest }, { name: 'real_auroc_closest', value: (row: number) => pairs[row]!.real?.closest }]),
  ];
}
