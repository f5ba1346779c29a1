import path from 'node:path';
import { parseArgs } from 'node:util';
import type { EvaluatorInput, EvaluatorMode } from '@/lib/anomaly/evaluators/evaluator';
import { describeEvaluator, evaluateWith, evaluatorIdOf, evaluatorIds, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { makeExperiment, type Experiment } from '@/lib/anomaly/protocol/experiment';
import type { LabelledSet } from '@/lib/anomaly/protocol/labelled-set';
import { spearman } from '@/lib/figures/correlation';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { userPath } from '../user-path';
import { findSetFiles, kindOf, readSet } from './protocol/sets';
import { cells, printHead, printMachine, timed } from './table';

const defaultSets = '4_breastw,6_cardio,features_mvtec_vit/MVTec-AD_bottle';

type Measured = { readonly values: Float64Array; readonly auc: number; readonly seconds: number };

async function measure(id: EvaluatorId, mode: EvaluatorMode, experiment: Experiment): Promise<Measured> {
  const { train, labels, auxiliary, qualityLabels, seed } = experiment;
  const input: EvaluatorInput = { train, labels, auxiliary };
  const { value, seconds } = await timed(() => withGemmProduct((products) => evaluateWith(id, input, { mode, seed }, products), { threads: 1 }));
  return { values: value.values, auc: rocAuc(qualityLabels, value.values), seconds };
}

async function loadSets(folder: string): Promise<{ sets: LabelledSet[]; files: ReadonlyMap<string, string> }> {
  const files = await findSetFiles(folder);
  const sets: LabelledSet[] = [];
  for (const file of files) {
    const set = await readSet(file);
    if (set !== undefined) sets.push(set);
  }
  return { sets, files: new Map(files.map(({ name, file }) => [name, file])) };
}

/** Fast mode against exact mode of every evaluator that has both, on one experiment of each set (`--sets a,b`, seed 1). */
export async function benchEvaluators(args: readonly string[], defaultData: string): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, sets: { type: 'string', default: defaultSets }, methods: { type: 'string' } } });
  const { sets, files } = await loadSets(values.data === undefined ? defaultData : userPath(values.data));
  const wanted = values.methods?.split(',').map(evaluatorIdOf);
  const twoModes = evaluatorIds.filter((id) => 'mode' in describeEvaluator(id).defaults && (wanted === undefined || wanted.includes(id)));
  printMachine();
  for (const name of values.sets.split(',')) {
    const target = sets.find((set) => set.name === name);
    if (target === undefined) throw new Error(`there is no set "${name}" among ${sets.map((set) => set.name).join(', ')}`);
    const experiment = makeExperiment(target, sets, { kind: kindOf(path.resolve(files.get(name)!), target.points.cols), seed: 1 });
    const { train, auxiliary, counts } = experiment;
    console.log(`\n${name}: n = ${train.rows} (${counts.trainAnomalies} anomalies), d = ${train.cols}, l = ${auxiliary.rows}; one core\n`);
    printHead(['evaluator', 'Spearman', 'AUC_QLT fast', 'AUC_QLT exact', 'fast, s', 'exact, s']);
    for (const id of twoModes) {
      const fast = await measure(id, 'fast', experiment);
      const exact = await measure(id, 'exact', experiment);
      console.log(cells([id, spearman(fast.values, exact.values).toFixed(3), fast.auc.toFixed(3), exact.auc.toFixed(3), fast.seconds.toFixed(2), exact.seconds.toFixed(1)]));
    }
  }
}
