import type { NumericsContext } from '@/lib/anomaly/context';
import { describeEvaluator } from '@/lib/anomaly/evaluators/registry';
import { paperEvaluators } from '@/lib/anomaly/protocol/result';
import type { StrategyOutcome, TaskOutcome } from '@/lib/anomaly/selection/select-candidate';
import { cells, printHead } from '../table';
import type { GroupFeatures } from './features';
import type { ImageText } from './image-text';
import { average } from './numbers';
import type { Candidate } from './networks';
import { sourceNames, sources, type Source, type SwsaPlan } from './plan';
import { known, promptTask, type PromptTask } from './prompt-tasks';
import { meanOfAll, strategyLine, taskNames } from './selection-tables';

const percent = (value: number): string => (100 * value).toFixed(1);

/**
 * SWSA's Table 1 on prompts and EAP's Table 2.
 * @param features vectors that evaluators work on, with the network they are of
 * @param models image-text models with their embeddings of the images
 */
export async function printPrompts(plan: SwsaPlan, [candidate, features]: readonly [Candidate, GroupFeatures], models: ReadonlyMap<ImageText, GroupFeatures>, context: NumericsContext): Promise<void> {
  const found: PromptTask[] = [];
  for (const [model, images] of models) {
    const own: PromptTask[] = [];
    for (const task of plan.tasks) own.push(await promptTask(plan, task, model, { images, features }, context));
    console.log(`\nPrompts of ${model.name}, anomalies: ${model.kind === 'class' ? 'images of other products' : 'real defects'}, pool ${model.pool.id} (${model.pool.pairs.length} pairs)\n`);
    printStrategies(plan, own);
    found.push(...own);
  }
  if (found.length === 0) return;
  console.log(`\nTest AUROC (%) of the prompts that each evaluator's best third selects, mean over the seeds; evaluators work on ${candidate.manifest.name} and know ${known} real anomalies\n`);
  printEvaluators(plan, [...models.keys()], found);
}

/** The rows of SWSA's Table 1 that are on prompts. */
function printStrategies({ products }: SwsaPlan, found: readonly PromptTask[]): void {
  const names = products.map(({ name }) => name);
  printHead(['prompt selection', ...[...names, 'all'].flatMap((name) => [`${name}: picks`, 'AUROC'])]);
  for (const kind of ['closest', 'rest'] as const) {
    const line = (name: string, source: Source, pick: (outcome: TaskOutcome) => StrategyOutcome) => {
      const outcomes = found.map(({ task, bySource }) => ({ product: task.product.name, outcome: pick(bySource.get(source)!.tasks.find((one) => one.task === kind)!) }));
      console.log(strategyLine(`${taskNames[kind]}: ${name}`, names, outcomes));
    };
    line('default prompt', 'cutpaste', ({ baselines }) => baselines[0]!);
    line('prompt ensemble', 'cutpaste', ({ baselines }) => baselines[1]!);
    for (const source of sources) line(sourceNames[source], source, ({ selected }) => selected);
    line('mean of all prompts', 'cutpaste', meanOfAll);
    line('best prompt', 'cutpaste', ({ best }) => ({ ...best, hit: null }));
  }
}

/** EAP's Table 2, worst evaluator first as there; below, what no evaluator can fall under or rise above. */
function printEvaluators({ products }: SwsaPlan, models: readonly ImageText[], found: readonly PromptTask[]): void {
  const columns = models.flatMap((model) => products.map((product) => found.filter((one) => one.model === model && one.task.product === product)));
  const overColumns = (value: (one: PromptTask) => number) => columns.map((tasks) => average(tasks.map(value)));
  const print = (name: string, values: readonly number[]) => console.log(cells([name, ...[...values, average(values)].map(percent)]));
  printHead(['evaluator', ...models.flatMap(({ name, kind }) => products.map((product) => `${product.name}, ${kind} (${name})`)), 'avg']);
  const lines = paperEvaluators.map((id, index) => ({ name: describeEvaluator(id).name, values: overColumns(({ tuning }) => tuning.evaluators[index]!.realAuroc!) }));
  // A name may hold the bar that parts the cells of a table.
  for (const { name, values } of lines.sort((a, b) => average(a.values) - average(b.values))) print(name.replaceAll('|', '\\|'), values);
  print('(worst prompt)', overColumns(({ tuning }) => Math.min(...tuning.realAurocs!)));
  print('(mean of all prompts)', overColumns(({ tuning }) => average(tuning.realAurocs!)));
  print('(best prompt)', overColumns(({ tuning }) => Math.max(...tuning.realAurocs!)));
}
