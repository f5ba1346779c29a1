import type { NumericsContext } from '@/lib/anomaly/context';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { hardestOfPaper } from '@/lib/anomaly/selection/hardest';
import { bonferroniThreshold } from '@/lib/anomaly/selection/kendall';
import type { SelectionResult, StrategyOutcome, TaskOutcome } from '@/lib/anomaly/selection/select-candidate';
import { selectModel } from '@/lib/anomaly/selection/select-model';
import { kendallOfMeans, summariseStrategy } from '@/lib/anomaly/selection/strategy-summary';
import type { SelectionTask } from '@/lib/anomaly/selection/tasks';
import { totalVariation } from '@/lib/anomaly/selection/total-variation';
import type { SupportBank } from '@/lib/anomaly/selection/support-scores';
import { cells, printHead } from '../table';
import type { GroupFeatures } from './features';
import { average, unitless } from './numbers';
import type { Candidate } from './networks';
import { groupNames, sourceNames, sources, type Source, type SwsaPlan, type Task } from './plan';

export type Vectors = ReadonlyMap<Candidate, GroupFeatures>;

/** What each source of synthetic anomalies selects in each task. */
export type Selections = ReadonlyMap<Source, readonly { readonly task: Task; readonly result: SelectionResult }[]>;

export const taskNames: Readonly<Record<SelectionTask, string>> = { closest: 'One-vs-Closest', rest: 'One-vs-Rest' };

/** SWSA with the paper's detector over all networks, for every source and task. */
export async function selectModels({ tasks }: SwsaPlan, vectors: Vectors, bank: SupportBank, products: NumericsContext): Promise<Selections> {
  const found = new Map<Source, { task: Task; result: SelectionResult }[]>();
  for (const source of sources) {
    const results = [];
    for (const task of tasks) {
      const extractors = [...vectors].map(([{ manifest, parameters }, of]) => ({
        name: manifest.name,
        parameters,
        features: {
          support: of.get(groupNames.support(task.product))!,
          heldOut: task.split.heldOut,
          synthetic: of.get(groupNames.synthetic(task, source))!,
          real: { anomalies: of.get(groupNames.anomalies(task.product))!, normals: of.get(groupNames.normals(task.product))! },
        },
      }));
      const { selection } = await selectModel({ extractors, detectors: [{ id: 'deep-nn' }], defectTypes: task.product.defectTypes, bank }, { seed: task.seed }, products);
      results.push({ task, result: selection });
    }
    found.set(source, results);
  }
  return found;
}

/** A line of Table 1: hits and mean AUROC per product, then over all tasks. */
export function strategyLine(name: string, products: readonly string[], outcomes: readonly { readonly product: string; readonly outcome: StrategyOutcome }[]): string {
  const summaries = [...products, undefined].map((product) => summariseStrategy(outcomes.filter((one) => product === undefined || one.product === product).map(({ outcome }) => outcome)));
  return cells([name, ...summaries.flatMap(({ hits, tasks, meanAuroc }) => [hits === null ? '' : `${hits} / ${tasks}`, meanAuroc === null ? '' : unitless(meanAuroc)])]);
}

/** What a choice at random reaches on average. */
export function meanOfAll({ best, aurocs }: TaskOutcome): StrategyOutcome {
  return { ...best, auroc: average(aurocs), hit: null };
}

/** SWSA's Table 1, the part on models. */
export function printTableOne({ products }: SwsaPlan, selections: Selections): void {
  const names = products.map(({ name }) => name);
  printHead(['model selection', ...[...names, 'all'].flatMap((name) => [`${name}: picks`, 'AUROC'])]);
  for (const kind of ['closest', 'rest'] as const) {
    const outcomes = (source: Source, pick: (outcome: TaskOutcome) => StrategyOutcome) =>
      selections.get(source)!.map(({ task, result }) => ({ product: task.product.name, outcome: pick(result.tasks.find((one) => one.task === kind)!) }));
    console.log(strategyLine(`${taskNames[kind]}: largest model`, names, outcomes('unrelated', ({ baselines }) => baselines[0]!)));
    for (const source of sources) console.log(strategyLine(`${taskNames[kind]}: ${sourceNames[source]}`, names, outcomes(source, ({ selected }) => selected)));
    console.log(strategyLine(`${taskNames[kind]}: mean of all models`, names, outcomes('unrelated', meanOfAll)));
    console.log(strategyLine(`${taskNames[kind]}: best model`, names, outcomes('unrelated', ({ best }) => ({ ...best, hit: null }))));
  }
}

