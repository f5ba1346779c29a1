import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { describeEvaluator, evaluateWith, evaluatorIdOf, evaluatorIds, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { parsePromptPool } from '@/lib/anomaly/prompts/parse-pool';
import type { PromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { promptPool, promptPools } from '@/lib/anomaly/prompts/prompt-pools';
import { promptGains, selectPrompt, type PromptSelection } from '@/lib/anomaly/selection/prompt-selection';
import { tunePrompts, type PromptTuning } from '@/lib/anomaly/selection/prompt-tuning';
import { ANOMALIES_PER_SEED, splitSupport } from '@/lib/anomaly/selection/support-split';
import type { TextHead } from '@/lib/anomaly/selection/zero-shot';
import { generatorIdSchema } from '@/lib/api/contracts/generators';
import { AssayError } from '@/lib/errors';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { besides, requireWritable } from '../output-file';
import { matrixOf, openNpz, vectorOf, type NpzFile } from '../score-input/npz-file';
import { realOf } from '../select-input/vector-files';
import type { SelectionData } from '../select-input/selection-data';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';
import { usageOf, wholeOption } from './select-options';
import { selectionColumns, selectionSummary, writeJson, writeTable, type CandidateName } from './select-output';
import { selectPromptsInProject, type ProjectPromptOptions } from './select-prompts-in-project';

type Options = Omit<ProjectPromptOptions, 'pair' | 'out'> & { project?: string; pair?: string; embeddings?: string; out?: string };

/** Embeddings of one image-text model. */
type Embeddings = {
  readonly support: Matrix;
  readonly synthetic: Matrix;
  readonly real: SelectionData['real'];
  readonly texts: { readonly normal: Matrix; readonly anomalous: Matrix };
  readonly head: TextHead;
};

const usage = usageOf('select prompts');
const npzHint = 'Save it with numpy.savez(FILE, X_support=..., X_synthetic=..., T_normal=..., T_anomalous=..., logit_scale=[...]).';

/** `assay select prompts`: SWSA and EAP prompt tuning over a pool of prompt pairs. */
export function registerSelectPrompts(select: Command): void {
  select
    .command('prompts')
    .description('choose a prompt pair of a CLIP-type model: the one with the best zero-shot AUROC on synthetic anomalies against held-out normals')
    .option('--project <NAME>', 'choose in this project, as its Select page does: training normals are the support set, and anomalies and embeddings that are missing are made there')
    .option('--pair <NAME>', 'with --project: the image-text pair of the library (see: npm run assay -- models pairs list)')
    .option('--object <NAME>', "with --project: what {} becomes (default: the project's object)")
    .addOption(new Option('--generator <NAME>', 'with --project: how synthetic anomalies are made').choices(generatorIdSchema.options).default('cutpaste'))
    .option('--per-seed <N>', 'with --project: how many are made of each seed image', String(ANOMALIES_PER_SEED))
    .option('--diffusion-model <NAME>', 'with --project and --generator diffstyle: the diffusion network of the library')
    .option('--auxiliary <WHICH>', 'with --project: take auxiliary samples instead of a generator: all, accepted, or top-third (that a run values most)')
    .option('--evaluator <ID>', 'of --auxiliary top-third: whose newest run decides (default: EAP)')
    .option('--folder <FOLDER>', 'of --auxiliary: only samples of this folder')
    .option('--support-limit <N>', 'with --project: at most so many training normals, drawn at random')
    .option('--embeddings <FILE>', 'without --project, .npz: X_support, X_synthetic (images), T_normal, T_anomalous (a row for each pair), optionally X_real, y_real, logit_scale, logit_bias (SigLIP)')
    .requiredOption('--pool <NAME_OR_FILE>', `the pairs that the texts are of; with --project also the name of a pool of the project: ${promptPools.map(({ id }) => id).join(', ')}, or a CSV or JSON file`)
    .option('--evaluators <NAMES>', `choose also by the third of the synthetic anomalies that these value most, "all", or with --project "none" (default there: the thirteen of the EAP paper): ${evaluatorIds.map((id) => describeEvaluator(id).name).join(', ')}`)
    .option('--seed-images <N>', 'normals that synthetic anomalies were made of; the others are held out (default: 20, at most half)')
    .option('--seed <N>', 'seed of everything random', '0')
    .option('--draws <N>', 'bootstrap draws', '1000')
    .option('--out <FILE>', 'where the pairs go (CSV); a JSON with everything is put beside it; needed without --project')
    .action(selectPrompts);
}

async function selectPrompts(options: Options): Promise<void> {
  const { project, pair, embeddings, out } = options;
  if (project !== undefined) {
    if (embeddings !== undefined) throw usage('Give either --project or --embeddings, not both.');
    if (pair === undefined) throw usage('Give --pair NAME, an image-text pair of the library.');
    return withDatabase('npm run assay -- select prompts', () => selectPromptsInProject(project, { ...options, pair }));
  }
  if (embeddings === undefined || out === undefined) throw usage('Give --project NAME and --pair NAME, or --embeddings FILE and --out FILE.');
  return selectOfEmbeddings({ ...options, embeddings, out });
}

async function selectOfEmbeddings(options: Options & { embeddings: string; out: string }): Promise<void> {
  const out = userPath(options.out);
  const summaryFile = besides(out, '.json');
  const seed = wholeOption('seed', options.seed, 0, usage);
  const draws = wholeOption('draws', options.draws, 1, usage);
  const seedCount = options.seedImages === undefined ? undefined : wholeOption('seed-images', options.seedImages, 1, usage);
  const evaluators = evaluatorsOf(options.evaluators);
  await requireWritable('--out', out);
  await requireWritable('the JSON beside --out', summaryFile);
  const progress = stderrProgress();
  const signal = stopSignal();
  const data = embeddingsOf(await openNpz(userPath(options.embeddings), npzHint));
  const pairs = await pairsOf(options.pool);
  if (pairs.length !== data.texts.normal.rows) throw usage(`The pool has ${pairs.length} pairs, T_normal ${data.texts.normal.rows} rows; they must be the same in number and order.`);
  const { seeds, heldOut } = splitSupport(data.support.rows, { seed, seedCount });
  await withGemmProduct(async (products) => {
    const context = { ...products, signal };
    const input = { prompts: data.texts, head: data.head, heldOut: selectRows(data.support, heldOut), synthetic: data.synthetic, real: data.real };
    const chosen = await selectPrompt(input, { seed, draws }, context);
    const values = [];
    for (const id of evaluators) {
      progress({ step: `valuing synthetic anomalies by ${describeEvaluator(id).name}` });
      const train = selectRows(data.support, seeds);
      values.push({ name: describeEvaluator(id).name, ...(await evaluateWith(id, { train, labels: new Uint8Array(train.rows), auxiliary: data.synthetic }, { seed }, context)) });
    }
    const tuning = values.length === 0 ? null : tunePrompts(values, pairScores(chosen, pairs.length), { seed });
    const names = pairs.map(({ normal, anomalous }): CandidateName => ({ normal, anomalous }));
    await writeTable(out, selectionColumns(names, chosen.selection), names.length);
    await writeJson(summaryFile, { ...selectionSummary(names, chosen.selection), parameters: { seed, draws, seedImages: seeds.length }, evaluators: tuningSummary(tuning), gains: gainsOf(chosen) });
    const { normal, anomalous } = pairs[chosen.selection.pick.index]!;
    progress({ step: `selected "${normal}" against "${anomalous}"; wrote ${pairs.length} pairs to ${options.out}` });
  });
}

function embeddingsOf(file: NpzFile): Embeddings {
  const scale = file.arrays.has('logit_scale') ? vectorOf(file, 'logit_scale', 1)[0]! : 100;
  const bias = file.arrays.has('logit_bias') ? vectorOf(file, 'logit_bias', 1)[0]! : undefined;
  return {
    support: matrixOf(file, 'X_support'),
    synthetic: matrixOf(file, 'X_synthetic'),
    real: realOf(file),
    texts: { normal: matrixOf(file, 'T_normal'), anomalous: matrixOf(file, 'T_anomalous') },
    head: bias === undefined ? { kind: 'softmax', logitScale: scale } : { kind: 'sigmoid', logitScale: scale, logitBias: bias },
  };
}

async function pairsOf(pool: string): Promise<readonly PromptPair[]> {
  const known = promptPool(pool);
  if (known !== undefined) return known.pairs;
  const format = path.extname(pool).toLowerCase();
  if (format !== '.csv' && format !== '.json') throw usage(`There is no pool named "${pool}". There are ${promptPools.map(({ id }) => id).join(', ')}; a pool of your own is a .csv or .json file.`);
  const text = await readFile(userPath(pool), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('request.not_found', `The file ${pool} cannot be read (${cause.code}).`, { cause });
  });
  return parsePromptPool(text, format === '.csv' ? 'csv' : 'json');
}

function evaluatorsOf(text: string | undefined): readonly EvaluatorId[] {
  if (text === undefined) return [];
  if (text.trim() === 'all') return evaluatorIds;
  return text.split(',').map((name) => {
    const id = evaluatorIdOf(name);
    if (id === undefined) throw usage(`There is no evaluator named "${name.trim()}".`);
    return id;
  });
}

/** Cosine differences of the pairs themselves, without the ensemble that is their last row. */
function pairScores({ scores }: PromptSelection, pairs: number): Parameters<typeof tunePrompts>[1] {
  const of = ({ difference }: NonNullable<PromptSelection['scores']['heldOut']>): Matrix => ({ ...difference, data: difference.data.subarray(0, pairs * difference.cols), rows: pairs });
  const { heldOut, synthetic, realAnomalies, realNormals } = scores;
  return { auxiliary: of(synthetic!), heldOut: of(heldOut!), real: realAnomalies === null || realNormals === null ? null : { anomalies: of(realAnomalies), normals: of(realNormals) } };
}

function tuningSummary(tuning: PromptTuning | null): unknown {
  return tuning === null ? [] : tuning.evaluators.map(({ name, kept, pick, realAuroc }) => ({ name, kept, candidate: pick.index, auroc: pick.value, tie: pick.tied.length > 1, realAuroc }));
}

/** The synthetic anomalies on which the chosen pair beats the default one. */
function gainsOf({ selection, scores }: PromptSelection): unknown {
  return promptGains(scores.synthetic!.difference, scores.heldOut!.difference, selection.pick.index, 0).map(({ sample, chosen, fallback }) => ({ synthetic: sample, chosen, default: fallback }));
}
