import { existsSync } from 'node:fs';
import path from 'node:path';
import { Tensor } from 'onnxruntime-node';
import type { NumericsContext } from '@/lib/anomaly/context';
import { evaluateTogether } from '@/lib/anomaly/evaluators/evaluate-together';
import { describeEvaluator } from '@/lib/anomaly/evaluators/registry';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { eap27 } from '@/lib/anomaly/prompts/pools/eap-27';
import { paperEvaluators } from '@/lib/anomaly/protocol/result';
import { selectPrompt } from '@/lib/anomaly/selection/prompt-selection';
import { tunePrompts, type PromptTuning } from '@/lib/anomaly/selection/prompt-tuning';
import type { SelectionResult, StrategyOutcome } from '@/lib/anomaly/selection/select-candidate';
import { zeroShotScores, type PromptEmbeddings, type TextHead } from '@/lib/anomaly/selection/zero-shot';
import { openSession } from '@/lib/inference/node/session';
import { cells, printHead } from '../table';
import { clipTokens } from './clip-tokens';
import type { GroupFeatures } from './features';
import { imageTextModel, type Candidate } from './networks';
import { generators, groupNames, sourceNames, sources, type Source, type SwsaPlan, type Task } from './plan';
import { stacked, strategyLine } from './selection-tables';

const head: TextHead = { kind: 'softmax', logitScale: 35 };
/** Real anomalies that evaluators know; they take no part in the test. */
const known = 5;
const percent = (value: number): string => (100 * value).toFixed(1);

/** What counts as an anomaly: a defect of the product, or an image of another product. */
type Kind = 'defect' | 'class';
const kinds = ['defect', 'class'] as const;

/** Image embeddings and evaluator features of one task. */
type PromptTask = {
  readonly task: Task;
  readonly kind: Kind;
  readonly real: { readonly anomalies: Matrix; readonly normals: Matrix; readonly defectTypes: readonly (string | null)[] | null };
  readonly tuning: PromptTuning;
  readonly bySource: ReadonlyMap<Source, SelectionResult>;
};

type Towers = { readonly images: GroupFeatures; readonly features: GroupFeatures; texts(object: string): Promise<PromptEmbeddings> };

async function openTowers({ options }: SwsaPlan, features: GroupFeatures, images: GroupFeatures): Promise<Towers> {
  const folder = path.join(options.models, imageTextModel);
  const tokens = clipTokens(folder);
  const session = await openSession(path.join(folder, 'onnx', 'text_model.onnx'));
  const embed = async (texts: readonly string[]): Promise<Matrix> => {
    const ids = BigInt64Array.from(texts.flatMap(tokens), BigInt);
    const { text_embeds: out } = await session.run({ input_ids: new Tensor('int64', ids, [texts.length, ids.length / texts.length]) }, ['text_embeds']);
    const data = Float64Array.from(out!.data as Float32Array);
    return { data, rows: texts.length, cols: data.length / texts.length };
  };
  return {
    images,
    features,
    async texts(object) {
      const filled = eap27.pairs.map((pair) => fillPromptPair(pair, object));
      return { normal: await embed(filled.map(({ normal }) => normal)), anomalous: await embed(filled.map(({ anomalous }) => anomalous)) };
    },
  };
}

/** Rows of a group from a position on, or up to it. */
function cut(matrix: Matrix, from: number, to = matrix.rows): Matrix {
  return selectRows(matrix, Array.from({ length: to - from }, (_, i) => from + i));
}

/** Anomalies of a kind: those that evaluators know come first. */
function anomaliesOf(plan: SwsaPlan, { product }: Task, kind: Kind, of: GroupFeatures): Matrix {
  if (kind === 'defect') {
    const all = of.get(groupNames.anomalies(product))!;
    // Evenly from all defect types for what is known, which lie one after the other.
    const step = Math.floor(all.rows / known);
    const order = [...Array.from({ length: known }, (_, i) => i * step)];
    return selectRows(all, [...order, ...Array.from({ length: all.rows }, (_, i) => i).filter((i) => !order.includes(i))]);
  }
  return plan.products.filter((other) => other !== product).map((other) => of.get(groupNames.normals(other))!).reduce(stacked);
}

/** Auxiliary anomalies: of all generators for defects; images of other products and CutPaste, of which half is useless, for classes. */
function auxiliaryOf(task: Task, kind: Kind, of: GroupFeatures): Matrix {
  const wanted: readonly Source[] = kind === 'defect' ? generators : ['unrelated', 'cutpaste'];
  return wanted.map((source) => of.get(groupNames.synthetic(task, source))!).reduce(stacked);
}