/** SWSA's Table 2: Kendall's tau-b between synthetic and real AUROC of the networks, both averaged over the tasks. */
export function printTableTwo(selections: Selections): void {
  const tests = hardestOfPaper.length * 2 * sources.length;
  console.log(`\nKendall's tau-b; significant below p = ${bonferroniThreshold(tests).toExponential(2)} (Bonferroni, ${tests} tests)\n`);
  printHead(['task', ...hardestOfPaper.map((count) => (count === 'all' ? 'all anomalies' : `hardest ${count}`))]);
  for (const kind of ['closest', 'rest'] as const) {
    for (const source of sources) {
      const results = selections.get(source)!.map(({ result }) => result);
      const real = results.map(({ real: aurocs }) => aurocs!.map((values) => values[kind]));
      const line = hardestOfPaper.map((_, i) => {
        const { tau, pValue } = kendallOfMeans(results.map(({ variants }) => variants[i]!.aurocs), real);
        return Number.isNaN(tau) ? 'all equal' : `${tau.toFixed(3)} (p=${pValue.toExponential(2)})`;
      });
      console.log(cells([`${taskNames[kind]}: ${sourceNames[source]}`, ...line]));
    }
  }
}

/** AUROCs of every network, the numbers of the paper's Figure 3, and how stable each pick is. */
export function printCandidates({ products }: SwsaPlan, vectors: Vectors, selections: Selections): void {
  printHead(['network', ...products.flatMap(({ name }) => [`${name}: real`, ...sources.map((source) => source)])]);
  [...vectors.keys()].forEach(({ manifest }, i) => {
    const line = products.flatMap(({ name }) => {
      const of = (source: Source) => selections.get(source)!.filter(({ task }) => task.product.name === name).map(({ result }) => result);
      return [average(of('cutpaste').map(({ real }) => real![i]!.rest)), ...sources.map((source) => average(of(source).map(({ intervals }) => intervals[i]!.auroc)))];
    });
    console.log(cells([manifest.name, ...line.map(unitless)]));
  });
  const stability = (name: string, source: Source) => selections.get(source)!.filter(({ task }) => task.product.name === name).map(({ result }) => result.stability);
  console.log(cells(['stability of the pick', ...products.flatMap(({ name }) => ['', ...sources.map((source) => unitless(average(stability(name, source))))])]));
}

/** SWSA's Table 3: total variation between support set with real anomalies and support set with synthetic ones. */
export async function printTableThree({ products, tasks }: SwsaPlan, [candidate, of]: readonly [Candidate, GroupFeatures], context: NumericsContext): Promise<void> {
  console.log(`\nTotal variation of the vectors of ${candidate.manifest.name}; mean of ten k-means runs and of the seeds\n`);
  printHead(['real vs', ...products.map(({ name }) => name)]);
  for (const source of sources) {
    const line: string[] = [];
    for (const product of products) {
      const values: number[] = [];
      for (const task of tasks.filter((one) => one.product === product)) {
        const support = of.get(groupNames.support(product))!;
        const [real, synthetic] = [of.get(groupNames.anomalies(product))!, of.get(groupNames.synthetic(task, source))!];
        values.push((await totalVariation(stacked(support, real), stacked(support, synthetic), { seed: task.seed }, context)).value);
      }
      line.push(unitless(average(values)));
    }
    console.log(cells([sourceNames[source].replace(/^SWSA \((.*)\)$/, '$1'), ...line]));
  }
}

export function stacked(first: Matrix, second: Matrix): Matrix {
  const data = new Float64Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return { data, rows: first.rows + second.rows, cols: first.cols };
}
