import path from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateTogether } from '@/lib/anomaly/evaluators/evaluate-together';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { makeExperiment } from '@/lib/anomaly/protocol/experiment';
import type { KnownAnomalies } from '@/lib/anomaly/protocol/known-anomalies';
import type { LabelledSet } from '@/lib/anomaly/protocol/labelled-set';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { userPath } from '../user-path';
import { findSetFiles, kindOf, readSet } from './protocol/sets';
import { cells, printHead, printMachine } from './table';

const subjects = [
  { name: 'EAP', id: 'EAP', parameters: {} },
  { name: 'EAP, 20 subsets', id: 'EAP', parameters: { subsets: 20 } },
  { name: 'RARITY', id: 'RARITY', parameters: {} },
  { name: 'CAP', id: 'CAP', parameters: {} },
] as const;

type Subject = { readonly set: LabelledSet; readonly group: string; readonly kind: 'image' | 'tabular' };

/**
 * AUC_QLT of CAP beside EAP and RARITY, mean over sets and seeds 1 to `--seeds`, by group (the folder of a set), with the known
 * anomalies clustered and at random, as docs/methods/cap.md compares them.
 */
export async function benchCap(args: readonly string[], defaultData: string): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' }, seeds: { type: 'string', default: '5' } } });
  const targets = await readTargets(values.data === undefined ? defaultData : userPath(values.data));
  const seeds = Number(values.seeds);
  printMachine();
  printHead(['sets', 'known anomalies', ...subjects.map(({ name }) => name), 'sets where CAP is ahead of EAP']);
  for (const group of new Set(targets.map((target) => target.group))) {
    const members = targets.filter((target) => target.group === group);
    for (const known of ['clustered', 'random'] as const) await printGroup(group, members, targets, known, seeds);
  }
}

async function readTargets(folder: string): Promise<Subject[]> {
  const targets: Subject[] = [];
  for (const file of await findSetFiles(folder)) {
    const set = await readSet(file);
    if (set !== undefined) targets.push({ set, group: path.basename(path.dirname(file.file)), kind: kindOf(file.file, set.points.cols) });
  }
  return targets;
}

async function printGroup(group: string, members: readonly Subject[], all: readonly Subject[], known: KnownAnomalies, seeds: number): Promise<void> {
  const bySet: number[][] = [];
  for (const member of members) bySet.push(await meanAucs(member, all.map(({ set }) => set), known, seeds));
  const means = subjects.map((_, s) => mean(bySet.map((aucs) => aucs[s]!)));
  const ahead = bySet.filter((aucs) => aucs[3]! > aucs[0]!).length;
  console.log(cells([`${members.length} ${group}`, known, ...means.map((value) => value.toFixed(3)), `${ahead} of ${members.length}`]));
}

/** AUC_QLT of each subject, mean over the seeds. */
async function meanAucs({ set, kind }: Subject, sets: readonly LabelledSet[], knownAnomalies: KnownAnomalies, seeds: number): Promise<number[]> {
  const sums = subjects.map(() => 0);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { train, labels, auxiliary, qualityLabels } = makeExperiment(set, sets, { kind, seed, knownAnomalies });
    const requests = subjects.map(({ id, parameters }) => ({ id, parameters: { ...parameters, seed } }));
    await withGemmProduct(async (products) => {
      for await (const { index, values } of evaluateTogether(requests, { train, labels, auxiliary }, products)) sums[index]! += rocAuc(qualityLabels, values);
    });
  }
  return sums.map((sum) => sum / seeds);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