async function tuned(plan: SwsaPlan, task: Task, kind: Kind, towers: Towers, context: NumericsContext): Promise<PromptTask> {
  const { images, features } = towers;
  const prompts = await towers.texts(task.product.object);
  const { seeds, heldOut } = task.split;
  const normalsTrain = selectRows(features.get(groupNames.support(task.product))!, seeds);
  const train = stacked(normalsTrain, cut(anomaliesOf(plan, task, kind, features), 0, known));
  const labels = new Uint8Array(train.rows).fill(1, normalsTrain.rows);
  const input = { train, labels, auxiliary: auxiliaryOf(task, kind, features) };
  const values = [];
  for await (const { id, values: given } of evaluateTogether(paperEvaluators.map((id) => ({ id, parameters: { seed: task.seed } })), input, context)) {
    values.push({ name: id, values: given });
    process.stderr.write(`${task.product.name}, ${kind}: ${id}\n`);
  }
  const real = { anomalies: cut(anomaliesOf(plan, task, kind, images), known), normals: images.get(groupNames.normals(task.product))!, defectTypes: null };
  const held = selectRows(images.get(groupNames.support(task.product))!, heldOut);
  const score = async (points: Matrix) => (await zeroShotScores(points, prompts, head, context)).difference;
  const scores = { auxiliary: await score(auxiliaryOf(task, kind, images)), heldOut: await score(held), real: { anomalies: await score(real.anomalies), normals: await score(real.normals) } };
  const bySource = new Map<Source, SelectionResult>();
  for (const source of sources) {
    const synthetic = images.get(groupNames.synthetic(task, source))!;
    bySource.set(source, (await selectPrompt({ prompts, head, heldOut: held, synthetic, real }, { seed: task.seed }, context)).selection);
  }
  return { task, kind, real, tuning: tunePrompts(values, scores, { seed: task.seed }), bySource };
}

/**
 * SWSA's Table 1 on prompts and EAP's Table 2, with the pool eap-27. Nothing when the image-text model is not there.
 * @param features vectors that evaluators work on, with the network they are of
 * @param images embeddings that texts are compared with
 */
export async function printPrompts(plan: SwsaPlan, [candidate, features]: readonly [Candidate, GroupFeatures], images: GroupFeatures | undefined, context: NumericsContext): Promise<void> {
  if (images === undefined || !existsSync(path.join(plan.options.models, imageTextModel, 'onnx', 'text_model.onnx'))) {
    process.stderr.write(`SKIPPED: there is no ${imageTextModel} in ${plan.options.models}\n`);
    return;
  }
  const towers = await openTowers(plan, features, images);
  const found: PromptTask[] = [];
  for (const kind of kinds) for (const task of plan.tasks) found.push(await tuned(plan, task, kind, towers, context));
  console.log(`\nPrompt selection, pool ${eap27.id}, ${known} known anomalies for the evaluators, which work on ${candidate.manifest.name}; image-text model ${imageTextModel}\n`);
  printStrategies(plan, found);
  printEvaluators(plan, found);
}

/** The rows of SWSA's Table 1 that are on prompts. */
function printStrategies({ products }: SwsaPlan, found: readonly PromptTask[]): void {
  const names = products.map(({ name }) => name);
  printHead(['prompt selection', ...[...names, 'all'].flatMap((name) => [`${name}: picks`, 'AUROC'])]);
  for (const kind of kinds) {
    const own = found.filter((one) => one.kind === kind);
    const line = (name: string, pick: (one: PromptTask) => StrategyOutcome) => console.log(strategyLine(`${kind}: ${name}`, names, own.map((one) => ({ product: one.task.product.name, outcome: pick(one) }))));
    const rest = (one: PromptTask, source: Source) => one.bySource.get(source)!.tasks.find(({ task }) => task === 'rest')!;
    line('default prompt', (one) => rest(one, 'cutpaste').baselines[0]!);
    line('prompt ensemble', (one) => rest(one, 'cutpaste').baselines[1]!);
    for (const source of sources) line(sourceNames[source], (one) => rest(one, source).selected);
    line('best prompt', (one) => rest(one, 'cutpaste').best);
  }
}

/** EAP's Table 2: AUROC in per cent of the prompts that each evaluator's best third selects, mean over the seeds, worst evaluator first. */
function printEvaluators({ products }: SwsaPlan, found: readonly PromptTask[]): void {
  const columns = kinds.flatMap((kind) => products.map(({ name }) => ({ kind, name })));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const of = (index: number, { kind, name }: (typeof columns)[number]) => mean(found.filter((one) => one.kind === kind && one.task.product.name === name).map(({ tuning }) => tuning.evaluators[index]!.realAuroc!));
  const lines = paperEvaluators.map((id, index) => ({ id, values: columns.map((column) => of(index, column)) })).sort((a, b) => mean(a.values) - mean(b.values));
  console.log('');
  printHead(['evaluator', ...columns.map(({ kind, name }) => `${name}, ${kind}`), 'avg']);
  for (const { id, values } of lines) console.log(cells([describeEvaluator(id).name, ...[...values, mean(values)].map(percent)]));
}
